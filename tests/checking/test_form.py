"""What an editor reads whose file is no YAML, or does not have the form of its schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checking.reading import read_folder

ANSWER = """\
language: en
module: detained
title: Police
icon: 🚓
answers:
  detained_sign:
    ask: Do I have to sign a paper?
    quiet: About papers
    say: Do not sign what you cannot read.
    facts: [D9 CHECK]
    sources: [CRC 40]
    next: []
    review: {state: draft}
"""


def problems(tmp_path: Path, text: str | bytes, schema: str = "answers") -> list[str]:
    path = tmp_path / "en" / "detained.yml"
    path.parent.mkdir()
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = read_folder(tmp_path, "content", [path], lambda _: schema).problems
    return [str(problem).removeprefix("content/en/detained.yml:") for problem in found]


def test_a_file_of_the_right_form_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, ANSWER) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "    ask: Do",
            "\task: Do",
            "7: a tab stands in the line. Use spaces instead of tabs.",
        ),
        (
            "    quiet: About",
            "  \tquiet: About",
            "8: a tab stands in the line. Use spaces instead of tabs.",
        ),
        (
            "quiet: About papers",
            "quiet: 'About papers",
            "8: a quote opens here and never closes. Add the closing quote after the text.",
        ),
        (
            "quiet: About papers",
            'quiet: "About" papers',
            (
                "8: the line does not fit under the lines above it. Give the line as many spaces at its start as its"
                " neighbours have; look for a quote or bracket too many."
            ),
        ),
        (
            "    quiet: About",
            "   quiet: About",
            (
                "8: the line does not fit under the lines above it. Give the line as many spaces at its start as its"
                " neighbours have; look for a quote or bracket too many."
            ),
        ),
        (
            "    quiet: About",
            "     quiet: About",
            (
                "8: a second colon stands in the line, or it begins with too many spaces. Put the whole text into"
                " quotes if the colon belongs to it; else mend the spaces."
            ),
        ),
        (
            "say: Do not",
            "say: Note: Do not",
            (
                "9: a second colon stands in the line, or it begins with too many spaces. Put the whole text into"
                " quotes if the colon belongs to it; else mend the spaces."
            ),
        ),
        (
            "quiet: About",
            "quiet About",
            "8: the line has no colon. Write 'key: text', or add spaces if it belongs to the text above.",
        ),
        (
            "facts: [D9 CHECK]",
            "facts: [D9 CHECK",
            "10: a bracket opens here and does not close. Close it: [ needs ], and { needs }.",
        ),
        (
            "facts: [D9 CHECK]",
            "facts: - D9 CHECK",
            "10: an item stands on the line of its key. Begin each item on its own line, with '- '.",
        ),
        (
            "facts: [D9 CHECK]",
            "facts:\n      - D9 CHECK\n      D10: x",
            "12: the line stands in a list but is no item of it. Begin it with '- ', or mend its spaces.",
        ),
        (
            "say: Do not",
            "say: *Do not*",
            "9: the text begins with a sign that means something else. Put the whole text into quotes.",
        ),
        (
            "say: Do not",
            "say: @rightsbot",
            "9: the text begins with a sign that means something else. Put the whole text into quotes.",
        ),
        (
            "say: Do not",
            "say: !Do not",
            "9: the text begins with a sign that means something else. Put the whole text into quotes.",
        ),
        (
            "say: Do not sign what you cannot read.",
            'say: "Yes\\no"\n    do: ["a\\q"]',
            "10: a backslash stands in a text in double quotes. Delete it, or use single quotes.",
        ),
        (
            "answers:",
            "---\nanswers:",
            "5: a line of dashes cuts the file in two. Delete that line.",
        ),
        (
            "say: Do not",
            "say: \x07Do not",
            "9: an invisible character stands in the file. Delete the line and type it again.",
        ),
        (
            "say: Do",
            "say: &a [*a]\n    do: Do",
            "1: a text that begins with & or * refers to itself. Put it into quotes.",
        ),
    ],
)
def test_broken_yaml_is_explained_where_it_begins(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert problems(tmp_path, ANSWER.replace(old, new, 1)) == [said]


def test_a_file_in_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    text = ANSWER.replace("papers", "ช่วย").encode("cp874", errors="replace")
    assert problems(tmp_path, text) == ["8: the file is not saved as UTF-8. Save it again, with the encoding UTF-8."]


@pytest.mark.parametrize("nothing", ["", "\n\n", "# only a remark\n", "---\n"])
def test_an_empty_file_is_a_problem(nothing: str, tmp_path: Path) -> None:
    assert [p.partition(": ")[2] for p in problems(tmp_path, nothing)] == [
        "the file is empty. Copy the form of the English file, or delete this one."
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "    quiet:",
            "    ask: Again?\n    quiet:",
            ["8: the key 'ask' stands twice. Keep one of the two."],
        ),
        (
            "facts:",
            "fact: x\n    facts:",
            ["10: unknown key 'fact' in 'answers.detained_sign'. Did you mean 'facts'?"],
        ),
        (
            "icon:",
            "colour: red\nicon:",
            ["4: unknown key 'colour' at the top of the file. Known here are: language, module, title, icon, answers."],
        ),
        (
            "    quiet: About papers\n",
            "",
            ["6: 'quiet' is missing in 'answers.detained_sign'. Add a line 'quiet: …'."],
        ),
        (
            "icon: 🚓\n",
            "",
            ["1: 'icon' is missing at the top of the file. Add a line 'icon: …'."],
        ),
        (
            "say: Do not sign what you cannot read.",
            "say: [a]",
            [
                (
                    "9: the wrong sort of value stands in 'answers.detained_sign.say'. Write a text here, in quotes if"
                    " it holds only digits or begins with a sign."
                )
            ],
        ),
        (
            "title: Police",
            "title: 191",
            [
                (
                    "3: the wrong sort of value stands in 'title'. Write a text here, in quotes if it holds only digits"
                    " or begins with a sign."
                )
            ],
        ),
        (
            "next: []",
            "next: help_contacts",
            ["12: the wrong sort of value stands in 'answers.detained_sign.next'. Write a list here."],
        ),
        (
            "quiet: About papers",
            "quiet:",
            ["8: nothing stands in 'answers.detained_sign.quiet'. Write something, or delete the key."],
        ),
        (
            "quiet: About papers",
            "quiet: ''",
            ["8: nothing stands in 'answers.detained_sign.quiet'. Write something, or delete the key."],
        ),
        (
            "language: en",
            "language: eng",
            ["1: 'eng' is not known in 'language'. Did you mean 'en'? Choose one of: th, my, lo, km, en."],
        ),
        (
            "{state: draft}",
            "{state: done}",
            ["13: 'done' is not known in 'answers.detained_sign.review.state'. Choose one of: draft, reviewed."],
        ),
        (
            "{state: draft}",
            "{state: draft, language: {by: teacher, on: 23 November}}",
            [
                (
                    "13: '23 November' has the wrong form in 'answers.detained_sign.review.language.on'. Write a day,"
                    " written like 2026-11-23."
                )
            ],
        ),
    ],
)
def test_a_wrong_form_is_said_in_words(old: str, new: str, said: list[str], tmp_path: Path) -> None:
    assert problems(tmp_path, ANSWER.replace(old, new, 1)) == said


def test_a_list_at_the_top_is_one_problem(tmp_path: Path) -> None:
    said = "1: the wrong sort of value stands at the top of the file. Write keys with values here."
    assert problems(tmp_path, "- detained_sign\n- detained_age\n") == [said]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("numbers", "[191]", "Write a text here, in quotes if it holds only digits or begins with a sign."),
        ("numbers", '["call us"]', "Write digits with spaces or hyphens between them, like 1387 or 02 123 4567."),
        ("web", "childline.org", "Write an address that begins with https://, or null."),
        ("cost", "fre", "Did you mean 'free'? Choose one of: free, charge, null."),
        ("called_on", "yesterday", "Write a day, written like 2026-11-23, or null."),
        (
            "hours",
            "[{days: [mon], from: '8:00', to: '17:00'}]",
            "Write always, null, or a list of days with from and to.",
        ),
        ("sources", "[]", "Write something, or delete the key."),
        ("sources", "[{url: x, says: y, year: last}]", "Write a whole number or null here."),
    ],
)
def test_the_form_of_a_contact_is_said_in_words(key: str, value: str, said: str, tmp_path: Path) -> None:
    values = {
        "kinds": "[police]",
        "show": "yes",
        "numbers": '["191"]',
        "web": "null",
        "languages": "[th]",
        "hours": "always",
        "cost": "null",
        "source_seen_on": "2026-11-23",
        "called_on": "null",
        "expires_on": "2027-05-23",
        "confidence": "high",
        "sources": "[{url: x, says: y, year: null}]",
    } | {key: value}
    text = "country: TH\ncontacts:\n  th-police:\n" + "".join(f"    {k}: {v}\n" for k, v in values.items())
    line = text.split(f"    {key}:")[0].count("\n") + 1
    (problem,) = problems(tmp_path, text, "contacts")
    assert problem.startswith(f"{line}: ")
    assert problem.endswith(said)
