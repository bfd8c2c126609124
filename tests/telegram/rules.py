"""What a Bot API server refuses, out of `methods.json`: unknown, missing and wrong parameters, and broken limits."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_TABLE = json.loads((Path(__file__).parent / "methods.json").read_text("utf-8"))
METHODS: Mapping[str, Mapping[str, Any]] = _TABLE["methods"]
TYPES: Mapping[str, Mapping[str, Any]] = _TABLE["types"]


class Refused(Exception):  # noqa: N818 - a fact, not a fault
    """A call that the server answers with an error; `status` as in HTTP."""

    def __init__(self, why: str, status: int = 400, retry_after: int | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.retry_after = retry_after


def read_call(method: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of a call, typed.

    Raises:
        Refused: when anything in it is not as the Bot API has it.
    """
    if method not in METHODS:
        raise Refused(f"Not Found: the stand-in does not know {method}", 404)
    known = METHODS[method]
    for name in known:
        if known[name]["required"] and name not in form:
            raise Refused(f"Bad Request: {method} lacks {name}")
    call = {}
    for name, value in form.items():
        if name not in known:
            raise Refused(f"Bad Request: {method} has no parameter {name}")
        call[name] = _typed(f"{method}.{name}", known[name]["types"], value)
    if method in LIMITS:
        LIMITS[method](call)
    return call


def utf16(text: str) -> int:
    """How Telegram counts characters."""
    return len(text.encode("utf-16-le")) // 2


def _typed(where: str, types: list[str], value: str) -> Any:
    """`value` out of a form as the first of `types` that it can be."""
    if "Integer" in types and re.fullmatch(r"-?\d+", value):
        return int(value)
    if "Boolean" in types and value in ("true", "false"):
        return value == "true"
    if "String" in types:
        return value
    try:
        found = json.loads(value)
    except ValueError:
        raise Refused(f"Bad Request: {where} is no JSON") from None
    if not any(_fits(where, kind, found) for kind in types):
        raise Refused(f"Bad Request: {where} is none of {types}")
    return found


def _fits(where: str, kind: str, value: Any) -> bool:
    if kind.startswith("Array of "):
        return isinstance(value, list) and all(_fits(where, kind.removeprefix("Array of "), each) for each in value)
    if kind in ("String", "Integer", "Boolean"):
        return type(value) is {"String": str, "Integer": int, "Boolean": bool}[kind]
    if kind not in TYPES or not isinstance(value, dict):
        return False
    known = TYPES[kind]
    for name in known:
        if known[name]["required"] and name not in value:
            raise Refused(f"Bad Request: {where}: {kind} lacks {name}")
    for name, part in value.items():
        if name not in known or not any(_fits(where, each, part) for each in known[name]["types"]):
            raise Refused(f"Bad Request: {where}: {kind} cannot have such a {name}")
    return True


def _check(right: bool, why: str) -> None:
    if not right:
        raise Refused(f"Bad Request: {why}")


def _check_text(call: Mapping[str, Any]) -> None:
    _check("parse_mode" not in call, "no markup: a name or a number could break it")
    text = call.get("text", "").strip()
    _check(bool(text), "message text is empty")
    _check(utf16(text) <= 4096, "message is too long")
    rows = call.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    _check(len(buttons) <= 100 and all(0 < len(row) <= 8 for row in rows), "reply markup is too long")
    for button in buttons:
        _check(bool(button["text"].strip()), "button text is empty")
        _check(len(button.keys() & {"callback_data", "url", "copy_text"}) == 1, "a button needs exactly one purpose")
        _check(1 <= len(button.get("callback_data", "x").encode()) <= 64, "BUTTON_DATA_INVALID")
        _check(1 <= len(button.get("copy_text", {"text": "x"})["text"]) <= 256, "BUTTON_COPY_TEXT_INVALID")
        _check(button.get("url", "https://").startswith(("https://", "http://", "tg://")), "BUTTON_URL_INVALID")


def _check_commands(call: Mapping[str, Any]) -> None:
    _check(len(call["commands"]) <= 100, "too many commands")
    for command in call["commands"]:
        _check(re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) is not None, "BOT_COMMAND_INVALID")
        _check(1 <= len(command["description"]) <= 256, "BOT_COMMAND_DESCRIPTION_INVALID")
    _check_language(call)


def _check_language(call: Mapping[str, Any]) -> None:
    _check(re.fullmatch(r"([a-z]{2})?", call.get("language_code", "")) is not None, "LANGUAGE_CODE_INVALID")


def _check_nothing_dropped(call: Mapping[str, Any]) -> None:
    """Telegram would take it, but what waits there may be a child's message."""
    _check("drop_pending_updates" not in call, "never drop what children wrote")


def _check_webhook(call: Mapping[str, Any]) -> None:
    _check_nothing_dropped(call)
    _check(call["url"].startswith(("https://", "http://127.0.0.1:")), "bad webhook: An HTTPS URL must be provided")
    _check(re.fullmatch(r"[A-Za-z0-9_-]{1,256}", call.get("secret_token", "")) is not None, "SECRET_TOKEN_INVALID")
    _check(1 <= call.get("max_connections", 40) <= 100, "MAX_CONNECTIONS_INVALID")


def _check_length(name: str, most: int) -> Callable[[Mapping[str, Any]], None]:
    def check(call: Mapping[str, Any]) -> None:
        _check(len(call.get(name, "")) <= most, f"{name} is too long")
        _check_language(call)

    return check


LIMITS: dict[str, Callable[[Mapping[str, Any]], None]] = {
    "sendMessage": _check_text,
    "editMessageText": _check_text,
    "answerCallbackQuery": lambda call: _check(len(call.get("text", "")) <= 200, "MESSAGE_TOO_LONG"),
    "deleteMessages": lambda call: _check(1 <= len(call["message_ids"]) <= 100, "wrong number of messages"),
    "getUpdates": lambda call: _check(1 <= call.get("limit", 100) <= 100, "wrong limit"),
    "setWebhook": _check_webhook,
    "deleteWebhook": _check_nothing_dropped,
    "setMyName": _check_length("name", 64),
    "setMyCommands": _check_commands,
    "setMyDescription": _check_length("description", 512),
    "setMyShortDescription": _check_length("short_description", 120),
}
