"""Staff publish notices and withdraw them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from props import signed_in

from ipportal.store.schema import Notice

if TYPE_CHECKING:
    from ipportal.portal import Portal

WORDS = {"zh-Hant": "某", "en": "Somebody", "zh-Hans": "某"}
TRAINING = Notice("TRN-1", "2025-03-31", "training", WORDS, WORDS)


def test_a_published_notice_is_on_the_board_and_its_reference_taken(portal: Portal) -> None:
    published = [portal.staff.publish(TRAINING), portal.staff.publish(replace(TRAINING, topic="general"))]

    assert published == [True, False]
    assert portal.tables.notices.get("TRN-1") == TRAINING


def test_a_withdrawn_notice_is_gone_with_the_marks_of_who_read_it(portal: Portal) -> None:
    portal.staff.publish(TRAINING)
    session, _ = portal.sessions.find(signed_in(portal, "registered"))
    assert session
    portal.account.open_notice(session, "TRN-1")
    portal.staff.publish(replace(TRAINING, reference="TRN-2"))
    portal.account.open_notice(session, "TRN-2")

    withdrawn = [portal.staff.withdraw("TRN-1"), portal.staff.withdraw("TRN-1")]

    assert withdrawn == [True, False]
    assert [each.reference for each in portal.tables.notices_read.where()] == ["TRN-2"]
