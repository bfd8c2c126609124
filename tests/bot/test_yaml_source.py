"""YAML as editors write it: with lines to point at, and without surprises."""

from pathlib import Path

import pytest

from bot.yaml_source import BrokenYamlError, read_yaml


def write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "file.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_words_dates_and_country_codes_stay_what_was_written(tmp_path: Path) -> None:
    data = read_yaml(write(tmp_path, "a: NO\nb: yes\nc: 2026-11-23\nd: true\ne: on\n")).data
    assert data == {"a": "NO", "b": "yes", "c": "2026-11-23", "d": True, "e": "on"}


def test_every_key_and_item_has_its_line(tmp_path: Path) -> None:
    source = read_yaml(write(tmp_path, "language: en\nanswers:\n  one:\n    do:\n    - first\n    - second\n"))
    assert source.line("answers", "one", "do", 1) == 6
    assert source.line("answers", "one", "nothing") == 3
    assert source.line() == 1


def test_a_key_that_stands_twice_is_noticed(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "a: 1\na: 2\n")).repeated == ((("a",), 2),)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b: c\n", 1),
        ("a:\n  - x\n b: 1\n", 3),
        ("ok: 1\nsay: 'open\n", 3),
        (b"a: \xff\n", 1),
        ("x: &a [*a]\n", 1),
        ("a: \x07\n", 1),
    ],
)
def test_broken_yaml_names_its_line(tmp_path: Path, text: str | bytes, line: int) -> None:
    with pytest.raises(BrokenYamlError) as problem:
        read_yaml(write(tmp_path, text))
    assert problem.value.line == line
    assert problem.value.what


def test_a_missing_file_is_broken_too(tmp_path: Path) -> None:
    with pytest.raises(BrokenYamlError):
        read_yaml(tmp_path / "none.yml")


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "")).data is None
