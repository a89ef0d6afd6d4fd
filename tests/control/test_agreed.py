"""What testers' programs rely on stands in a list; whoever changes the API changes the list and tells of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from control.conform import told

if TYPE_CHECKING:
    from collections.abc import Iterator

AGREED = Path(__file__).with_name("agreed.txt")
WORDS = {"title", "description", "summary"}


def plain(schema: Any) -> Any:
    """Return a schema without its words, and references by their names."""
    if isinstance(schema, list):
        return [plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    return {key: plain(value) for key, value in schema.items() if key not in WORDS or isinstance(value, dict)}


def lines() -> Iterator[str]:
    """Yield a line for each operation, each of its parameters, and each field of what goes in and out."""
    whole = {key: value for key, value in told().items() if key not in {"paths", "components", "info"}}
    yield f"all: {json.dumps(whole | {'title': told()['info']['title']} | told()['components']['securitySchemes'])}"
    answers = [each["responses"] for methods in told()["paths"].values() for each in methods.values()]
    yield from {f"{status}: {answer['description']}" for each in answers for status, answer in each.items()}
    for path, methods in told()["paths"].items():
        for method, each in methods.items():
            name, body = each["operationId"], plain(each.get("requestBody", "no body"))
            yield f"{name}: {method.upper()} {path} {json.dumps(body)} {' '.join(sorted(each['responses']))}"
            for status, answer in each["responses"].items():
                if status < "300":
                    yield f"{name} {status}: {json.dumps(plain(answer['content']), ensure_ascii=False)}"
            for one in each.get("parameters", []):
                yield f"{name} {one['in']} {one['name']}: {one['required']} {json.dumps(plain(one['schema']))}"
    for name, schema in told()["components"]["schemas"].items():
        fields = schema.get("properties", {})
        rest = {key: value for key, value in schema.items() if key != "properties"}
        yield f"{name}: {json.dumps(plain(rest), ensure_ascii=False)}"
        yield from (f"{name}.{field}: {json.dumps(plain(each))}" for field, each in fields.items())


def test_the_document_tells_what_was_agreed() -> None:
    assert sorted(lines()) == AGREED.read_text(encoding="utf-8").splitlines()
