"""A refusal tells no more than fifty of what would be right, and a checkpoint file may be long."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from control.cases_requests import W

if TYPE_CHECKING:
    from control.api import Api

A = f"{W}/accounts"


@pytest.fixture(autouse=True)
def workspace(api: Api) -> None:
    api.create("w", scenario="empty")


def test_fifty_of_many_accounts_are_told(api: Api) -> None:
    api.post(A)
    accounts = api.portal("w").tables.accounts
    [row] = accounts.dump()
    accounts.load((f"991100{at:02}", *row[1:]) for at in range(50))

    unknown = api.refused("GET", f"{A}/99999999")
    person = {"internet_user_id": "Newcomer", "internet_password": "Practice20251"}
    free = api.refused("POST", f"{W}/users", person | {"basic_user_ids": ["99999999"]})

    assert [found.code for found in (unknown, free)] == ["account_unknown", "account_unknown"]
    assert [len(found.accepted) for found in (unknown, free)] == [50, 50]


def test_fifty_of_many_notices_are_told(api: Api) -> None:
    words = {"subject": {"en": "S"}, "body": {"en": "B"}}
    api.post(f"{W}/notices", reference="N-0", **words)
    notices = api.portal("w").tables.notices
    [row] = notices.dump()
    notices.load((f"N-{at}", *row[1:]) for at in range(1, 51))

    assert len(api.refused("DELETE", f"{W}/notices/X").accepted) == 50


def test_a_file_longer_than_other_bodies_is_restored_but_none_of_more_than_sixteen_megabytes(api: Api) -> None:
    file = api.get(f"{W}/snapshot")
    long = json.dumps(file) + " " * (64 * 1024)
    limit = 16 * 1024 * 1024

    assert api.done("POST", f"{W}/restore", data=long, content_type="application/json")["path"] == "/"
    found = api.ask("POST", f"{W}/restore", data=" " * (limit + 1), content_type="application/json")

    assert (found.code, found.accepted) == ("too_large", [f"{limit} bytes"])
