"""What the bot says about the people who run it; while nobody does, it says just that."""

from __future__ import annotations

from bot.contact_texts import LINE_LANGUAGES
from bot.content import Operator
from bot.knowledge import Knowledge


def who_runs_it(language: str, knowledge: Knowledge) -> str:
    """Name and languages of the organisation, an adult to talk to, and how to complain."""
    say, operator = knowledge.say(language), _real(knowledge)
    if operator is None:
        return say("operator_none")
    spoken = [say(LINE_LANGUAGES[code]) for code in operator.languages if code in LINE_LANGUAGES]
    parts = [
        say("run_by", name=operator.name.in_language(language)),
        say("operator_languages", languages=", ".join(spoken)) if spoken else "",
        say("operator_adult", who=operator.adult_contact.in_language(language)),
        how_to_complain(language, knowledge),
    ]
    return "\n".join(part for part in parts if part)


def who_keeps_it_private(language: str, knowledge: Knowledge) -> str:
    """The organisation, who looks after children's safety there, and whom to ask about what is kept."""
    say, operator = knowledge.say(language), _real(knowledge)
    if operator is None:
        return say("operator_none")
    return "\n".join(
        (
            say("run_by", name=operator.name.in_language(language)),
            say("operator_safeguarding", who=operator.safeguarding_lead.in_language(language)),
            say("operator_privacy", contact=operator.privacy_contact),
        )
    )


def how_to_complain(language: str, knowledge: Knowledge) -> str:
    """Which person takes complaints; an adult whom the child trusts, while nobody runs the bot."""
    say, operator = knowledge.say(language), _real(knowledge)
    if operator is None:
        return say("complaint_none")
    return say("operator_complaint", how=operator.complaint.in_language(language))


def _real(knowledge: Knowledge) -> Operator | None:
    """The operator, unless the file is still the example: nothing false may be said."""
    operator = knowledge.content.operator
    return None if operator is None or operator.example else operator
