"""Whether the content may be shown to children unseen: reviewed urgent answers, dialled urgent numbers."""

from __future__ import annotations

from bot.content import Content, Show


def unreviewed(content: Content) -> str | None:
    """One sentence naming what nobody has reviewed or dialled yet; None when all is ready."""
    urgent = [intent for intent in content.intents.values() if intent.urgent]
    drafts = [
        f"{language.code}/{intent.id}"
        for language in content.languages
        for intent in urgent
        if (answer := content.answer(language.code, intent.id)) is None or not answer.reviewed
    ]
    kinds = {kind for intent in urgent for kind in intent.kinds}
    undialled = [
        c.id for c in content.contacts.values() if c.show is Show.YES and kinds & {*c.kinds} and c.called_on is None
    ]
    if not drafts and not undialled:
        return None
    return (
        f"{len(drafts)} urgent answers are not reviewed ({_some(drafts)}) and {len(undialled)} urgent numbers were "
        f"never dialled ({_some(undialled)}): have that done, or start with --drafts for a trial among adults."
    )


def _some(names: list[str]) -> str:
    return ", ".join(names[:2]) + (" …" if len(names) > 2 else "")
