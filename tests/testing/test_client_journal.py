"""The journal's part of the client, against a server that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ipportal.testing.trouble import Refusal

if TYPE_CHECKING:
    from ipportal.testing import Workspace


def test_a_journal_is_not_asked_for_what_no_entry_can_say(ipportal: Workspace) -> None:
    with pytest.raises(Refusal, match=r"/step Accepted: home, .* login/form, .* logout, .* seed, reset\."):
        ipportal.journal.wait(step="login")
    with pytest.raises(Refusal, match=r"/outcome Accepted: done, refused, declined, fault\."):
        ipportal.journal.entries(outcome="nonsense")
    with pytest.raises(Refusal, match=r"/code Accepted: required, "):
        ipportal.journal.last(code="nonsense")
    assert ipportal.journal.last(step="seed", outcome="done").reason == "default"
