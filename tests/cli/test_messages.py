from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal


@pytest.mark.parametrize("lang", ["zh-Hant", "en", "zh-Hans"])
def test_the_messages_are_listed_in_the_terminals_language(bare: Terminal, lang: str) -> None:
    lines = bare.run("messages", "--terminal-lang", lang).out.splitlines()

    heads = {"zh-Hant": "畫面 欄位 代碼 訊息", "en": "screen field code message", "zh-Hans": "画面 栏位 代码 讯息"}
    assert lines[0].split() == heads[lang].split()
    taken = say("problems.internet_user_id.taken", lang)
    assert any(re.fullmatch(f"register/details +internet_user_id +taken +{re.escape(taken)}", line) for line in lines)
    assert not list(bare.folder.iterdir()), "the messages need no store"


def test_the_messages_as_json_have_all_languages_and_the_figures_in_force(bare: Terminal) -> None:
    rows = json.loads(bare.run("messages", "--json", "--captcha-minutes", "7").out)

    (late,) = (row for row in rows if (row["screen"], row["code"]) == ("cancel/form", "captcha_expired"))
    assert late == {
        "screen": "cancel/form",
        "field": "captcha",
        "code": "captcha_expired",
        "zh-Hant": "驗證碼已過 7 分鐘時限或已經用過。請輸入新圖中的字元。",
        "en": "That verification code is past its 7-minute limit or has been used. "
        "Type the characters in the new picture.",
        "zh-Hans": "验证码已过 7 分钟时限或已经用过。请输入新图中的字符。",
    }
    assert {"screen": "", "field": "", "code": "signed_out"}.items() <= rows[-9].items()


@pytest.mark.parametrize(("tries", "left"), [("1", []), ("2", ["One more"]), ("3", ["2 more", "One more"])])
def test_the_messages_tell_of_as_many_tries_as_there_are_left(bare: Terminal, tries: str, left: list[str]) -> None:
    rows = json.loads(bare.run("messages", "--json", "--basic-password-tries", tries).out)

    told = [row["en"] for row in rows if (row["screen"], row["code"]) == ("register/confirm", "wrong_basic_password")]
    assert [re.sub(".*again[.] (.*) wrong.*", r"\1", each) for each in told] == left
