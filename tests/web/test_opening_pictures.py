"""The picture on a screen that a link opens is one of the CAPTCHA mode that the workspace is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import WORD, challenge
from web.test_opening import link

from ipportal.checkpoints import STEPS

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

PICTURED = [name for name, step in STEPS.items() if "captcha" in step.path or "details" in step.path]


@pytest.mark.parametrize("step", PICTURED)
def test_the_picture_at_a_step_is_of_the_mode_that_the_workspace_is_in(
    inside: Browser, alpha: Portal, step: str
) -> None:
    shown = inside.get(link(alpha, step)).value("captcha_id")

    assert challenge(alpha, shown).answer == WORD
