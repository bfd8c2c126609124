"""Settings, read once from the environment and an `.env` file; a wrong one is one sentence that says how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parents[1]
COUNTRIES = ("TH", "LA", "KH", "MM", "MY")
LANGUAGES = ("th", "my", "lo", "km", "en")
DEFAULT_TELEGRAM_URL = "https://api.telegram.org/bot"


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one sentence with the cure."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside."""

    token: str | None = field(default=None, repr=False)
    """The bot token from @BotFather."""
    telegram_url: str = DEFAULT_TELEGRAM_URL
    """Address of the Bot API server, up to and without the token."""
    content: Path = ROOT / "content"
    locales: Path = ROOT / "locales"
    country: str | None = None
    """Listed first while the child's country is unknown."""
    language: str = "en"
    """For Latin letters without any other hint."""
    port: int = 8080
    """Of the demo page, and of the webhook."""
    webhook_secret: str | None = field(default=None, repr=False)
    """What Telegram shows to prove that an update comes from it."""


def read_settings(environment: Mapping[str, str], env_file: Path = ROOT / ".env") -> Settings:
    """Settings out of `environment`, which wins, and `env_file`, where it exists.

    Raises:
        SettingsError: when a value cannot be used.
    """
    values = {k: v for k, v in dotenv_values(env_file).items() if v} | {k: v for k, v in environment.items() if v}
    token = values.get("TELEGRAM_BOT_TOKEN")
    if token is not None and not re.fullmatch(r"\d+:[\w-]{5,}", token, re.ASCII):
        raise SettingsError("TELEGRAM_BOT_TOKEN is no bot token: copy it whole from @BotFather, like 123456:ABC-def.")
    url = values.get("TELEGRAM_API_URL", DEFAULT_TELEGRAM_URL).rstrip("/")
    if not re.match(r"https?://[^/\s]+", url):
        raise SettingsError(
            "TELEGRAM_API_URL is no web address: write it like http://127.0.0.1:8081/bot or leave it out."
        )
    content = Path(values.get("RIGHTSBOT_CONTENT", str(ROOT / "content")))
    if "RIGHTSBOT_CONTENT" in values and not content.is_dir():
        raise SettingsError("RIGHTSBOT_CONTENT names no folder: set it to a folder like content/ or leave it out.")
    secret = values.get("RIGHTSBOT_WEBHOOK_SECRET")
    if secret is not None and not re.fullmatch(r"[\w-]{16,256}", secret, re.ASCII):
        raise SettingsError(
            "RIGHTSBOT_WEBHOOK_SECRET is no secret: use 16 to 256 of A-Z a-z 0-9 _ -, as `openssl rand -hex 32` makes."
        )
    port = values.get("PORT", "8080")
    if not re.fullmatch(r"[1-9]\d{0,4}", port, re.ASCII) or int(port) > 65535:
        raise SettingsError("PORT is no port number: set it to a number from 1 to 65535, like 8080, or leave it out.")
    return Settings(
        token=token,
        telegram_url=url,
        content=content,
        port=int(port),
        webhook_secret=secret,
        country=_one_of(values, "RIGHTSBOT_COUNTRY", COUNTRIES, None),
        language=_one_of(values, "RIGHTSBOT_LANGUAGE", LANGUAGES, "en") or "en",
    )


def _one_of(values: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str | None) -> str | None:
    value = values.get(name)
    if value is None:
        return default
    if value not in allowed:
        raise SettingsError(f"{name} is none of the known ones: set it to one of {', '.join(allowed)} or leave it out.")
    return value
