"""Measures of a page, taken in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A target inside a sentence may be as low as its line (WCAG 2.5.8); the skip link is there for the keyboard only.
_SMALL = """() => [...document.querySelectorAll("a[href], button, select, input:not([type=hidden])")]
  .filter((one) => !one.matches(".skip, [aria-hidden=true]") && one.checkVisibility())
  .filter((one) => {
    const box = one.getBoundingClientRect();
    const line = one.closest("p, li, td, dd") || one;
    const sentence = getComputedStyle(one).display === "inline" && line.innerText.trim() !== one.innerText.trim();
    return !sentence && (box.width < 24 || box.height < 24);
  })
  .map((one) => {
    const box = one.getBoundingClientRect();
    return `${one.outerHTML.slice(0, 90)} is ${box.width.toFixed(1)} by ${box.height.toFixed(1)}`;
  })"""

# The focus moves by script after a Tab, which Chromium shows as it shows a Tab.
_UNSEEN = """() => {
  const look = (one) => { const style = getComputedStyle(one); return [style.outlineStyle !== "none"
    && parseFloat(style.outlineWidth) >= 2 ? style.outline : "", style.boxShadow].join(); };
  const targets = [...document.querySelectorAll("a[href], button, select, input:not([type=hidden]), [tabindex='0']")]
    .filter((one) => one.tabIndex >= 0 && one.checkVisibility());
  return targets.filter((one) => {
    one.blur();
    const before = look(one);
    one.focus();
    const box = one.getBoundingClientRect();
    const inside = box.right > 0 && box.left < innerWidth;
    return document.activeElement !== one || look(one) === before || !inside;
  }).map((one) => one.outerHTML.slice(0, 120));
}"""

_BANNER = """() => {
  const banner = document.querySelector("[data-testid=banner]");
  const box = banner.getBoundingClientRect();
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = light(getComputedStyle(banner).backgroundColor);
  const contrasts = [...banner.querySelectorAll("strong, span, a")].map((one) => {
    const ink = light(getComputedStyle(one).color);
    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
  });
  return { top: box.top + scrollY, area: box.width * box.height, contrast: Math.min(...contrasts) };
}"""


def small_targets(page: Page) -> list[str]:
    """Return what is harder to hit than 24 by 24 pixels."""
    return list(page.evaluate(_SMALL))


def unseen_focus(page: Page) -> list[str]:
    """Return what does not show that it has the focus."""
    page.keyboard.press("Tab")
    return list(page.evaluate(_UNSEEN))


def banner_faults(page: Page) -> list[str]:
    """Return why the training banner could be overlooked."""
    found: dict[str, Any] = page.evaluate(_BANNER)
    faults = {
        "is not at the top": found["top"] != 0,
        "has no size": found["area"] <= 0 or not page.get_by_test_id("banner").is_visible(),
        f"has a contrast of {found['contrast']:.1f}": found["contrast"] < 4.5,
    }
    return [f"the banner {fault}" for fault, holds in faults.items() if holds]


def sticks_out(page: Page) -> list[str]:
    """Return by how much the page is wider than the screen."""
    wide: int = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls {wide} pixels sideways"] if wide > 0 else []
