"""A whole request as the model has it: faults that strike, opening hours, the token, then the page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from model.base import Answer, Asked
from model.changing import Changing
from model.judged import closed_until
from model.world import entry

if TYPE_CHECKING:
    from datetime import datetime

_IDS: Final = ("register", "cancel", "signed_in", "visit")
_OPEN: Final = ("/practice", "/health")  # what stays open during maintenance
_POSTS: Final = frozenset(
    [
        *("/register/terms", "/register/kind", "/register/details", "/register/confirm", "/login", "/logout"),
        *("/basic-password", "/account/internet", "/cancel", "/cancel/confirm", "/captcha/refresh"),
    ]
)
_ONLY_POSTS: Final = frozenset({"/logout", "/captcha/refresh"})
_STEP: Final = {
    "/": "home",
    "/login": "login/form",
    "/basic-password": "basic_password/form",
    "/basic-password/done": "basic_password/done",
    "/account": "account/home",
    "/account/internet": "account/internet",
    "/cancel": "cancel/form",
}


def step_of(path: str) -> str:
    """Return the name under which journal and faults know the step at a path."""
    if path.startswith("/account/notices/"):
        return "account/notice"
    if path.startswith("/captcha/"):
        return "captcha/refresh" if path.endswith("refresh") else "captcha/picture"
    return _STEP.get(path) or ("account/function" if path.startswith("/account/") else path.removeprefix("/"))


class Pages(Changing):
    """Answers every request."""

    def ask(self, asked: Asked) -> Answer:
        """Return what a visitor gets to see, and change the world as the portal does."""
        if asked.foreign and asked.post:
            # It is shown what was to be told, but its browser's cookie stays as it was.
            return Answer(403, "errors/403", notice=asked.jar.get("tell", ""))
        if asked.path == "/nowhere":
            return self.error(asked, 404)
        if (asked.post and not _takes_posts(asked.path)) or (not asked.post and asked.path in _ONLY_POSTS):
            return self.error(asked, 405)
        broken, cut, instead = self._struck(asked)
        if instead is None:
            instead = self._on_a_broken_store(asked) if broken else self._inside_hours(asked)
        instead.cut = cut
        return instead

    def _struck(self, asked: Asked) -> tuple[bool, str, Answer | None]:
        """Let faults strike; say whether the store is broken, what of the answer is lost, and what comes instead."""
        step, moment = step_of(asked.path), "submit" if asked.post and not asked.switching else "page"
        here = [fault for fault in self.world.faults if (fault["step"], fault["moment"]) == (step, moment)]
        for fault in here:
            fault["struck"] += 1
            fault["met"] += 1
            self.note(step, "fault", fault["kind"])
            if fault["struck"] == fault["times"]:
                self.world.faults.remove(fault)
        broken, cut, instead = False, "", None
        for fault in here:
            kind, answer = fault["kind"], None
            if broken and kind in {"session_lost", "captcha_lost", "maintenance_now"} and self._would_lose(asked, kind):
                return True, cut, self.error(asked, 503)
            if kind in {"error_500", "error_503"}:
                answer = self.error(asked, int(kind[-3:]))
            elif kind == "dropped_connection":
                answer, cut = Answer(200), "nothing"
            else:
                cut = {"answer_lost": "nothing", "truncated_page": "half"}.get(kind, cut)
                broken |= kind in {"store_busy", "disk_full"}
                self._effect(asked, fault)
            instead = instead or answer
        return broken, cut, instead

    def _would_lose(self, asked: Asked, kind: str) -> bool:
        return kind != "captcha_lost" or any(asked.jar.get(name) for name in ("register", "signed_in", "visit"))

    def _effect(self, asked: Asked, fault: dict[str, object]) -> None:
        jar, world = asked.jar, self.world
        if fault["kind"] == "session_lost":
            world.sessions.pop(jar.get("signed_in", ""), None)
            for name in ("register", "cancel"):
                world.drafts.pop(jar.get(name, ""), None)
        elif fault["kind"] == "captcha_lost":
            owners = {jar.get(name) for name in ("register", "signed_in", "visit")}
            world.challenges = {key: row for key, row in world.challenges.items() if row["owner"] not in owners}
        elif fault["kind"] == "csrf_expired":
            jar.pop("csrf", None)
        elif fault["kind"] == "maintenance_now":
            world.suspension = self.now, self.now + timedelta(minutes=int(str(fault["minutes"])))

    def _on_a_broken_store(self, asked: Asked) -> Answer:
        """Answer without a store that can be written to: what has to write is refused whole."""
        self.world.writes = False
        before, jar = self.world.copied(), dict(asked.jar)
        answer = self._inside_hours(asked)
        if self.world.copied() == before:
            return answer
        self.world.put(before)
        visit = asked.jar.get("visit")
        asked.jar.clear()
        asked.jar.update(jar | ({"visit": visit} if visit else {}))
        return self.error(asked, 503)

    def _inside_hours(self, asked: Asked) -> Answer:
        end = None if asked.path.startswith(_OPEN) else closed_until(self.now, self.world.suspension)
        if end is None:
            return self._with_token(asked)
        if asked.post:
            self.refused(step_of(asked.path), {"form": "closed"})
        facts = {"retry_after": max(1, -int(-(end - self.now).total_seconds() // 1))}
        answer = self.page(asked, "closed", status=503, facts=facts)
        answer.problems = {"form": "closed"}
        return answer

    def _with_token(self, asked: Asked) -> Answer:
        if asked.post and not (asked.token and "csrf" in asked.jar):
            self.world.journal.append(entry(step_of(asked.path), "refused", "csrf"))
            return self.error(asked, 400)
        path = asked.path
        if path.startswith("/register/"):
            return self.register(asked, path.removeprefix("/register/"))
        if path.startswith("/cancel"):
            return self.cancel(asked, path.removeprefix("/cancel").removeprefix("/") or "form")
        if path.startswith("/account"):
            return self.account(asked, step_of(path))
        if path.startswith("/captcha/"):
            return self._captcha(asked)
        if path.startswith("/open/"):
            return self._open_link(asked, path.removeprefix("/open/"))
        plain = {
            "/login": self.login,
            "/logout": self.logout,
            "/basic-password": self.change,
            "/basic-password/done": self.done,
        }
        if path in plain:
            return plain[path](asked)
        screen = {"/": "home", "/practice": "practice/accounts", "/practice/rules": "practice/rules"}
        return self.page(asked, screen.get(path, path.removeprefix("/")))

    def _captcha(self, asked: Asked) -> Answer:
        """Answer for a picture, or for another in its place."""
        owners = [asked.jar.get(name) for name in ("register", "signed_in", "visit")]
        key = asked.value("captcha_id") if asked.post else asked.path[len("/captcha/") : -len(".png")]
        row = self.world.challenges.get(key)
        if row is None or row["owner"] not in owners:
            return self.error(asked, 404)
        return Answer(200, captcha=self.issue(row["owner"]), facts={"json": True}) if asked.post else Answer(200)

    def _open_link(self, asked: Asked, ticket_id: str) -> Answer:
        """Give the browser the ids of the visit that a tester's link is for, once and within the hour."""
        ticket = self.world.tickets.pop(ticket_id, None)
        if ticket is None or not _within_the_hour(ticket["made"], self.world.real):
            asked.jar["tell"] = "link_over"
            return self.see("/")
        for name in _IDS:
            asked.jar.pop(name, None)
        asked.jar.update(ticket["cookie"])
        return self.see(ticket["path"])


def _takes_posts(path: str) -> bool:
    return path in _POSTS or path.startswith("/account/notices/")


def _within_the_hour(made: datetime, real: datetime) -> bool:
    return made - timedelta(minutes=1) <= real < made + timedelta(hours=1)
