"""Every page can be seen, hit, read and read out: axe finds nothing, at no level, in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.barriers import barriers
from browser.measures import banner_faults, small_targets, sticks_out, unseen_focus
from browser.pages import LANGS, screen
from browser.tour import every_page, gate_pages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser

LOOKS = (sticks_out, banner_faults, small_targets, unseen_focus)


@pytest.mark.parametrize("lang", LANGS)
def test_no_page_puts_a_barrier_in_a_visitors_way(page: Page, stage: Portal, lang: str) -> None:
    faults = faults_of(page, every_page(page, stage, lang))

    assert not faults, "\n".join(faults)


def test_the_gate_of_a_public_portal_puts_no_barrier_in_a_visitors_way(gate: tuple[Page, Path]) -> None:
    page, _ = gate

    faults = faults_of(page, gate_pages(page))

    assert not faults, "\n".join(faults)


def test_the_page_of_a_portal_without_its_store_looks_like_any_other(gate: tuple[Page, Path]) -> None:
    page, folder = gate
    (folder / "portal.sqlite").rename(folder / "elsewhere.sqlite")

    page.goto("/")

    assert screen(page) == "errors/503"
    assert faults_of(page, ["errors/503"]) == []


def faults_of(page: Page, names: Iterable[str]) -> list[str]:
    """Return what axe and the measures find on each page, on a large screen and on a small one."""
    faults = []
    for name in names:
        faults += [f"{name}: {fault}" for fault in barriers(page)]
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            faults += [f"{name}, {width} wide: {fault}" for check in LOOKS for fault in check(page)]
    return faults
