"""Whether a file has the form that its JSON Schema asks for, said in words instead of schema language."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema

from bot.checking.problem import CheckedFile, Problem
from bot.settings import ROOT

SCHEMAS = ROOT / "content" / "schema"


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
    where = f"in '{'.'.join(map(str, at))}'" if at else "at the top"
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = list(error.schema.get("properties", {}))
        for key in error.instance:
            if key not in known:
                close = difflib.get_close_matches(str(key), known, n=1)
                fix = f"Did you mean '{close[0]}'?" if close else f"Known here are: {', '.join(known)}."
                yield file.error(f"unknown key '{key}' {where}", fix, *at, str(key))
    elif error.validator == "required":
        missing = next(
            key for key in error.validator_value if key not in error.instance and f"'{key}'" in error.message
        )
        yield file.error(f"'{missing}' is missing {where}", f"Add a line '{missing}: …'.", *at)
    elif error.validator == "type":
        wanted = {"string": "a text", "array": "a list", "object": "keys and values", "boolean": "true or false"}
        fix = f"Write {wanted.get(str(error.validator_value), str(error.validator_value))} here"
        yield file.error(f"the wrong sort of value stands {where}", f"{fix}; put a text into quotes if need be.", *at)
    elif error.validator == "enum":
        close = difflib.get_close_matches(str(error.instance), [str(v) for v in error.validator_value], n=1)
        hint = f"Did you mean '{close[0]}'? " if close else ""
        allowed = ", ".join(str(value) for value in error.validator_value)
        yield file.error(f"'{error.instance}' is not known {where}", f"{hint}Choose one of: {allowed}.", *at)
    elif error.validator == "minLength" or error.validator == "minItems":
        yield file.error(f"nothing stands {where}", "Write something, or delete the key.", *at)
    else:
        hint = error.schema.get("description", "the form that the other entries have")
        yield file.error(f"the value {where} has the wrong form", f"Write it as: {hint}.", *at)
