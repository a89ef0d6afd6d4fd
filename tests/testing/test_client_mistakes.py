"""What a test asks of the kit by mistake is answered in words: a key, a language, a challenge, a span."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ipportal.testing.trouble import NoSuchPerson, Refusal

if TYPE_CHECKING:
    from ipportal.testing import Workspace


def test_a_person_who_is_not_there_is_named_with_the_nearest_and_all(ipportal: Workspace) -> None:
    with pytest.raises(NoSuchPerson) as near:
        ipportal.people["fresh-indivdual"]
    with pytest.raises(KeyError) as far:
        ipportal.people["?"]

    keys = ", ".join(ipportal.people)
    told = f"the scenario has nobody 'fresh-indivdual' (perhaps fresh-individual?); there are: {keys}"
    assert (str(near.value), str(far.value)) == (told, f"the scenario has nobody '?'; there are: {keys}")
    assert ipportal.people.get("?") is None


@pytest.mark.parametrize("lang", ["fr", "EN", "zh-CN", "zh_Hans", ""])
def test_a_language_that_the_portal_has_not_is_refused_by_name(ipportal: Workspace, lang: str) -> None:
    with pytest.raises(ValueError, match=f"^'{lang}' is no language of the portal: zh-Hant, en, zh-Hans$"):
        ipportal.visitor(lang=lang)


def test_an_answer_to_a_challenge_that_is_not_open_is_missed_in_words(ipportal: Workspace) -> None:
    with pytest.raises(LookupError, match=r"^no CAPTCHA challenge is open: open a page that shows one first$"):
        ipportal.captcha.answer()
    shown = ipportal.visitor().get("/cancel").captcha_id
    with pytest.raises(LookupError, match=f"^the CAPTCHA challenge 'nobody' is not open; open are: {shown}$"):
        ipportal.captcha.answer("nobody")


def test_a_span_or_a_moment_that_is_no_text_is_refused_with_examples(ipportal: Workspace) -> None:
    number: Any = 90

    with pytest.raises(Refusal, match=r"Accepted: 90m, 1h30m, -2d\.$"):
        ipportal.clock.advance(number)
    with pytest.raises(Refusal, match=r"Accepted: 90m, 1h30m\.$"):
        ipportal.maintenance.suspend(lasting=number)
    with pytest.raises(Refusal, match=r"Accepted: 2025-03-31T05:00:00\+08:00\.$"):
        ipportal.clock.set(number)


def test_a_notice_has_its_own_words_in_each_language(ipportal: Workspace) -> None:
    ipportal.notices.publish("DRILL-1", {"en": "A drill", "zh-Hant": "演習", "zh-Hans": "演习"}, "At noon.")

    told = ipportal.control.call("GET", f"/workspaces/{ipportal.name}/notices")["notices"]
    (notice,) = [each for each in told if each["reference"] == "DRILL-1"]
    assert notice["subject"] == {"zh-Hant": "演習", "en": "A drill", "zh-Hans": "演习"}
    assert set(notice["body"].values()) == {"At noon."}


def test_a_seed_may_be_a_whole_number_which_is_the_same_as_its_digits(ipportal: Workspace) -> None:
    ipportal.captcha.set("seeded", seed=5)
    ipportal.faults.arm("error_503", "home", chance=0.5, seed=7)

    there = f"/workspaces/{ipportal.name}"
    assert ipportal.control.call("GET", f"{there}/captcha")["seed"] == "5"
    assert ipportal.control.call("GET", f"{there}/faults")["faults"][0]["seed"] == "7"
    with pytest.raises(Refusal, match="/seed"):
        ipportal.faults.arm("error_503", "home", seed=True)
