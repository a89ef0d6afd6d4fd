"""The rules of visitors: every page, link, form and button, in any order and from any page that was ever shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from model.base import Asked
from model.filling import WRONG_BASIC, WRONG_PASSWORD, Filling, some

if TYPE_CHECKING:
    from model.desk import Desk
    from model.tabs import Seen, Tab

TABS: Final = st.integers(0, 2)
SCREENS: Final = st.integers(1, 8)
LANGUAGES: Final = ("zh-Hant", "en", "zh-Hans")
FORMS: Final = {
    "register/terms": "/register/terms",
    "register/kind": "/register/kind",
    "register/details": "/register/details",
    "register/confirm": "/register/confirm",
    "login/form": "/login",
    "basic_password/form": "/basic-password",
    "account/internet": "/account/internet",
    "cancel/form": "/cancel",
    "cancel/confirm": "/cancel/confirm",
}
WRONG: Final = {
    "basic_password": WRONG_BASIC,
    "internet_password": WRONG_PASSWORD,
    "current_internet_password": WRONG_PASSWORD,
}
GUESSED: Final = {"register/confirm", "cancel/confirm", "account/internet", "login/form"}
ONWARD: Final = {
    "home": ["/register/terms", "/login", "/login", "/cancel"],
    "register/done": ["/login"],
    "basic_password/done": ["/account"],
    "account/home": ["/account/internet", "/basic-password?account=2", "/basic-password", "/cancel"],
}
PAGES: Final = (
    *("/", "/register/terms", "/register/kind", "/register/details", "/register/confirm", "/register/done"),
    *("/login", "/login/tips", "/basic-password", "/basic-password/done", "/account", "/account/internet"),
    *("/account/voting", "/account/phone", "/account/nonsense", "/account/notices", "/account/notices/SYS20250317-02"),
    *("/cancel", "/cancel/confirm", "/cancel/done", "/practice", "/nowhere", "/account/exit", "/account/rules"),
)


class Visitors(RuleBasedStateMachine):
    """Three tabs, two of them of one browser."""

    desk: ClassVar[Desk]

    def tab(self, number: int) -> Tab:
        return self.desk.tabs[number]

    def fill(self, tab: Tab, screen: str, seen: Seen | None, data: st.DataObject) -> None:
        """Fill in the form of a page and send it."""
        typed = Filling(self.desk.world, tab, data.draw).form(screen, seen)
        path = FORMS[screen]
        tab.sent = tab.sends(seen, path, typed) if seen else tab.asks("POST", path, typed)
        self.desk.open(tab, tab.sent)

    def walk(self, number: int, data: st.DataObject, screens: int) -> None:
        """Go on from the page that is shown, mostly as one should."""
        tab = self.tab(number)
        for _ in range(screens):
            screen = tab.page.screen if tab.page else ""
            if screen in FORMS:
                self.fill(tab, screen, tab.page, data)
            else:
                path, _, account = str(some(data.draw, ONWARD.get(screen, ["/login", "/register/terms"]))).partition(
                    "?"
                )
                self.desk.go(tab, path, **({"account": "2"} if account else {}))

    @rule(number=TABS, data=st.data(), screens=SCREENS)
    def go_on(self, number: int, data: st.DataObject, screens: int) -> None:
        self.walk(number, data, screens)

    @rule(number=TABS, data=st.data(), screens=SCREENS)
    def register(self, number: int, data: st.DataObject, screens: int) -> None:
        self.desk.go(self.tab(number), "/register/terms")
        self.walk(number, data, screens)

    @rule(number=TABS, data=st.data(), screens=SCREENS)
    def sign_in(self, number: int, data: st.DataObject, screens: int) -> None:
        self.desk.go(self.tab(number), "/login")
        self.walk(number, data, screens)

    @rule(number=TABS, data=st.data(), screens=SCREENS)
    def cancel(self, number: int, data: st.DataObject, screens: int) -> None:
        self.desk.go(self.tab(number), "/cancel")
        self.walk(number, data, screens)

    @rule(number=TABS, data=st.data(), screen=st.sampled_from(sorted(FORMS)))
    def send_a_form_from_any_page_that_was_shown(self, number: int, data: st.DataObject, screen: str) -> None:
        """Also from one far back, and where there is none by hand, without a token."""
        self.fill(self.tab(number), screen, self.tab(number).holding(screen), data)

    @rule(number=TABS, data=st.data(), times=st.integers(2, 6))
    def guess_a_password(self, number: int, data: st.DataObject, times: int) -> None:
        """Send a form with a wrong secret again and again."""
        tab = self.tab(number)
        shown = sorted({each.screen for each in tab.pages} & GUESSED)
        if shown and (seen := tab.holding(data.draw(st.sampled_from(shown)))):
            typed = Filling(self.desk.world, tab, data.draw).form(seen.screen, seen)
            typed |= {name: wrong for name, wrong in WRONG.items() if name in typed}
            tab.sent = tab.sends(seen, FORMS[seen.screen], typed)
            for _ in range(times):
                self.press(tab)

    def press(self, tab: Tab) -> None:
        """Press the button that was pressed last."""
        if tab.sent:
            self.desk.open(tab, tab.sent.again(valid=tab.sent.token_name == tab.jar.get("csrf")))

    @rule(number=TABS, times=st.integers(1, 6))
    def press_the_same_button_again(self, number: int, times: int) -> None:
        for _ in range(times):
            self.press(self.tab(number))

    @rule(number=TABS, path=st.sampled_from(PAGES), topic=st.sampled_from([None, None, "system", "nonsense"]))
    def look(self, number: int, path: str, topic: str | None) -> None:
        self.desk.go(self.tab(number), path, **({"topic": topic} if topic and path == "/account" else {}))

    @rule(number=TABS, account=st.sampled_from(["1", "2", "3", "4", "5", "", "x"]))
    def look_at_another_accounts_password(self, number: int, account: str) -> None:
        self.desk.go(self.tab(number), "/basic-password", account=account)

    @rule(number=TABS, back=st.integers(1, 4))
    def go_back(self, number: int, back: int) -> None:
        """Have an earlier page before one again; its forms are as they were."""
        tab = self.tab(number)
        tab.pages = tab.pages[: max(len(tab.pages) - back, 1)]

    @rule(number=TABS, lang=st.sampled_from(LANGUAGES))
    def switch_the_language(self, number: int, lang: str) -> None:
        """By the form where the page has one, so that nothing typed is lost."""
        tab = self.tab(number)
        path = FORMS.get(tab.page.screen) if tab.page else None
        if tab.page and path:
            self.desk.open(tab, tab.sends(tab.page, path, {"lang_switch": lang}, {"lang": lang}))
        else:
            self.desk.go(tab, "/", lang=lang)

    @rule(number=TABS, script=st.booleans())
    def ask_for_another_picture(self, number: int, *, script: bool) -> None:
        tab = self.tab(number)
        seen = tab.holding("register/details", "basic_password/form", "cancel/form")
        if seen is None:
            return
        path, typed = ("/captcha/refresh", {}) if script else (FORMS[seen.screen], {"captcha_refresh": "1"})
        self.desk.open(tab, tab.sends(seen, path, typed))

    @rule(number=TABS)
    def look_at_the_picture(self, number: int) -> None:
        tab = self.tab(number)
        seen = tab.holding("register/details", "basic_password/form", "cancel/form")
        captcha_id = seen.shown.hidden["captcha_id"] if seen else "unknown"
        self.desk.go(tab, f"/captcha/{captcha_id}.png")

    @rule(number=TABS)
    def log_out(self, number: int) -> None:
        self._press(number, "/logout")

    @rule(number=TABS, data=st.data())
    def open_a_notice(self, number: int, data: st.DataObject) -> None:
        reference = some(data.draw, [*self.desk.world.notices], ["NO-SUCH"])
        self._press(number, f"/account/notices/{reference}")

    def _press(self, number: int, path: str) -> None:
        """Press a button that sends nothing but a token."""
        tab = self.tab(number)
        signed = [seen for seen in tab.pages if seen.shown.token]
        asked = tab.sends(signed[-1], path, {}) if signed else tab.asks("POST", path)
        tab.sent = asked
        self.desk.open(tab, asked)

    @rule(number=TABS, screen=st.sampled_from(sorted(FORMS)))
    def another_site_sends_a_form(self, number: int, screen: str) -> None:
        tab = self.tab(number)
        seen = tab.holding(screen)
        sent: Any = tab.sends(seen, FORMS[screen], {}) if seen else tab.asks("POST", FORMS[screen])
        self.desk.open(tab, Asked(tab.jar, "POST", sent.path, sent.typed, foreign=True))

    @rule(number=TABS, path=st.sampled_from(["/logout", "/captcha/refresh", "/", "/login/tips", "/account/voting"]))
    def ask_in_another_way(self, number: int, path: str) -> None:
        """Send to what is only looked at, or look at what is only sent to."""
        method = "GET" if path in {"/logout", "/captcha/refresh"} else "POST"
        self.desk.open(self.tab(number), self.tab(number).asks(method, path))

    @rule(number=TABS, data=st.data())
    def follow_a_link(self, number: int, data: st.DataObject) -> None:
        ticket_id = some(data.draw, [*self.desk.world.tickets], ["unknown"])
        self.desk.go(self.tab(number), f"/open/{ticket_id}")
