"""The schema of a form judges all of its fields at once, as the portal's form does on its own."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from ipportal.rules import CATALOGUE, FIELDS, FORMS
from ipportal.rules.export import form_schema
from ipportal.web.phrasebook import _FORMS as PAGES

DETAILS = {
    "basic_user_id": "99000001",
    "identity_prefix": "AC12",
    "internet_user_id": "mary2025",
    "internet_password": "Practice12345",
    "internet_password_again": "Practice12345",
    "captcha": "A1B2C3",
}


def accepts(form: str, typed: object) -> bool:
    return Draft202012Validator(form_schema() | {"$ref": f"#/$defs/{form}"}).is_valid(typed)


def test_the_whole_document_is_a_valid_schema_with_one_definition_a_field_and_a_form() -> None:
    document = form_schema()

    Draft202012Validator.check_schema(document)
    assert document["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert [*document["$defs"]] == [*(rule.name for rule in FIELDS), *FORMS]
    assert json.loads(json.dumps(document)) == document


def test_the_forms_have_the_fields_of_the_pages() -> None:
    pages = {name.replace("/", "_"): [each for each in vars(form) if each in CATALOGUE] for name, form in PAGES.items()}

    assert {name: [*fields] for name, fields in FORMS.items()} == pages


def test_no_form_is_named_as_a_field_is() -> None:
    assert not FORMS.keys() & CATALOGUE.keys()


def test_a_form_with_all_that_is_asked_for_is_accepted() -> None:
    assert accepts("register_details", DETAILS)
    assert accepts("register_details", DETAILS | {"linked_basic_user_id_2": "", "linked_basic_user_id_3": "99000003"})
    assert accepts("login_form", {"internet_user_id": "mary2025", "internet_password": "Practice12345"})


@pytest.mark.parametrize("name", DETAILS)
def test_a_form_that_lacks_a_field_is_refused(name: str) -> None:
    assert not accepts("register_details", {each: value for each, value in DETAILS.items() if each != name})


@pytest.mark.parametrize(
    "wrong", [{"captcha": "A1B2C"}, {"linked_basic_user_id_2": "9900000"}, {"internet_password": "a" * 13}]
)
def test_a_form_with_a_field_that_is_wrong_is_refused(wrong: dict[str, str]) -> None:
    assert not accepts("register_details", DETAILS | wrong)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("typed", [{}, [], "", None], ids=repr)
def test_what_is_no_form_is_refused(form: str, typed: object) -> None:
    assert not accepts(form, typed)
