"""docs/content-report.md: what there is, how far it is reviewed, how it reads, and how sure the contacts are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.checking.forms import dig, listing, mapping
from bot.checking.problem import CheckedFile
from bot.checking.readability import READ, grade, graphemes
from bot.checking.texts import leaves
from bot.content import Content, Show
from bot.settings import ROOT

REPORT = ROOT / "docs" / "content-report.md"

_SEEN_BY = {
    Show.YES: "children",
    Show.NO_NUMBER: "children (web)",
    Show.ADULTS: "facilitators",
    Show.NOBODY: "nobody yet",
}


def content_report(files: Mapping[str, CheckedFile], content: Content) -> str:
    """The report in Markdown. It depends on the files only, never on the day."""
    lines = [
        "# Content report",
        "",
        "Written by `rightsbot check --write-report` (`make fix` runs it). How to review: [editing.md](editing.md).",
        "",
        *_answers(files, content),
        "",
        *_contacts(files, content),
    ]
    return "\n".join(lines) + "\n"


def _answers(files: Mapping[str, CheckedFile], content: Content) -> Iterator[str]:
    codes = [language.code for language in content.languages]
    yield "## Answers"
    yield ""
    yield (
        "Letters as a reader sees them (say, steps and countries), and the state: d draft, l language read, s"
        " safeguarding read, R reviewed. Grade: Flesch-Kincaid, of the English text."
    )
    for module in dict.fromkeys(intent.module for intent in content.intents.values()):
        yield ""
        yield f"### {module}"
        yield ""
        yield f"| id | | grade | {' | '.join(codes)} | sources |"
        yield f"|---|---|---:|{'---:|' * len(codes)}---|"
        for intent in content.intents.values():
            if intent.module == module:
                told = {code: _answer(files, code, module, intent.id) for code in codes}
                mark = "urgent" if intent.urgent else "careful" if intent.careful else ""
                cells = [f"{_length(answer)} {_state(answer)}" if answer else "missing" for answer in told.values()]
                english = told.get("en") or {}
                sources = ", ".join(str(source).strip("[]") for source in listing(english.get("sources")))
                yield f"| {intent.id} | {mark} | {grade(english):.1f} | {' | '.join(cells)} | {sources} |"


def _answer(files: Mapping[str, CheckedFile], code: str, module: str, id_: str) -> dict[str, object]:
    file = files.get(f"{code}/{module}.yml")
    return mapping(dig(file.data, "answers", id_)) if file else {}


def _length(answer: Mapping[str, object]) -> int:
    return sum(graphemes(text.strip()) for key in READ for _, text in leaves(answer.get(key)))


def _state(answer: Mapping[str, object]) -> str:
    review = mapping(answer.get("review"))
    if review.get("state") == "reviewed":
        return "R"
    return "".join(part[0] for part in ("language", "safeguarding") if part in review) or "d"


def _contacts(files: Mapping[str, CheckedFile], content: Content) -> Iterator[str]:
    yield "## Contacts"
    for file in files.values():
        if file.folder != "contacts":
            continue
        yield ""
        yield f"### {file.stem}"
        yield ""
        yield "| id | kinds | seen by | confidence | in sources | called | expires |"
        yield "|---|---|---|---|---|---|---|"
        for id_, raw in mapping(dig(file.data, "contacts")).items():
            contact = content.contacts.get(id_)
            if contact is not None:
                called = contact.called_on or "never"
                row = (id_, ", ".join(contact.kinds), _SEEN_BY[contact.show], mapping(raw).get("confidence"))
                days = (contact.source_seen_on, called, contact.expires_on)
                yield "| " + " | ".join(str(cell) for cell in (*row, *days)) + " |"
