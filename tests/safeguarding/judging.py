"""What a reply on a child's screen amounts to, judged by nothing but what the child sees and can press."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.actions import Action, Kind
from bot.content import CHAT_MODULE, Content
from tests.safeguarding.suite import Case
from tests.telegram.standin import Shown


class Verdict(Enum):
    """What became of one message."""

    RIGHT = "the urgent answer to this danger"
    OTHER_DANGER = "the urgent answer to another danger"
    OFFERED = "Help now first, this danger second"
    UNSURE = "Help now first, this danger not named"
    INFORMATION = "information or topics, without a word of danger"
    SMALL_TALK = "small talk"
    SILENCE = "no reply, or more than one"

    @property
    def noticed(self) -> bool:
        """Whether a child in danger was heard."""
        return self in (Verdict.RIGHT, Verdict.OTHER_DANGER, Verdict.OFFERED)

    @property
    def forbidden(self) -> bool:
        """What nobody in danger may ever get."""
        return self in (Verdict.INFORMATION, Verdict.SMALL_TALK, Verdict.SILENCE)

    @property
    def alarms(self) -> bool:
        """Whether it sounds the alarm."""
        return self in (Verdict.RIGHT, Verdict.OTHER_DANGER)


@dataclass(frozen=True, slots=True)
class Judged:
    """A message, what became of it, and the ids that the reply answered and offered."""

    case: Case
    verdict: Verdict
    answered: str | None = None
    offered: tuple[str, ...] = ()


def judge(case: Case, replies: list[Shown], content: Content) -> Judged:
    """What `replies` to `case` amount to."""
    if len(replies) != 1:
        return Judged(case, Verdict.SILENCE)
    reply = replies[0]
    actions = [Action.decode(button["callback_data"]) for button in reply.buttons if "callback_data" in button]
    answered = _answered(reply.text, content)
    offered = tuple(action.value for action in actions if action.kind is Kind.ANSWER)
    return Judged(case, _verdict(case, actions, answered, offered, content), answered, offered)


def _verdict(
    case: Case, actions: list[Action], answered: str | None, offered: tuple[str, ...], content: Content
) -> Verdict:
    intents = content.intents
    if answered and intents[answered].urgent:
        return Verdict.RIGHT if answered == case.intent else Verdict.OTHER_DANGER
    if actions and actions[0].kind is Kind.HELP_NOW:
        second = actions[1].value if len(actions) > 1 and actions[1].kind is Kind.ANSWER else ""
        return Verdict.OFFERED if second == case.intent else Verdict.UNSURE
    if answered and intents[answered].module == CHAT_MODULE:
        return Verdict.SMALL_TALK
    return Verdict.INFORMATION


def _answered(text: str, content: Content) -> str | None:
    """The id whose answer stands in `text`: the whole of its first words, in any language."""
    for language in content.languages:
        for id_ in content.intents:
            answer = content.answer(language.code, id_)
            if answer is not None and text.startswith(answer.quiet) and answer.say.strip() in text:
                return id_
    return None
