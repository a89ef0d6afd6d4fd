"""Refusals of the control API: a code, a status, where it is wrong, and what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, json

from ..store import RETRY_SECONDS
from ..wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

MEDIA_TYPE = "application/problem+json"

STATUS = {
    "host": 400,
    "json": 400,
    "json_depth": 400,
    "json_key_twice": 400,
    "json_number": 400,
    "json_text": 400,
    "query_twice": 400,
    "token_missing": 401,
    "token_wrong": 401,
    "origin": 403,
    "token_foreign": 403,
    "account_unknown": 404,
    "checkpoint_unknown": 404,
    "fault_unknown": 404,
    "notice_unknown": 404,
    "route": 404,
    "session_unknown": 404,
    "user_unknown": 404,
    "workspace_unknown": 404,
    "method": 405,
    "account_linked": 409,
    "account_taken": 409,
    "captcha_public": 409,
    "checkpoint_full": 409,
    "fault_full": 409,
    "notice_taken": 409,
    "user_taken": 409,
    "workspace_full": 409,
    "workspace_main": 409,
    "workspace_taken": 409,
    "too_large": 413,
    "media_type": 415,
    "captcha_word": 422,
    "checkpoint_columns": 422,
    "checkpoint_format": 422,
    "checkpoint_json": 422,
    "checkpoint_keys": 422,
    "checkpoint_name": 422,
    "checkpoint_refers": 422,
    "checkpoint_row": 422,
    "checkpoint_tables": 422,
    "checkpoint_twice": 422,
    "checkpoint_version": 422,
    "checkpoint_visit": 422,
    "fault_moment": 422,
    "fault_option": 422,
    "fault_step": 422,
    "scenario_file": 422,
    "scenario_invented": 422,
    "scenario_key": 422,
    "scenario_two": 422,
    "scenario_unknown": 422,
    "scenario_value": 422,
    "scenario_words": 422,
    "suspension_end": 422,
    "time_moment": 422,
    "time_naive": 422,
    "time_range": 422,
    "time_span": 422,
    "value": 422,
    "workspace_name": 422,
    "internal": 500,
    "store": 503,
}
"""Every code, with the status it is answered with."""


class Refused(Exception):
    """A request that is refused; nothing has been changed."""

    def __init__(
        self, code: str, *, where: str = "", accepted: Iterable[object] = (), errors: Iterable[dict[str, Any]] = ()
    ) -> None:
        super().__init__(code)
        self.code, self.where = code, where
        self.accepted, self.errors = [str(each) for each in accepted], list(errors)


def answer(refused: Refused, lang: str) -> Response:
    """Return the refusal as `application/problem+json`."""
    status = STATUS[refused.code]
    told = {
        "type": f"urn:ipportal:problem:{refused.code}",
        "title": say(f"control.{refused.code}", lang),
        "status": status,
        "code": refused.code,
        "where": refused.where,
        "accepted": refused.accepted,
        "errors": refused.errors,
    }
    response = Response(json.dumps(told, ensure_ascii=False), status, mimetype=MEDIA_TYPE)
    if status == 401:  # noqa: PLR2004 - the status that names the way to prove oneself
        response.headers["WWW-Authenticate"] = 'Bearer realm="ipportal"'
    if status == 503:  # noqa: PLR2004 - the status that says when to come again
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
