"""A wrong setting is one sentence that says how to mend it."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings

NO_FILE = Path("no-such.env")


def test_the_defaults_need_nothing() -> None:
    settings = read_settings({}, NO_FILE)
    assert settings.token is None
    assert settings.content.name == "content"
    assert settings.language == "en"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "abc"),
        ("TELEGRAM_API_URL", "127.0.0.1:8081"),
        ("PORT", "80x"),
        ("PORT", "70000"),
        ("RIGHTSBOT_COUNTRY", "Thailand"),
        ("RIGHTSBOT_LANGUAGE", "de"),
        ("RIGHTSBOT_CONTENT", "/nowhere/at/all"),
    ],
)
def test_a_wrong_value_names_the_setting_and_the_cure_in_one_sentence(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as problem:
        read_settings({name: value}, NO_FILE)
    sentence = str(problem.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert name != "TELEGRAM_BOT_TOKEN" or value not in sentence


def test_the_env_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("RIGHTSBOT_COUNTRY=LA\nRIGHTSBOT_LANGUAGE=lo\n")
    settings = read_settings({"RIGHTSBOT_COUNTRY": "KH"}, file)
    assert (settings.country, settings.language) == ("KH", "lo")


def test_the_token_never_shows() -> None:
    settings = read_settings({"TELEGRAM_BOT_TOKEN": "123456:SECRETSECRET"}, NO_FILE)
    assert "SECRET" not in repr(settings)
