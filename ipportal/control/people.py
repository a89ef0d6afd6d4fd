"""The operation on the people whom a scenario holds."""

from __future__ import annotations

from ..scenarios import in_force
from .kinds import Model
from .operations import Call, operation


class Person(Model):
    """A holder of practice accounts with everything they type."""

    key: str
    situation: str
    account_kind: str
    basic_user_ids: list[str]
    identity_prefix: str
    basic_password: str
    internet_user_id: str | None
    internet_password: str | None
    past_basic_passwords: list[str]
    names: dict[str, str]


class PersonList(Model):
    """The people of the workspace's scenario, as it began."""

    people: list[Person]


@operation("GET", "/workspaces/{workspace}/people", PersonList)
def list_people(call: Call) -> PersonList:
    """Return the people of the scenario with everything they type at the start."""
    lang = call.portal.settings.terminal_lang
    return PersonList(people=[Person(**person.published(lang)) for person in in_force(call.portal).people])
