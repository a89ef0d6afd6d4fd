"""What visitors type: mostly what leads on, sometimes another's, sometimes nonsense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st
from model.judged import ACCOUNTS, LINKED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from model.tabs import Seen, Tab
    from model.world import Row, World

NONSENSE: Final = (
    *(
        "",
        " ",
        "1234567",
        "123456789",
        "A" * 73,
        "12345678\n",
        "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
        "ABCDEFGHIJKLM",
        "1234567890123",
    ),
    *("<b>x</b>", "\uff30ractice12345", "é" * 8, "1234 678", "99000101\x00", "PASS1", "\u200b12345678", "a" * 300),
)
USER_IDS: Final = ("NewUser1", "newuser1", "Second22", "AllLetts", "12345678", "GONE0016", "NimChi07", "hofung08")
PASSWORDS: Final = ("Rehearse20251", "Another202577", "Practice2025812")
BASIC: Final = ("86420135", "13572468", "24681357", "11112222", "55556666")
WRONG_PASSWORD, WRONG_BASIC, UNKNOWN = "Wrong12345678", "00000000", "99999998"

Draw = Any  # hypothesis' own: it draws from a strategy


def some(draw: Draw, right: Sequence[Any], wrong: Sequence[Any] = (), *, weight: int = 8) -> Any:
    """Draw one of the right values, or once in a while one of the wrong ones."""
    if not right or (wrong and draw(st.integers(0, weight)) == weight):
        return draw(st.sampled_from(list(wrong)))
    return draw(st.sampled_from(list(right)))


def spoilt(draw: Draw, typed: Row) -> Row:
    """Put nonsense into a field, or leave one out, once in a while."""
    if draw(st.integers(0, 9)) < 9:
        return typed
    name = draw(st.sampled_from(sorted(typed)))
    if draw(st.booleans()):
        return typed | {name: draw(st.sampled_from(NONSENSE))}
    return {field: value for field, value in typed.items() if field != name}


class Filling:
    """Fills forms in by what a visitor of this world could know."""

    def __init__(self, world: World, tab: Tab, draw: Draw) -> None:
        self.world, self.tab, self.draw = world, tab, draw

    def form(self, screen: str, seen: Seen | None) -> Row:
        """Return what is typed into the form of a screen."""
        forms: dict[str, Callable[[], Row]] = {
            "register/terms": lambda: {"agree": some(self.draw, ["yes"], ["no", "perhaps", ""])},
            "register/kind": lambda: {"account_kind": some(self.draw, ["personal"], ["corporate", "", "both"])},
            "register/details": self._details,
            "register/confirm": lambda: self._basic("register"),
            "login/form": self._credentials,
            "basic_password/form": lambda: self._new_basic(seen),
            "account/internet": self._new_internet,
            "cancel/form": self._credentials,
            "cancel/confirm": lambda: self._basic("cancel"),
        }
        typed = forms[screen]()
        captcha_id = seen.shown.hidden.get("captcha_id") if seen else None
        if captcha_id is not None:
            typed["captcha"] = self._captcha(captcha_id)
        return spoilt(self.draw, typed)

    def _captcha(self, captcha_id: str) -> str:
        row = self.world.challenges.get(captcha_id)
        answer = str(row["answer"]) if row else "PASS12"
        return str(some(self.draw, [answer], [answer.lower(), "ZZZZZ9", "PASS12"]))

    def _draft(self, flow: str) -> Row:
        return dict(self.world.drafts.get(self.tab.jar.get(flow, ""), {}).get("facts", {}))

    def _details(self) -> Row:
        kind = self._draft("register").get("account_kind", "personal")
        held = {each for user in self.world.users.values() for each in user["accounts"]}
        accounts = self.world.accounts
        free = [key for key in accounts if accounts[key]["kind"] == kind and key not in held]
        primary = some(self.draw, free, [*accounts, UNKNOWN])
        prefix = accounts.get(primary, {}).get("prefix", "ZA12")
        beside = [key for key in accounts if accounts[key]["prefix"] == prefix and key != primary]
        count = self.draw(st.sampled_from([0, 0, 1, 2, 3]))
        linked = [str(some(self.draw, beside or ["", primary], [*accounts, UNKNOWN, ""])) for _ in range(count)]
        secret = some(self.draw, PASSWORDS)
        typed = {"basic_user_id": primary} | dict(zip(LINKED, [*linked, "", "", ""], strict=False))
        return {name: typed[name] for name in ACCOUNTS} | {
            "identity_prefix": some(self.draw, [prefix], [prefix.lower(), "ZA12", "ZA13"]),
            "internet_user_id": some(self.draw, USER_IDS[:5], [*USER_IDS, *self.world.cancelled]),
            "internet_password": secret,
            "internet_password_again": some(self.draw, [secret], PASSWORDS),
            "captcha": "PASS12",
        }

    def _basic(self, flow: str) -> Row:
        account = self.world.accounts.get(self._draft(flow).get("basic_user_id", ""), {})
        wrong = [WRONG_BASIC, *account.get("past", [])]
        return {"basic_password": some(self.draw, [account.get("password", WRONG_BASIC)], wrong, weight=4)}

    def _credentials(self) -> Row:
        users = {row["shown"]: row["password"] for row in self.world.users.values()}
        known = some(self.draw, [*users], USER_IDS)
        right = users.get(known, PASSWORDS[0])
        return {
            "internet_user_id": some(self.draw, [known], [known.swapcase()]),
            "internet_password": some(self.draw, [right], [WRONG_PASSWORD, right.swapcase()], weight=4),
            "captcha": "PASS12",
        }

    def _session(self) -> Row:
        return dict(self.world.sessions.get(self.tab.jar.get("signed_in", ""), {}))

    def _new_basic(self, seen: Seen | None) -> Row:
        held = self.world.users.get(self._session().get("user", ""), {}).get("accounts", [])
        position = int(seen.shown.hidden.get("position") or 1) if seen else 1
        account = self.world.accounts[held[position - 1]] if 0 < position <= len(held) else {}
        current = account.get("password", WRONG_BASIC)
        new = some(
            self.draw, [each for each in BASIC if each != current], [current, *account.get("past", [])], weight=3
        )
        return {
            "basic_password": some(self.draw, [current], [WRONG_BASIC, *account.get("past", [])], weight=6),
            "new_basic_password": new,
            "new_basic_password_again": some(self.draw, [new], [WRONG_BASIC, ""], weight=12),
            "captcha": "PASS12",
        }

    def _new_internet(self) -> Row:
        current = self.world.users.get(self._session().get("user", ""), {}).get("password", PASSWORDS[0])
        new = some(self.draw, PASSWORDS)
        return {
            "current_internet_password": some(self.draw, [current], [WRONG_PASSWORD], weight=3),
            "internet_password": new,
            "internet_password_again": some(self.draw, [new], PASSWORDS),
        }
