"""The heart: what to say next. A message or a button and the note come in; a reply and the new note go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.actions import Action, Kind
from bot.button_replies import Press, button_reply, intent_reply
from bot.danger_first import danger_first, help_first, with_other_dangers
from bot.decision import Decision, Outcome, decide
from bot.knowledge import Knowledge
from bot.languages import reply_language, written_language
from bot.logs import Event, log
from bot.memory import NO_NOTE, Note
from bot.messages import Incoming, Reply
from bot.replies import (
    DANGER_NOW,
    help_now_reply,
    language_rows,
    lost_reply,
    make_reply,
    quiet_reply,
    suggest_reply,
    with_unseen,
)
from nlu.foreign import is_foreign
from nlu.phrases import symbols, symbols_of_plain
from nlu.text import has_letters, main_script, normalise, readings

TOO_OLD = timedelta(minutes=10)
"""Older messages come out of an outage: whoever holds the phone now must not see an answer to them."""


LONGEST_WORD = 40
"""No help, safe or stop word has more letters."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was read: the decision, and the language it is written in (None when it cannot be told).

    `word` tells that the whole message is a word: for help, or for quiet; `proven` that the letters prove `written`
    (Latin letters, emoji and other scripts do not).
    """

    decision: Decision
    written: str | None
    word: Kind | None = None
    proven: bool = False


def respond_kindly(incoming: Incoming, note: Note, now: datetime, knowledge: Knowledge) -> tuple[Reply | None, Note]:
    """`respond`, and whatever goes wrong inside it still a kind sentence with *Help now* and *Menu*."""
    try:
        return respond(incoming, note, now, knowledge)
    except Exception as problem:
        log(Event.REPLY_FAILED, error=type(problem).__name__)
        return lost_reply(_language(None, incoming, note, knowledge), knowledge), note


def respond(incoming: Incoming, note: Note, now: datetime, knowledge: Knowledge) -> tuple[Reply | None, Note]:
    """The one reply to `incoming`, and the note afterwards.

    None instead of a reply only for further messages out of the same outage, after the neutral line was sent once, and
    for an edited message without danger: it was answered before.
    """
    knowledge = replace(knowledge, now=now)
    if incoming.sent_at is not None and now - incoming.sent_at > TOO_OLD:
        return _respond_to_late(_language(None, incoming, note, knowledge), note, now, knowledge)
    note = replace(note, late_at=None)
    if incoming.action is not None:
        reply, note = _respond_to_button(incoming.action, incoming, note, now, knowledge)
    else:
        reply = _respond_to_text(incoming, note, knowledge)
    return (None if incoming.edited and not is_about_danger(reply, knowledge) else reply), note


def is_about_danger(reply: Reply, knowledge: Knowledge) -> bool:
    """Whether the reply helps in danger, or asks whether there is any: such a reply is never held back."""
    intents = knowledge.content.intents
    return reply.urgent or any(intents[id_].urgent for id_ in reply.intents if id_ in intents)


def looks_urgent(incoming: Incoming, knowledge: Knowledge) -> bool:
    """Whether this must be answered before others that wait in the same chat."""
    if incoming.action is not None:
        return incoming.action.kind is Kind.HELP_NOW
    return read(incoming.text, knowledge).decision.outcome is Outcome.URGENT


def read(text: str, knowledge: Knowledge) -> Reading:
    """What `text` is about and which language it is written in; words that are the whole message come first.

    A short Burmese text may be Zawgyi or not; of its two readings the one counts that says more.
    """
    return max((_read(plain, knowledge) for plain in readings(text)), key=_tells)


def _tells(reading: Reading) -> tuple[bool, int, float]:
    """How much `reading` says: a whole word, then danger before an answer before less, then how sure the model is."""
    outcomes = (Outcome.LOST, Outcome.SUGGEST, Outcome.ANSWER, Outcome.URGENT)
    decision = reading.decision
    return reading.word is not None, outcomes.index(decision.outcome), decision.understanding.confidence


def _read(plain: str, knowledge: Knowledge) -> Reading:
    whole = _whole_message(plain, knowledge) if len(plain) <= LONGEST_WORD else None
    if whole is not None:
        return whole
    if has_letters(plain) and main_script(plain) is None:
        return Reading(Decision(Outcome.LOST), None)  # another script: nothing in it can be read
    danger = knowledge.danger.find(plain)
    understanding = knowledge.interpreter.interpret(plain)
    foreign = is_foreign(plain)
    decision = decide(plain, danger, understanding, knowledge.content.intents, foreign=foreign)
    if foreign:
        return Reading(decision, None)
    written = written_language(plain, knowledge.content.languages, danger.languages)
    return Reading(decision, written, proven=_is_proven(plain))


def _whole_message(plain: str, knowledge: Knowledge) -> Reading | None:
    """The reading of a message that is nothing but a help, safe or stop word, in any language whatever is set.

    Words in Latin letters ("sos", "stop") and emoji are used in every language and so tell none.
    """
    row = symbols_of_plain(plain)
    for language in knowledge.content.languages:
        written = language.code if _is_proven(plain) else None
        if _is_one_of(plain, row, (*language.help_words, *language.safe_words)):
            return Reading(Decision(Outcome.URGENT, (DANGER_NOW,)), written, Kind.HELP_NOW, written is not None)
        if _is_one_of(plain, row, language.stop_words):
            return Reading(Decision(Outcome.LOST), written, Kind.QUIET, written is not None)
    return None


def _is_proven(plain: str) -> bool:
    return main_script(plain) not in ("Latin", None)


def _is_one_of(plain: str, row: Sequence[str], words: Sequence[str]) -> bool:
    """Words are compared as the phrase matcher reads them; an emoji counts wherever no letter stands beside it."""
    lettered = has_letters(plain)
    return any(symbols(w) == row if has_letters(w) else not lettered and normalise(w) in plain for w in words)


def _respond_to_text(incoming: Incoming, note: Note, knowledge: Knowledge) -> Reply:
    reading = read(incoming.text, knowledge)
    language = _language(reading.written, incoming, note, knowledge)
    if reading.word is Kind.QUIET:
        return _with_other_languages(quiet_reply(language, knowledge), "", reading, note, knowledge)
    decision = reading.decision
    again = ""
    if reading.word is Kind.HELP_NOW:
        again = DANGER_NOW
        reply = help_now_reply(language, note, knowledge)
    elif decision.outcome in (Outcome.ANSWER, Outcome.URGENT):
        again = decision.shown[0]
        reply = _answer(decision, language, note, knowledge)
    elif decision.outcome is Outcome.SUGGEST:
        reply = suggest_reply(decision.shown, language, knowledge)
        dangers = [id_ for id_ in decision.shown if knowledge.content.intents[id_].urgent]
        reply = danger_first(reply, dangers, knowledge) if dangers else reply
    else:
        reply = help_first(lost_reply(language, knowledge), knowledge)
    reply = _with_other_languages(reply, again, reading, note, knowledge)
    return with_unseen(reply, incoming.unseen, knowledge) if incoming.unseen else reply


def _answer(decision: Decision, language: str, note: Note, knowledge: Knowledge) -> Reply:
    reply = intent_reply(decision.shown[0], language, note, knowledge)
    if not decision.also:
        return reply
    lead = with_other_dangers if decision.outcome is Outcome.URGENT else danger_first
    return lead(reply, decision.also, knowledge)


def _respond_to_button(
    action: Action, incoming: Incoming, note: Note, now: datetime, knowledge: Knowledge
) -> tuple[Reply, Note]:
    """Buttons carry the language of the message they stand under; only three of them change what the note says."""
    carried = action.language if action.language in knowledge.language_codes else None
    if action.kind is Kind.LANGUAGE and carried:
        note = replace(note, language=carried)
    elif action.kind is Kind.COUNTRY and action.country in knowledge.countries("en"):
        note = replace(note, country=action.country, going_to=_unless(action.country, note.going_to))
    elif action.kind is Kind.GOING_TO:
        known = action.country in knowledge.countries("en")
        note = replace(note, going_to=action.country if known and action.country != note.country else None)
    elif action.kind is Kind.SOUND:
        note = replace(note, quiet=action.value == "off")
    elif action.kind is Kind.START:
        note = _after_link(action, note, knowledge)
    language = _language(carried, incoming, note, knowledge)
    if action.kind is Kind.ERASE_NOW:
        note = replace(NO_NOTE, messages=note.messages)
    return button_reply(Press(action, language, note, now), knowledge), note


def _after_link(action: Action, note: Note, knowledge: Knowledge) -> Note:
    """A deep link chooses what it names; what it names wrongly is left as it was."""
    language = action.language if action.language in knowledge.language_codes else note.language
    country = action.country if action.country in knowledge.countries("en") else note.country
    return replace(note, language=language, country=country)


def _unless(arrived: str, going_to: str | None) -> str | None:
    """Where the child is going, unless it has arrived there."""
    return None if going_to == arrived else going_to


def _respond_to_late(language: str, note: Note, now: datetime, knowledge: Knowledge) -> tuple[Reply | None, Note]:
    """One neutral line per chat and outage, never content."""
    if note.late_at is not None and now - note.late_at < TOO_OLD:
        return None, note
    say = knowledge.say(language)
    return make_reply(say("late"), language, knowledge), replace(note, late_at=now)


def _language(written: str | None, incoming: Incoming, note: Note, knowledge: Knowledge) -> str:
    known = knowledge.language_codes
    return reply_language(written, note.language, incoming.language_hint, knowledge.default_language, known)


def _with_other_languages(reply: Reply, again: str, reading: Reading, note: Note, knowledge: Knowledge) -> Reply:
    """Adds the way to the same answer (`again`) in another language, where the reply's may not be the child's."""
    rows = language_rows(reply.language, knowledge, again)
    if note.language is not None:
        chosen = tuple(b for row in rows for b in row if b.action and b.action.language == note.language)
        rows = [chosen] if chosen else []
    elif reading.proven:
        rows = []
    return replace(reply, buttons=(*reply.buttons[:-1], *rows, reply.buttons[-1]))
