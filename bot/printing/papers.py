"""Which papers there are for a language and a country, and what stands in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.web_data import adult_contacts, adult_text
from bot.club import Club, Pocket, club_in, pocket
from bot.contact_texts import contact_text, phone_text, where_from
from bot.contacts import contacts_for
from bot.content import Answer, Contact, Intent, Show
from bot.knowledge import Knowledge
from bot.printing.markup import Paper, escape, lines, listed, page
from bot.replies import module_intent
from bot.wording import Say

SHEET_CONTACTS = 6
"""Contacts under a topic; more would not be read."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: for whom, with which bot (its name without @, "" = unknown), on which day."""

    language: str
    country: str
    bot: str
    knowledge: Knowledge

    @property
    def say(self) -> Say:
        """Interface texts in the order's language."""
        return self.knowledge.say(self.language)

    def scripts(self, *codes: str) -> list[str]:
        """The scripts of languages, for their fonts."""
        known = {each.code: each.script for each in self.knowledge.content.languages}
        return [known[code] for code in (self.language, *codes) if code in known]

    def mark(self) -> str:
        """The word that marks a draft, for what is cut out of a sheet."""
        return f"<p class='cut-draft'>{escape(self.say('paper_draft'))}</p>"

    def paper(self, name: str, title: str, body: str, *codes: str, draft: bool, style: str = "") -> Paper:
        """A paper of this order; on a draft that stands on each sheet."""
        word = self.say("paper_draft") if draft else ""
        made = f"<p class='small'>{escape(self.say('paper_printed', day=self.knowledge.today().isoformat()))}</p>"
        markup = page(title, body + made, self.language, self.scripts(*codes), draft=word, style=style)
        return Paper(name, title, markup)


def drafts(order: Order) -> list[str]:
    """What nobody has reviewed or dialled of all that would be printed, by id."""
    content = order.knowledge.content
    found = [a.id for module in content.module_ids for a in content.questions(order.language, module) if not a.reviewed]
    found += [contact.id for contact in phone_contacts(order) if contact.called_on is None]
    club, sentences = club_in(order.language, content), pocket(content)
    found += [] if club is None or club.texts.reviewed else [f"{order.language}/club"]
    return found + ([] if sentences is None or sentences.reviewed else ["pocket"])


def phone_contacts(order: Order, intent: str = "help_contacts") -> list[Contact]:
    """The lines with a number that a child in the country is told first."""
    known = order.knowledge.content.intents.get(intent) or Intent(intent, "help", kinds=("child_helpline", "ambulance"))
    return [c for c in contacts_for(known, order.country, order.knowledge) if c.show is Show.YES]


def sheet(order: Order, module_id: str) -> Paper:
    """A topic with all its questions and answers, and who can help with it."""
    content = order.knowledge.content
    module = content.module(order.language, module_id) or content.module("en", module_id)
    title = f"{module.icon} {module.title}" if module else module_id
    answers = content.questions(order.language, module_id)
    contacts = contacts_for(module_intent(module_id, order.knowledge), order.country, order.knowledge)
    contacts = contacts[:SHEET_CONTACTS]
    told = "".join(_answer(answer, order.country) for answer in answers)
    body = f"<h1>{escape(title)}</h1>{told}{_who_helps(order, contacts)}"
    draft = any(not answer.reviewed for answer in answers) or any(c.called_on is None for c in contacts)
    return order.paper(f"topic-{module_id}", title, body, *_lines_of(contacts), draft=draft)


def _lines_of(contacts: Sequence[Contact]) -> list[str]:
    """The languages in which these lines answer."""
    return [code for contact in contacts for code in contact.languages]


def _answer(answer: Answer, country: str) -> str:
    own = answer.countries.get(country, "")
    return (
        f"<section><h2>{escape(answer.ask)}</h2>{lines(answer.say)}{listed(answer.do)}"
        f"{lines(own) if own else ''}</section>"
    )


def _who_helps(order: Order, contacts: Sequence[Contact]) -> str:
    say = order.say
    with_number = [contact for contact in contacts if contact.show is Show.YES]
    if not contacts:
        return ""
    parts = [contact_text(contact, order.language, order.knowledge) for contact in contacts]
    if with_number:
        parts += [phone_text(contacts, order.language, order.knowledge), where_from(with_number, say)]
    else:
        parts.insert(0, order.knowledge.content.no_number(order.language, order.country) or say("no_number"))
    return f"<div class='box'><h3>{escape(say('who_can_help'))}</h3>{''.join(map(lines, filter(None, parts)))}</div>"


def leaders(order: Order) -> Paper | None:
    """One page before the session, what to do when a child tells something, and whom an adult can call."""
    club = club_in(order.language, order.knowledge.content)
    if club is None:
        return None
    body = f"<h1>{escape(order.say('club_for_leaders'))}</h1>{_sections(club)}"
    adults = adult_contacts(order.knowledge, order.country)
    if adults:
        told = "".join(lines(adult_text(contact, order.language, order.knowledge)) for contact in adults)
        body += f"<section><h2>{escape(order.say('club_adults'))}</h2>{told}</section>"
    return order.paper("leaders", order.say("club_for_leaders"), body, draft=not club.texts.reviewed)


def _sections(club: Club) -> str:
    told = ""
    for name, parts in club.sections.items():
        told += f"<h2>{escape(club.texts.sections[name])}</h2>"
        told += "".join(
            f'<section lang="{part.language}"><h3>{escape(part.title)}</h3>{listed(part.lines)}</section>'
            for part in parts
        )
    return told


def form(order: Order) -> Paper | None:
    """Questions that the bot could not answer: room for questions, none for names or stories."""
    club = club_in(order.language, order.knowledge.content)
    if club is None:
        return None
    texts = club.texts
    head = "".join(f"<th scope='col'>{escape(column)}</th>" for column in texts.form_columns)
    row = f"<tr>{'<td></td>' * len(texts.form_columns)}</tr>"
    table = f"<table lang='{texts.language}'><thead><tr>{head}</tr></thead><tbody>{row * 9}</tbody></table>"
    body = f"<h1>{escape(texts.form_title)}</h1><p>{escape(texts.form_intro)}</p>{table}"
    return order.paper("form", texts.form_title, body, draft=not texts.reviewed, style="td { height: 17mm; }")


def strip(order: Order) -> Paper | None:
    """Sentences to point at when police stop a child: its language beside the officer's, twice on a sheet."""
    known = pocket(order.knowledge.content)
    if known is None:
        return None
    officer = known.officers.get(order.country, "en")
    first = phone_contacts(order, "detained_now")[:1]
    draft = not known.reviewed or any(contact.called_on is None for contact in first)
    mark = order.mark() if draft else ""
    copy = f"<div class='strip box'>{mark}{_sentences(order, known, officer)}{_one_number(order, first)}</div>"
    body = f"<h1>{escape(order.say('paper_strip'))}</h1>{copy * 2}"
    return order.paper("strip", order.say("paper_strip"), body, officer, draft=draft, style=_STRIP)


_STRIP = """
.strip { width: 118mm; margin-bottom: 6mm; padding: 2mm 3mm; font-size: 9.5pt; line-height: 1.5; }
.strip td { width: 50%; padding: 1mm 2mm; }
.strip td + td { font-weight: 700; }
"""


def _sentences(order: Order, known: Pocket, officer: str) -> str:
    codes = [order.language] if officer == order.language else [order.language, officer]
    rows = "".join(
        "<tr>" + "".join(f'<td lang="{code}">{escape(row.get(code) or row["en"])}</td>' for code in codes) + "</tr>"
        for row in known.sentences
    )
    return f"<p class='small'>{escape(order.say('paper_strip_help'))}</p><table>{rows}</table>"


def _one_number(order: Order, first: Sequence[Contact]) -> str:
    if not first:
        return ""
    number, source = escape(first[0].numbers[0]), escape(where_from(first, order.say))
    return f"<p><span class='number'>☎ {number}</span></p><p class='small'>{source}</p>"
