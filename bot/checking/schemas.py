"""Whether a file has the form that its JSON Schema asks for, said in words instead of schema language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema

from bot.checking.problem import CheckedFile, Problem, did_you_mean
from bot.settings import ROOT

SCHEMAS = ROOT / "content" / "schema"

_SORTS = {
    "string": "a text",
    "array": "a list",
    "object": "keys with values",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
}
_FORMS = {
    "numbers": "digits with spaces or hyphens between them, like 1387 or 02 123 4567",
    "web": "an address that begins with https://, or null",
    "from": "a time, like 08:30",
    "to": "a time, like 08:30",
    "called_on": "a day, written like 2026-11-23, or null",
    "hours": "always, null, or a list of days with from and to",
    "time_zone": "a name like Asia/Bangkok, or null",
}
"""How the values of keys look whose schema does not describe them."""


def check_schema(file: CheckedFile, name: str) -> Iterator[Problem]:
    """Problems of form in `file`, by the schema `name`."""
    for repeated, line in file.source.repeated:
        yield Problem(file.shown, line, f"the key '{repeated[-1]}' stands twice", "Keep one of the two.")
    if file.data is None:
        yield file.error("the file is empty", "Copy the form of the English file, or delete this one.")
        return
    for error in _validator(name).iter_errors(file.data):
        yield from _explain(file, error)


@lru_cache(maxsize=32)
def _validator(name: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads(Path(SCHEMAS, f"{name}.schema.json").read_text("utf-8")))


def _explain(file: CheckedFile, error: Any) -> Iterator[Problem]:
    at = tuple(error.absolute_path)
    where = f"in '{'.'.join(map(str, at))}'" if at else "at the top of the file"
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        for key in error.instance:
            if key not in known:
                fix = did_you_mean(str(key), known) or f"Known here are: {', '.join(known)}."
                yield file.error(f"unknown key '{key}' {where}", fix, *at, str(key))
    elif error.validator == "required":
        missing = next(key for key in error.validator_value if f"'{key}'" in error.message)
        yield file.error(f"'{missing}' is missing {where}", f"Add a line '{missing}: …'.", *at)
    elif error.validator in ("minLength", "minItems") or error.instance is None:
        yield file.error(f"nothing stands {where}", "Write something, or delete the key.", *at)
    elif error.validator == "type":
        sorts = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
        wanted = " or ".join(_SORTS[sort] for sort in sorts)
        quotes = ", in quotes if it holds only digits or begins with a sign" if "string" in sorts else ""
        yield file.error(f"the wrong sort of value stands {where}", f"Write {wanted} here{quotes}.", *at)
    elif error.validator == "enum":
        allowed = ["null" if value is None else str(value) for value in error.validator_value]
        hint = f"{did_you_mean(str(error.instance), allowed)} ".lstrip()
        yield file.error(f"'{error.instance}' is not known {where}", f"{hint}Choose one of: {', '.join(allowed)}.", *at)
    else:
        keys = [step for step in at if isinstance(step, str)]
        form = _FORMS.get(keys[-1] if keys else "") or error.schema.get("description", "the other entries")
        yield file.error(f"'{error.instance}' has the wrong form {where}", f"Write {form}.", *at)
