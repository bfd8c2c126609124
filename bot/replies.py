"""Answers, contacts, menus and buttons become replies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions import Action, Kind
from bot.content import CHAT_MODULE, Answer, Intent
from bot.knowledge import Door, Knowledge
from bot.memory import NO_NOTE, Note
from bot.messages import Button, Reply, Row
from bot.operator_texts import how_to_complain, who_keeps_it_private, who_runs_it
from bot.who_can_help import others_who_can_help, who_can_help
from bot.wording import key

DANGER_NOW = "help_danger_now"
WHO_ARE_YOU = "chat_who_are_you"
PRIVACY = "chat_privacy"
ABOUT_THE_BOT: dict[str, Callable[[str, Knowledge], str]] = {WHO_ARE_YOU: who_runs_it, PRIVACY: who_keeps_it_private}
"""Answers that also say who runs the bot."""
PICTURES = frozenset({"photo", "video", "video_note", "animation", "story"})
IN_PLACE = "here"
"""Value of a *Menu* button under a menu: it may replace it. Under an answer it must not wipe away the numbers."""


def make_reply(text: str, language: str, knowledge: Knowledge, rows: Sequence[Row] = (), **more: object) -> Reply:
    """A reply that ends, as every reply does, with *Help now* and *Menu* in the same place."""
    say = knowledge.say(language)
    in_place = IN_PLACE if more.get("replaces") else ""
    menu = Button("☰ " + say("menu"), Action(Kind.MENU, in_place, language))
    last = (*help_now_row(language, knowledge), menu)
    return Reply(text.strip(), language, (*rows, last), **more)  # type: ignore[arg-type]


def answer_reply(intent: Intent, language: str, note: Note, knowledge: Knowledge, *, ask_back: bool = True) -> Reply:
    """The answer to `intent` with its contacts; for an intent without an answer its module's questions and contacts."""
    answer = knowledge.content.answer(language, intent.id)
    if answer is None:
        return _unwritten_reply(intent, language, note, knowledge)
    say = knowledge.say(language)
    steps = ["\n".join(f"• {step}" for step in answer.do), answer.countries.get(note.country or "", "")]
    helpers = who_can_help(intent, language, note, knowledge)
    said = (knowledge.door is not Door.TELEGRAM and answer.say_on_page) or answer.say
    parts = [answer.quiet, said, *((helpers.text, *steps) if intent.urgent else (*steps, helpers.text))]
    if intent.id == PRIVACY and knowledge.door is Door.TELEGRAM:
        parts.append(say("telegram_sees"))
    if intent.id in ABOUT_THE_BOT:
        parts.append(ABOUT_THE_BOT[intent.id](language, knowledge))
    confirm = intent.urgent and ask_back
    if confirm:
        parts.append(say("did_i_understand"))
    if not answer.reviewed:
        parts.append(say("draft_mark"))
    rows = _confirm_rows(intent, language, knowledge) if confirm else []
    rows += [*helpers.rows, *question_rows(answer.next, language, knowledge)]
    if not intent.urgent and intent.module != CHAT_MODULE:
        rows.append(_helped_row(intent, language, knowledge))
    if intent.careful or intent.urgent:
        rows.append(erase_row(language, knowledge))
    text = "\n\n".join(part for part in parts if part)
    return make_reply(text, language, knowledge, rows, urgent=confirm, intents=(intent.id,))


def help_now_row(language: str, knowledge: Knowledge) -> Row:
    """*Help now*."""
    say = knowledge.say(language)
    return (Button("🆘 " + say("help_now"), Action(Kind.HELP_NOW, language=language)),)


def erase_row(language: str, knowledge: Knowledge) -> Row:
    """The way to *Erase*."""
    say = knowledge.say(language)
    return (Button("🧹 " + say("erase"), Action(Kind.ERASE, language=language)),)


def question_rows(ids: Sequence[str], language: str, knowledge: Knowledge) -> list[Row]:
    """One button per written answer among `ids`, whole labels, one a row."""
    answers = [knowledge.content.answer(language, id_) for id_ in ids]
    return [
        (Button(answer.ask, Action(Kind.ANSWER, answer.id, language)),)
        for answer in answers
        if isinstance(answer, Answer)
    ]


def language_rows(language: str, knowledge: Knowledge, value: str = "") -> list[Row]:
    """One button per live language, in its own script; `value` is the answer to show again."""
    buttons = [
        Button(other.native_name, Action(Kind.LANGUAGE, value, other.code))
        for other in knowledge.content.languages
        if other.code != language
    ]
    return [tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3)]


def menu_reply(language: str, knowledge: Knowledge, lead: str = key("menu_text"), **more: object) -> Reply:
    """The topics, each with its picture, then language, country and what the bot knows."""
    say = knowledge.say(language)
    return make_reply(
        say(lead), language, knowledge, [*module_rows(language, knowledge), *_about_rows(language, knowledge)], **more
    )


def module_rows(language: str, knowledge: Knowledge) -> list[Row]:
    """One button per topic, two a row."""
    modules = [knowledge.content.module(language, id_) for id_ in knowledge.content.module_ids]
    buttons = [Button(f"{m.icon} {m.title}", Action(Kind.MODULE, m.id, language)) for m in modules if m is not None]
    return [(button,) for button in buttons]


def _about_rows(language: str, knowledge: Knowledge) -> list[Row]:
    say = knowledge.say(language)
    return [
        (
            Button("🌐 " + say("change_language"), Action(Kind.LANGUAGES, language=language)),
            Button("📍 " + say("change_country"), Action(Kind.COUNTRIES, language=language)),
        ),
        (Button("🔒 " + say("what_do_you_know"), Action(Kind.ABOUT_ME, language=language)),),
    ]


def module_reply(module_id: str, language: str, note: Note, knowledge: Knowledge) -> Reply:
    """The questions of one topic; where none is written yet, who can help with it."""
    module = knowledge.content.module(language, module_id)
    if module is None or module_id not in knowledge.content.module_ids:
        return menu_reply(language, knowledge, key("unknown_button"), replaces=True)
    questions = knowledge.content.questions(language, module_id)
    say = knowledge.say(language)
    head = f"{module.icon} {module.title}"
    if not questions:
        helpers = who_can_help(module_intent(module_id, knowledge), language, note, knowledge)
        text = "\n\n".join((head, say("module_not_written"), helpers.text))
        return make_reply(text, language, knowledge, helpers.rows, replaces=True)
    rows = question_rows([answer.id for answer in questions], language, knowledge)
    return make_reply("\n\n".join((head, say("choose_question"))), language, knowledge, rows, replaces=True)


def _unwritten_reply(intent: Intent, language: str, note: Note, knowledge: Knowledge) -> Reply:
    """An intent that nobody has answered yet: its contacts and its module's questions, never a wrong answer."""
    say = knowledge.say(language)
    helpers = who_can_help(intent, language, note, knowledge)
    text = "\n\n".join(part for part in (say("not_written"), helpers.text) if part)
    rows = list(helpers.rows)
    rows += question_rows([a.id for a in knowledge.content.questions(language, intent.module)], language, knowledge)
    return make_reply(text, language, knowledge, rows, urgent=intent.urgent, intents=(intent.id,))


def module_intent(module_id: str, knowledge: Knowledge) -> Intent:
    """A stand-in intent with the module's kinds of contact, most wanted first."""
    kinds = [kind for i in knowledge.content.intents.values() if i.module == module_id for kind in i.kinds]
    ordered = tuple(sorted(dict.fromkeys(kinds), key=lambda kind: -kinds.count(kind)))
    return Intent(
        next(i.id for i in knowledge.content.intents.values() if i.module == module_id), module_id, kinds=ordered
    )


def help_now_reply(language: str, note: Note, knowledge: Knowledge) -> Reply:
    """Who to call now, and one button for each kind of danger."""
    intents = knowledge.content.intents
    intent = intents.get(DANGER_NOW) or Intent(DANGER_NOW, "help", urgent=True, kinds=("child_helpline", "police"))
    reply = answer_reply(intent, language, note, knowledge, ask_back=False)
    urgent = [i.id for i in intents.values() if i.urgent and i.id != DANGER_NOW]
    own = reply.buttons[:-1]
    after_country = tuple(row for row in own if row[0].action is None or row[0].action.kind is Kind.COUNTRY)
    rows = (*after_country, *question_rows(urgent, language, knowledge))
    return make_reply(reply.text, language, knowledge, rows, urgent=True, intents=(DANGER_NOW,))


def suggest_reply(ids: Sequence[str], language: str, knowledge: Knowledge) -> Reply:
    """Up to three "Did you mean" buttons and *Something else*; ids without an answer stand for their module."""
    say = knowledge.say(language)
    rows: list[Row] = []
    for id_ in ids:
        answer = knowledge.content.answer(language, id_)
        module = knowledge.content.module(language, knowledge.content.intents[id_].module)
        if answer is not None:
            rows.append((Button(answer.ask, Action(Kind.ANSWER, id_, language)),))
        elif module is not None:
            row = (Button(f"{module.icon} {module.title}", Action(Kind.MODULE, module.id, language)),)
            rows += [row] if row not in rows else []
    rows.append((Button(say("something_else"), Action(Kind.SOMETHING_ELSE, language=language)),))
    return make_reply(say("did_you_mean"), language, knowledge, rows, intents=tuple(ids))


def lost_reply(
    language: str, knowledge: Knowledge, lead: str = key("lost"), contacts: Intent | None = None, note: Note = NO_NOTE
) -> Reply:
    """A kind sentence, who can help where `contacts` names an intent, and the topics: no dead end."""
    say = knowledge.say(language)
    parts = [say(lead)] if contacts is None else [say(lead), who_can_help(contacts, language, note, knowledge).text]
    return make_reply("\n\n".join(p for p in parts if p), language, knowledge, module_rows(language, knowledge))


def unseen_words(sort: str) -> str:
    """The id of the sentence about something that nobody can see or hear here."""
    return key("cannot_see_photo") if sort in PICTURES else key("cannot_read")


def with_unseen(reply: Reply, sort: str, knowledge: Knowledge) -> Reply:
    """The reply to the words below a picture or a file, with a sentence that nobody has looked at it.

    An urgent reply keeps its neutral first line, which lock screens show.
    """
    say = knowledge.say(reply.language)
    words = say("picture_not_seen") if sort in PICTURES else say("file_not_seen")
    first, _, rest = reply.text.partition("\n\n") if reply.urgent else ("", "", reply.text)
    return replace(reply, text="\n\n".join(part for part in (first, words, rest) if part))


def slowly_reply(language: str, knowledge: Knowledge) -> Reply:
    """To somebody who writes faster than anybody can read: once, then silence for what is not danger."""
    return make_reply(knowledge.say(language)("slowly"), language, knowledge)


def sound_row(language: str, note: Note, knowledge: Knowledge) -> Row:
    """Turns the sound of replies off, or on again."""
    say = knowledge.say(language)
    if note.quiet:
        return (Button("🔔 " + say("sound_on"), Action(Kind.SOUND, "on", language)),)
    return (Button("🔕 " + say("sound_off"), Action(Kind.SOUND, "off", language)),)


def quiet_reply(language: str, knowledge: Knowledge) -> Reply:
    """After a word that asks for quiet: a neutral OK, and *Erase* offered."""
    say = knowledge.say(language)
    return make_reply(say("ok"), language, knowledge, [erase_row(language, knowledge)])


def about_me_reply(language: str, note: Note, knowledge: Knowledge, now: datetime) -> Reply:
    """The whole note, in words: language, countries, how many messages can be erased, and when all is forgotten."""
    say = knowledge.say(language)
    native = {known.code: known.native_name for known in knowledge.content.languages}
    nothing = say("nothing_noted")
    hours = max(0, round((note.expires_at - now).total_seconds() / 3600)) if note.expires_at else 0
    text = say(
        "about_me",
        language=native.get(note.language or "", nothing),
        country=knowledge.countries(language).get(note.country or "", nothing),
        going_to=knowledge.countries(language).get(note.going_to or "", nothing),
        sound=say("without_sound") if note.quiet else say("with_sound"),
        count=len(note.messages),
        hours=hours,
    )
    return make_reply(text, language, knowledge, [sound_row(language, note, knowledge), erase_row(language, knowledge)])


def not_helped_reply(intent: Intent, language: str, note: Note, knowledge: Knowledge) -> Reply:
    """After an answer that did not help: other people, and how to complain to a person."""
    helpers = others_who_can_help(intent, language, note, knowledge)
    parts = (knowledge.say(language)("not_helped"), helpers.text, how_to_complain(language, knowledge))
    return make_reply("\n\n".join(part for part in parts if part), language, knowledge, helpers.rows)


def _helped_row(intent: Intent, language: str, knowledge: Knowledge) -> Row:
    """*Did this help?*: nothing is kept of the answer."""
    say = knowledge.say(language)
    return (
        Button("👍 " + say("this_helped"), Action(Kind.HELPED, intent.id, language)),
        Button("👎 " + say("this_did_not_help"), Action(Kind.NOT_HELPED, intent.id, language)),
    )


def _confirm_rows(intent: Intent, language: str, knowledge: Knowledge) -> list[Row]:
    say = knowledge.say(language)
    return [
        (
            Button(say("understood_yes"), Action(Kind.CONFIRM, intent.id, language)),
            Button(say("something_else"), Action(Kind.SOMETHING_ELSE, intent.id, language)),
        ),
        (Button(say("read_about_it"), Action(Kind.READ, intent.id, language)),),
    ]
