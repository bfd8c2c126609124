"""What stands on the papers: real answers and numbers, where they come from, and nothing that gives a child away."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import segno

from bot.actions import Action, Kind
from bot.channels.telegram.updates import deep_link as read_deep_link
from bot.content import Content, Show
from bot.knowledge import Knowledge
from bot.printing import markup
from bot.printing.cards import card, deep_link, plain_card, poster
from bot.printing.papers import drafts, leaders, phone_contacts, sheet, strip, where_from
from bot.printing.writing import order_papers, papers, refuse_drafts, write_papers
from bot.settings import COUNTRIES, SettingsError
from bot.yaml_source import read_yaml
from tests.conftest import LANGUAGES, ROOT
from tests.printing.conftest import Ordering

NAMES = {
    *("topic-rights", "topic-school", "topic-health", "topic-detained", "topic-help"),
    *("card", "card-plain", "poster", "strip", "leaders", "form", "index"),
}


def _words(page: str) -> str:
    """What a reader sees of a page."""
    return re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_and_country_gets_every_paper(order: Ordering, language: str, country: str) -> None:
    made = {paper.name: paper for paper in papers(order(language, country))}
    assert made.keys() == NAMES
    for paper in made.values():
        assert f'<html lang="{language}"' in paper.markup
        assert not re.search(r"(src|href)=[\"'](?![\w-]+\.html)", paper.markup)
        assert "http-equiv" not in paper.markup
        assert "<script" not in paper.markup


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_holds_the_answers_of_its_topic(order: Ordering, content: Content, language: str) -> None:
    words = _words(sheet(order(language, "TH"), "school").markup)
    for answer in content.questions(language, "school"):
        assert markup.escape(answer.ask) in words
        assert all(markup.escape(step) in words for step in answer.do)
        assert markup.escape(answer.countries.get("TH", "")) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_holds_the_numbers_and_the_safe_word(order: Ordering, content: Content, language: str) -> None:
    words = _words(card(order(language, "KH")).markup)
    assert words.count("1280") >= 4
    safe = next(known.safe_words[-1] for known in content.languages if known.code == language)
    assert safe in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plain_card_says_little(order: Ordering, language: str) -> None:
    words = _words(plain_card(order(language, "TH")).markup).lower()
    assert "1387" in words
    glossary = ROOT / "content" / language / "glossary.yml"
    terms = read_yaml(glossary).data["words"] if glossary.exists() else {}
    for term in ("right", "trafficking", "police", "detention"):
        assert term not in words
        assert not terms.get(term) or terms[term]["use"].lower() not in words
    assert "abuse" not in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_without_a_number_says_what_else_to_do(order: Ordering, content: Content, language: str) -> None:
    told = content.no_number(language, "MM")
    assert told is not None
    assert markup.escape(told) in _words(card(order(language, "MM")).markup)


def test_paper_says_truthfully_where_its_numbers_come_from(order: Ordering) -> None:
    ordered = order("en", "TH")
    found = phone_contacts(ordered)
    seen = [replace(each, called_on=None, source_seen_on=date(2026, 11, 23)) for each in found]
    called = [replace(each, called_on=date(2026, 11, 24)) for each in found]
    assert where_from(seen, ordered.say) == "Numbers found in public sources on 2026-11-23. Nobody has tried them yet."
    assert where_from(called, ordered.say) == "Numbers tried by a person, last on 2026-11-24."
    mixed = where_from([called[0], *seen[1:]], ordered.say)
    assert "tried by a person, last on 2026-11-24" in mixed
    assert "found in public sources on 2026-11-23, and nobody has tried them" in mixed
    assert where_from([], ordered.say) == ""


@pytest.mark.parametrize("name", ["card", "card-plain", "strip"])
def test_what_is_cut_out_says_where_its_numbers_come_from_and_that_it_is_a_draft(order: Ordering, name: str) -> None:
    made = next(paper for paper in papers(order("en", "LA")) if paper.name == name)
    cut = re.split(r"<div class='(?:card|strip box)'>", made.markup)[1:]
    assert len(cut) >= 2
    for each in cut:
        assert "Nobody has tried" in each
        assert "DRAFT" in each


@pytest.mark.parametrize(
    ("language", "country", "officer"),
    [
        ("km", "TH", "หนูเป็นเด็ก"),
        ("my", "MY", "Saya kanak-kanak."),
        ("th", "LA", "ຂ້ອຍເປັນເດັກນ້ອຍ"),
        ("lo", "KH", "ខ្ញុំជាក្មេង។"),
        ("en", "MM", "ကလေးပါ။"),
    ],
)
def test_the_strip_speaks_the_child_s_language_and_the_officer_s(
    order: Ordering, language: str, country: str, officer: str
) -> None:
    made = strip(order(language, country))
    assert made is not None
    assert f">{officer}</td>" in made.markup
    assert f'<td lang="{language}">' in made.markup


def test_a_strip_for_one_language_has_one_column(order: Ordering) -> None:
    made = strip(order("th", "TH"))
    assert made is not None
    assert made.markup.count("<tr><td") == made.markup.count("<td")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", ["", "detained"])
def test_a_poster_s_code_leads_into_the_bot(order: Ordering, language: str, module: str) -> None:
    ordered = order(language, "TH", "@childrights_bot")
    link = deep_link(ordered, module)
    assert link == "https://t.me/childrights_bot?start=" + "_".join(filter(None, (language, "TH", module)))
    assert read_deep_link(link.split("start=")[1]) == Action(Kind.START, module, language, "TH")
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=4, omitsize=True, dark="#000", light="#fff")
    assert drawn in poster(ordered).markup


def test_a_poster_without_a_bot_has_no_code_and_says_why(order: Ordering) -> None:
    made = poster(order("en", "TH")).markup
    assert "<svg" not in made
    assert "--bot NAME" in made


@pytest.mark.parametrize("name", ["a b", "<b>", "x", "bot?start=1", "бот_бот", "-bot-bot", "a" * 40])
def test_a_name_that_no_bot_can_have_is_one_sentence(folder_knowledge: Knowledge, name: str) -> None:
    with pytest.raises(SettingsError, match="--bot"):
        order_papers("en", "TH", name, folder_knowledge)


def test_contacts_for_adults_stand_on_the_leader_s_paper_only(order: Ordering, content: Content) -> None:
    adults = [c for c in content.contacts.values() if c.show is Show.ADULTS and c.country == "TH"]
    assert adults
    for paper in papers(order("en", "TH")):
        for contact in adults:
            words = content.contact_words("en", contact.id)
            assert words is not None
            assert (markup.escape(words.name) in paper.markup) == (paper.name == "leaders"), paper.name


def test_drafts_are_not_printed_unseen(order: Ordering) -> None:
    ordered = order("my", "TH")
    assert "detained_now" in drafts(ordered)
    with pytest.raises(SettingsError, match="--drafts"):
        refuse_drafts(ordered)


def test_what_is_reviewed_and_dialled_has_no_mark(folder_knowledge: Knowledge, order: Ordering) -> None:
    pieces = {key: _approved(piece) for key, piece in folder_knowledge.content.pieces.items()}
    knowledge = replace(folder_knowledge, content=Content(pieces))
    ordered = order("lo", "LA", knowledge=knowledge)
    refuse_drafts(ordered)
    for paper in papers(ordered):
        assert 'class="draft-mark"' not in paper.markup, paper.name
        assert "ສະບັບຮ່າງ" not in paper.markup, paper.name


def _approved(piece: object) -> object:
    if hasattr(piece, "called_on"):
        return replace(piece, called_on=date(2026, 11, 24))  # type: ignore[type-var]
    return replace(piece, reviewed=True) if hasattr(piece, "reviewed") else piece  # type: ignore[type-var]


def test_text_is_never_markup(folder_knowledge: Knowledge, order: Ordering) -> None:
    nasty = "<script>alert(1)</script>&\"'"
    pieces = dict(folder_knowledge.content.pieces)
    answer = folder_knowledge.content.answer("en", "school_cost")
    assert answer is not None
    pieces["answer", "en", "school_cost"] = replace(answer, ask=nasty, say=nasty, do=(nasty,), countries={"TH": nasty})
    made = sheet(order("en", "TH", knowledge=replace(folder_knowledge, content=Content(pieces))), "school").markup
    assert "<script" not in made
    assert made.count("&lt;script&gt;alert(1)") == 4


def test_a_missing_font_leaves_the_reader_s_own(
    order: Ordering, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fonts.css").write_text((markup.PAGE / "fonts.css").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(markup, "PAGE", tmp_path)
    made = card(order("km", "TH")).markup
    assert "base64" not in made
    assert "1387" in made


def test_a_folder_that_cannot_be_written_is_one_sentence(order: Ordering, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(SettingsError, match="cannot be written"):
        write_papers(order("en", "TH"), tmp_path / "file")


def test_without_club_texts_the_leader_s_papers_are_left_out(folder_knowledge: Knowledge, order: Ordering) -> None:
    pieces = {k: v for k, v in folder_knowledge.content.pieces.items() if not k[0].startswith(("club", "pocket"))}
    ordered = order("en", "TH", knowledge=replace(folder_knowledge, content=Content(pieces)))
    assert leaders(ordered) is None
    assert {paper.name for paper in papers(ordered)} == NAMES - {"leaders", "form", "strip"}
