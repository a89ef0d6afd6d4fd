"""F16: the portal is restarted between every two requests: visits, drafts, pictures and messages go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from failures.requests import portal_at
from props import NOON
from sanity import assert_store_sane
from web.acts import ACTS, Act
from web.client import Browser, Page

from ipportal.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable


class Restarting(Browser):
    """A browser whose portal is another one at every request: new objects on the same store."""

    def __init__(self, store: str) -> None:
        self.store = store
        super().__init__(create_app(portal=portal_at(store)))

    def _ask(self, path: str, **request: Any) -> Page:
        before, portal = self.client, portal_at(self.store)
        self.client = create_app(portal=portal).test_client()
        for cookie in before._cookies.values() if before._cookies else ():
            self.client.set_cookie(cookie.key, cookie.value, path=cookie.path)
        page = super()._ask(path, **request)
        portal.close()
        return page


@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act.step}:{act.moment}")
def test_a_restart_between_any_two_requests_is_not_noticed(new_store: Callable[[], str], act: Act) -> None:
    store = new_store()
    portal_at(store).stored_clock.set(NOON)
    browser = Restarting(store)

    act.before(browser)
    page = act.do(browser)

    assert (page.status, page.screen, page.problems) == (200, act.then, {})
    portal = portal_at(store)
    assert_store_sane(portal.tables)
    portal.close()
