"""What goes into a pocket or onto a wall: a card with numbers, a card that says little, a poster with QR codes."""

from __future__ import annotations

import segno

from bot.contact_texts import where_from
from bot.content import Contact
from bot.printing.markup import Paper, escape, lines
from bot.printing.papers import Order, phone_contacts

COPIES = 4
"""Cards on a sheet."""

_SIGNS = {
    "child_helpline": "<circle cx='8' cy='5' r='3.5'/><path d='M1 16c0-9 14-9 14 0z'/>",
    "ambulance": "<path d='M6 1h4v5h5v4h-5v5H6v-5H1V6h5z'/>",
    "police": "<path d='M8 0l2 6h6l-5 4 2 6-5-4-5 4 2-6-5-4h6z'/>",
}
"""Kind of contact → a sign that needs no words; a dot for every other kind."""

_STYLE = """
.cards { display: flex; flex-wrap: wrap; }
.card { width: 90mm; margin: 0 2mm 4mm 0; border: .3mm dashed #000; break-inside: avoid;
  font-size: 8.2pt; line-height: 1.4; }
.half { min-height: 50mm; padding: 2.5mm 3.5mm; }
.half + .half { border-top: .2mm dotted #000; }
.card p { margin: 0 0 1mm; }
.card .number { font-size: 13pt; }
.card .small { font-size: 7pt; line-height: 1.4; }
.card svg { width: 4mm; height: 4mm; margin-right: 2mm; vertical-align: -.5mm; }
"""


def card(order: Order) -> Paper:
    """The card: whom to call, what to say, the safe word."""
    contacts = phone_contacts(order)
    front = f"<p><b>{escape(order.say('paper_my_numbers'))}</b></p>" + _names(order, contacts)
    copy = f"<div class='card'><div class='half'>{front}</div><div class='half'>{_back(order, contacts)}</div></div>"
    return _sheet(order, "card", order.say("paper_card"), copy, contacts)


def plain_card(order: Order) -> Paper:
    """The card for a child who must hide it: numbers with signs, and not a word of rights or of harm."""
    contacts = phone_contacts(order)
    rows = "".join(f"<p>{_sign(c)}<span class='number'>{escape(c.numbers[0])}</span></p>" for c in contacts)
    source = f"<p class='small'>{escape(where_from(contacts, order.say))}</p>"
    title = f"<p><b>{escape(order.say('paper_my_numbers'))}</b></p>"
    copy = f"<div class='card'><div class='half'>{title}{rows}{source}</div></div>"
    return _sheet(order, "card-plain", order.say("paper_plain_card"), copy, contacts)


def _sheet(order: Order, name: str, title: str, copy: str, contacts: list[Contact]) -> Paper:
    draft = not contacts or any(contact.called_on is None for contact in contacts)
    marked = copy.replace("<div class='half'>", f"<div class='half'>{order.mark()}", 1) if draft else copy
    head = f"<h1>{escape(title)}</h1><p class='small'>{escape(order.say('paper_decide'))}</p>"
    body = f"{head}<div class='cards'>{marked * COPIES}</div>"
    codes = [code for contact in contacts for code in contact.languages]
    return order.paper(name, title, body, *codes, draft=draft, style=_STYLE)


def _names(order: Order, contacts: list[Contact]) -> str:
    """Each number with its name; where none may be shown, what to do instead."""
    content = order.knowledge.content
    if not contacts:
        return lines(content.no_number(order.language, order.country) or order.say("no_number"))
    told = ""
    for contact in contacts:
        words = content.contact_words(order.language, contact.id) or content.contact_words("en", contact.id)
        name = escape(words.name if words else contact.id)
        told += f"<p>{_sign(contact)}<span class='number'>{escape(contact.numbers[0])}</span> {name}</p>"
    return told


def _back(order: Order, contacts: list[Contact]) -> str:
    say, content = order.say, order.knowledge.content
    language = next((known for known in content.languages if known.code == order.language), None)
    word = language.safe_words[-1] if language and language.safe_words else "🌻"
    spoken = next((c.languages[0] for c in contacts if c.languages and order.language not in c.languages), None)
    words = content.phone_words(order.language, spoken) if spoken else None
    told = f"<p>{escape(words.words)}</p><p>{escape(words.spelt)}</p>" if words else ""
    told += f"<p>{escape(say('ask_before_name'))}</p>" if contacts else ""
    told += f"<p>{escape(say('paper_safe_word', word=word))}</p>"
    return told + f"<p class='small'>{escape(where_from(contacts, say))}</p>"


def _sign(contact: Contact) -> str:
    drawn = _SIGNS.get(contact.kinds[0], "<circle cx='8' cy='8' r='5'/>")
    return f"<svg viewBox='0 0 16 16' aria-hidden='true'>{drawn}</svg>"


def deep_link(order: Order, module: str = "") -> str:
    """The address that opens the bot in this language and country, with a topic."""
    start = "_".join(part for part in (order.language, order.country, module) if part)
    return f"https://t.me/{order.bot}?start={start}"


def poster(order: Order) -> Paper:
    """A poster with a code for the bot and one for each topic; without a bot's name it says how to get them."""
    content, say = order.knowledge.content, order.say
    body = f"<h1>{escape(say('paper_poster'))}</h1><p class='text'>{escape(say('paper_poster_text'))}</p>"
    if not order.bot:
        body += f"<p class='box'>{escape(say('paper_no_bot'))}</p>"
    else:
        link = deep_link(order)
        body += f"<div class='main'>{_code(link)}<p>{escape(say('paper_scan'))}<br><b>{escape(link)}</b></p></div>"
        found = [content.module(order.language, id_) for id_ in content.module_ids]
        body += "<div class='codes'>" + "".join(
            f"<figure>{_code(deep_link(order, m.id))}<figcaption>{escape(f'{m.icon} {m.title}')}</figcaption></figure>"
            for m in found
            if m is not None
        )
        body += "</div>"
    draft = any(not a.reviewed for m in content.module_ids for a in content.questions(order.language, m))
    return order.paper("poster", say("paper_poster_name"), body, draft=draft, style=_POSTER)


_POSTER = """
h1 { font-size: 30pt; }
.text { font-size: 15pt; }
.main { display: flex; flex-wrap: wrap; align-items: center; gap: 6mm; font-size: 13pt; overflow-wrap: anywhere; }
.main > .code { width: 74mm; height: 74mm; flex: none; }
.main p { flex: 1 1 50mm; }
.codes { display: flex; flex-wrap: wrap; gap: 4mm 5mm; margin-top: 10mm; }
figure { width: 32mm; margin: 0; break-inside: avoid; text-align: center; line-height: 1.4; }
.code { display: block; }
.code svg { width: 100%; height: 100%; }
figure .code { width: 32mm; height: 32mm; }
"""


def _code(link: str) -> str:
    """A QR code as a drawing, with the quiet edge that readers need."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=4, omitsize=True, dark="#000", light="#fff")
    return f'<span class="code" role="img" aria-label="{escape(link)}">{drawn}</span>'
