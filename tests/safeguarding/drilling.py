"""What must work whatever is broken, asked through a door: one word for help, ten dangers and their buttons."""

from __future__ import annotations

from bot.content import Content, Show
from bot.knowledge import Knowledge
from tests.safeguarding.judging import judge
from tests.safeguarding.running import ask_all
from tests.safeguarding.suite import Case, Style
from tests.telegram.child import Child
from tests.telegram.standin import Shown, StandIn

FIRST_CHAT = 7_300_000_001


def spoken_phrases(content: Content, language: str) -> dict[str, str]:
    """By urgent intent the first danger phrase of a language."""
    urgent = [intent.id for intent in content.intents.values() if intent.urgent]
    return {id_: next(phrase for phrase, intent in content.danger[language].phrases if intent == id_) for id_ in urgent}


async def drill(standin: StandIn, right: Knowledge) -> list[str]:
    """What did not work, one sentence each; `right` is the whole content, to compare with."""
    wrong: list[str] = []
    for number, language in enumerate(right.language_codes):
        child = Child(standin, id=FIRST_CHAT + number, language_code=language)
        wrong += _help_now(await child.asks("🆘"), language, right)
        wrong += _help_now(await child.taps(right.say(language)("help_now")), language, right)
    cases = [
        Case(language, intent, phrase, Style.DIRECT)
        for language in right.language_codes
        for intent, phrase in spoken_phrases(right.content, language).items()
    ]
    for case, replies in zip(cases, await ask_all(cases, standin, FIRST_CHAT + 100), strict=True):
        wrong += _urgent(replies, case, right)
    return wrong


def _help_now(reply: Shown, language: str, right: Knowledge) -> list[str]:
    answer = right.content.answer(language, "help_danger_now")
    if answer is None or not reply.text.startswith(answer.quiet) or not _numbers_in(reply, right.content):
        return [f"{language}: help does not say who to call"]
    return []


def _urgent(replies: list[Shown], case: Case, right: Knowledge) -> list[str]:
    judged = judge(case, replies, right.content)
    if not judged.verdict.alarms:
        return [f"{case.language} {case.intent}: {judged.verdict.value} for “{case.text}”"]
    wrong = []
    if not _numbers_in(replies[0], right.content):
        wrong.append(f"{case.language} {case.intent}: nobody to call")
    if not any(right.say(case.language)("help_now") in label for label in replies[0].labels):
        wrong.append(f"{case.language} {case.intent}: no button for help")
    return wrong


def _numbers_in(reply: Shown, content: Content) -> set[str]:
    """The telephone numbers of contacts that children may see which stand in the reply."""
    numbers = {n for contact in content.contacts.values() if contact.show is Show.YES for n in contact.numbers}
    return {number for number in numbers if number in reply.text}
