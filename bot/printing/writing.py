"""`rightsbot print`: writes the papers into a folder, with a page that leads to each."""

from __future__ import annotations

import re
from pathlib import Path

from bot.knowledge import Knowledge
from bot.printing.cards import card, plain_card, poster
from bot.printing.markup import Paper, escape
from bot.printing.papers import Order, drafts, form, leaders, sheet, strip
from bot.settings import SettingsError

_BOT = re.compile(r"[A-Za-z]\w{3,30}[A-Za-z0-9]", re.ASCII)
"""A user name on Telegram: letters, digits and underscores, at least five."""


def order_papers(language: str, country: str, bot: str, knowledge: Knowledge) -> Order:
    """The order, where its bot has a name that can exist.

    Raises:
        SettingsError: for another name.
    """
    name = bot.removeprefix("@")
    if name and not _BOT.fullmatch(name):
        raise SettingsError("--bot is no name of a bot: write it as in its address, like --bot childrights_bot.")
    return Order(language, country, name, knowledge)


def refuse_drafts(order: Order) -> None:
    """Nothing that nobody has reviewed or dialled is printed unseen.

    Raises:
        SettingsError: where there is such a thing.
    """
    found = drafts(order)
    if found:
        some = ", ".join(found[:3]) + (" …" if len(found) > 3 else "")
        raise SettingsError(
            f"{len(found)} texts or numbers for paper are not reviewed or never dialled ({some}): have that done, or "
            f"print with --drafts, and DRAFT stands on each sheet."
        )


def papers(order: Order) -> list[Paper]:
    """Every paper of an order, the index last."""
    modules = [sheet(order, module) for module in order.knowledge.content.module_ids]
    made = [*modules, card(order), plain_card(order), poster(order), strip(order), leaders(order), form(order)]
    found = [paper for paper in made if paper is not None]
    return [*found, _index(order, found)]


def write_papers(order: Order, folder: Path) -> list[Path]:
    """Writes the papers; the files, the index last.

    Raises:
        SettingsError: when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for paper in papers(order):
            path = folder / f"{paper.name}.html"
            path.write_text(paper.markup, "utf-8")
            written.append(path)
    except OSError as problem:
        raise cannot_write(folder, problem) from None
    return written


def cannot_write(folder: Path, problem: OSError) -> SettingsError:
    """What to tell whoever named a folder that cannot be written."""
    return SettingsError(f"The folder {folder} cannot be written ({problem.strerror}): choose another one.")


def _index(order: Order, made: list[Paper]) -> Paper:
    rows = "".join(f'<li><a href="{paper.name}.html">{escape(paper.title)}</a></li>' for paper in made)
    title = order.say("paper_pages")
    country = order.knowledge.countries(order.language).get(order.country, order.country)
    head = f"<h1>{escape(title)}: {escape(country)}</h1><p>{escape(order.say('paper_choose'))}</p>"
    return order.paper("index", title, f"{head}<ul>{rows}</ul>", draft=False)
