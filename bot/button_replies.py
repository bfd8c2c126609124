"""What each button does: a pressed button comes in, the reply goes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions import Action, Kind
from bot.content import Intent
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Button, Reply, Row
from bot.replies import (
    DANGER_NOW,
    IN_PLACE,
    PRIVACY,
    about_me_reply,
    answer_reply,
    erase_row,
    help_now_reply,
    language_rows,
    lost_reply,
    make_reply,
    menu_reply,
    module_reply,
    not_helped_reply,
    quiet_reply,
    sound_row,
    unseen_words,
)
from bot.who_can_help import country_rows, going_row, going_to_rows
from bot.wording import key

CONTACTS = "help_contacts"
_HELPLINE = Intent(CONTACTS, "help", kinds=("child_helpline",))


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button, with the language of its reply, the note (already changed by it) and the time."""

    action: Action
    language: str
    note: Note
    now: datetime


def button_reply(press: Press, knowledge: Knowledge) -> Reply:
    """The reply to `press`; the menu for a button that this version does not know."""
    return _REPLIES.get(press.action.kind, _unknown)(press, knowledge)


def intent_reply(intent_id: str, language: str, note: Note, knowledge: Knowledge, *, ask_back: bool = True) -> Reply:
    """The answer to an id of the catalogue; talk about the bot itself also gets the buttons that it speaks of."""
    intent = knowledge.content.intents.get(intent_id)
    if intent is None:
        return menu_reply(language, knowledge, key("unknown_button"))
    reply = answer_reply(intent, language, note, knowledge, ask_back=ask_back)
    rows = _CHAT_ROWS[intent_id](language, knowledge) if intent_id in _CHAT_ROWS else []
    return replace(reply, buttons=(*rows, *reply.buttons))


def _privacy_rows(language: str, knowledge: Knowledge) -> list[Row]:
    say = knowledge.say(language)
    about = Button("🔒 " + say("what_do_you_know"), Action(Kind.ABOUT_ME, language=language))
    return [(about,), erase_row(language, knowledge)]


def _menu_rows(language: str, knowledge: Knowledge) -> list[Row]:
    return list(menu_reply(language, knowledge).buttons[:-1])


_CHAT_ROWS: dict[str, Callable[[str, Knowledge], list[Row]]] = {
    "chat_erase": lambda language, knowledge: [erase_row(language, knowledge)],
    "chat_privacy": _privacy_rows,
    "chat_who_are_you": _privacy_rows,
    "chat_language": lambda _, knowledge: language_rows("", knowledge),
    "chat_greet": _menu_rows,
    "chat_how_to_use": _menu_rows,
    "chat_other": _menu_rows,
}


def _start(press: Press, knowledge: Knowledge) -> Reply:
    """The five languages; after a deep link straight into what it names."""
    value, say = press.action.value, knowledge.say(press.language)
    chosen = press.action.language in knowledge.language_codes
    if value in knowledge.content.intents:
        reply = intent_reply(value, press.language, press.note, knowledge)
    elif value in knowledge.content.module_ids:
        reply = _greeting(module_reply(value, press.language, press.note, knowledge), knowledge)
    elif chosen:
        return _greeting(menu_reply(press.language, knowledge), knowledge)
    else:
        return make_reply(say("welcome"), press.language, knowledge, language_rows("", knowledge))
    rows = [] if chosen else language_rows("", knowledge, value)
    return replace(reply, buttons=(*reply.buttons[:-1], *rows, reply.buttons[-1]), replaces=False)


def _greeting(reply: Reply, knowledge: Knowledge) -> Reply:
    """The reply after a word about who speaks."""
    return replace(reply, text="\n\n".join((knowledge.say(reply.language)("welcome_short"), reply.text)))


def _menu(press: Press, knowledge: Knowledge) -> Reply:
    return menu_reply(press.language, knowledge, replaces=press.action.value == IN_PLACE)


def _module(press: Press, knowledge: Knowledge) -> Reply:
    return module_reply(press.action.value, press.language, press.note, knowledge)


def _answer(press: Press, knowledge: Knowledge) -> Reply:
    return intent_reply(press.action.value, press.language, press.note, knowledge)


def _read_about_it(press: Press, knowledge: Knowledge) -> Reply:
    return intent_reply(press.action.value, press.language, press.note, knowledge, ask_back=False)


def _languages(press: Press, knowledge: Knowledge) -> Reply:
    say = knowledge.say(press.language)
    rows = [*language_rows("", knowledge), sound_row(press.language, press.note, knowledge)]
    return make_reply(say("choose_language"), press.language, knowledge, rows, replaces=True)


def _countries(press: Press, knowledge: Knowledge) -> Reply:
    say = knowledge.say(press.language)
    rows = [*country_rows("", press.language, knowledge), going_row("", press.language, knowledge)]
    return make_reply(say("choose_country"), press.language, knowledge, rows, replaces=True)


def _going(press: Press, knowledge: Knowledge) -> Reply:
    say = knowledge.say(press.language)
    rows = going_to_rows(press.action.value, press.language, press.note, knowledge)
    return make_reply(say("choose_going_to"), press.language, knowledge, rows)


def _chosen(press: Press, knowledge: Knowledge, lead: str) -> Reply:
    """After a language or country was chosen: the same answer again, where the button belonged to one."""
    if press.action.value == DANGER_NOW:
        return replace(help_now_reply(press.language, press.note, knowledge), replaces=True)
    if press.action.value in knowledge.content.intents:
        reply = intent_reply(press.action.value, press.language, press.note, knowledge)
        return replace(reply, replaces=True)
    if press.action.value in knowledge.content.module_ids:
        return module_reply(press.action.value, press.language, press.note, knowledge)
    return menu_reply(press.language, knowledge, lead, replaces=True)


def _help_now(press: Press, knowledge: Knowledge) -> Reply:
    return help_now_reply(press.language, press.note, knowledge)


def _confirmed(press: Press, knowledge: Knowledge) -> Reply:
    say = knowledge.say(press.language)
    words = [known.safe_words[-1] for known in knowledge.content.languages if known.code == press.language]
    text = say("confirmed", word=words[0] if words else "🌻")
    return make_reply(text, press.language, knowledge, [erase_row(press.language, knowledge)])


def _something_else(press: Press, knowledge: Knowledge) -> Reply:
    return lost_reply(press.language, knowledge, key("say_it_otherwise"))


def _about_me(press: Press, knowledge: Knowledge) -> Reply:
    return about_me_reply(press.language, press.note, knowledge, press.now)


def _sound(press: Press, knowledge: Knowledge) -> Reply:
    lead = key("sound_is_off") if press.note.quiet else key("sound_is_on")
    return menu_reply(press.language, knowledge, lead, replaces=True)


def _helped(press: Press, knowledge: Knowledge) -> Reply:
    return make_reply(knowledge.say(press.language)("glad_it_helped"), press.language, knowledge)


def _not_helped(press: Press, knowledge: Knowledge) -> Reply:
    intents = knowledge.content.intents
    intent = intents.get(press.action.value) or intents.get(CONTACTS) or _HELPLINE
    return not_helped_reply(intent, press.language, press.note, knowledge)


def _privacy(press: Press, knowledge: Knowledge) -> Reply:
    return intent_reply(PRIVACY, press.language, press.note, knowledge)


def _erase(press: Press, knowledge: Knowledge) -> Reply:
    """Asks once: a number in the chat may still be needed."""
    say = knowledge.say(press.language)
    row = (Button("🧹 " + say("erase_now"), Action(Kind.ERASE_NOW, language=press.language)),)
    return make_reply(say("erase_question"), press.language, knowledge, [row])


def _erase_now(press: Press, knowledge: Knowledge) -> Reply:
    say = knowledge.say(press.language)
    reply = make_reply(say("ok"), press.language, knowledge, erases=True)
    return replace(reply, text_if_some_remain=say("some_remain"))


def _cannot_read(press: Press, knowledge: Knowledge) -> Reply:
    lead = unseen_words(press.action.value)
    contacts = knowledge.content.intents.get(CONTACTS, _HELPLINE)
    return lost_reply(press.language, knowledge, lead, contacts, press.note)


def _unknown(press: Press, knowledge: Knowledge) -> Reply:
    return menu_reply(press.language, knowledge, key("unknown_button"))


_REPLIES: dict[Kind, Callable[[Press, Knowledge], Reply]] = {
    Kind.START: _start,
    Kind.MENU: _menu,
    Kind.MODULE: _module,
    Kind.ANSWER: _answer,
    Kind.READ: _read_about_it,
    Kind.LANGUAGES: _languages,
    Kind.LANGUAGE: lambda press, knowledge: _chosen(press, knowledge, key("language_chosen")),
    Kind.COUNTRIES: _countries,
    Kind.COUNTRY: lambda press, knowledge: _chosen(press, knowledge, key("country_chosen")),
    Kind.GOING: _going,
    Kind.GOING_TO: lambda press, knowledge: _chosen(press, knowledge, key("going_to_chosen")),
    Kind.HELP_NOW: _help_now,
    Kind.CONFIRM: _confirmed,
    Kind.SOMETHING_ELSE: _something_else,
    Kind.ABOUT_ME: _about_me,
    Kind.HELPED: _helped,
    Kind.NOT_HELPED: _not_helped,
    Kind.PRIVACY: _privacy,
    Kind.ERASE: _erase,
    Kind.ERASE_NOW: _erase_now,
    Kind.QUIET: lambda press, knowledge: quiet_reply(press.language, knowledge),
    Kind.SOUND: _sound,
    Kind.CANNOT_READ: _cannot_read,
}
