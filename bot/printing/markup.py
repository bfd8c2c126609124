"""Self-contained pages: markup with its style and its fonts inside, so that one file is all there is."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.channels.web_data import PAGE

FONTS = PAGE / "fonts"
_BLOCKS = {"Latin": "latin", "Thai": "thai", "Lao": "lao", "Khmer": "khmer", "Myanmar": "myanmar"}
"""Script → name of its font files."""

_STYLE = """
@page { margin: 12mm; }
* { box-sizing: border-box; }
html { font: 11pt/1.6 "Chat", sans-serif; color: #000; background: #fff; }
body { max-width: 186mm; margin: 0 auto; }
h1 { margin: 0 0 3mm; font-size: 18pt; line-height: 1.5; }
h2 { margin: 5mm 0 1mm; font-size: 13pt; line-height: 1.5; break-after: avoid; }
h3 { margin: 3mm 0 1mm; font-size: 11pt; break-after: avoid; }
p, ul { margin: 0 0 2mm; }
ul { padding-left: 6mm; }
section, li, .box { break-inside: avoid; }
.lines { white-space: pre-line; }
.box { padding: 3mm 4mm; border: .6mm solid #000; border-radius: 2mm; }
.small { font-size: 8.5pt; }
.number { font-size: 15pt; font-weight: 700; white-space: nowrap; }
.draft-word { float: right; margin-left: 4mm; padding: .5mm 3mm; border: .6mm solid #000; font-weight: 700; }
.cut-draft { float: right; margin: 0 0 0 2mm; padding: 0 1.5mm; border: .3mm solid #000; font-size: 7pt;
  font-weight: 700; }
.draft-mark { position: fixed; top: 40%; left: 0; right: 0; z-index: -1; color: #d8d8d8; font-size: 54pt;
  font-weight: 700; text-align: center; transform: rotate(-25deg); -webkit-print-color-adjust: exact;
  print-color-adjust: exact; }
a { color: inherit; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 1.5mm 2mm; border: .3mm solid #000; text-align: left; vertical-align: top; }
@media screen { body { padding: 6mm; } }
"""


@dataclass(frozen=True, slots=True)
class Paper:
    """One page to print: its file name without ending, its title, and what stands in it."""

    name: str
    title: str
    markup: str


def escape(text: str) -> str:
    """Text as markup: nothing in it is ever a tag."""
    return html.escape(text, quote=True)


def lines(text: str) -> str:
    """Text whose line ends stay."""
    return f'<p class="lines">{escape(text)}</p>'


def listed(items: Iterable[str]) -> str:
    """A list; nothing where there are no items."""
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{rows}</ul>" if rows else ""


def page(title: str, body: str, language: str, scripts: Sequence[str], *, draft: str = "", style: str = "") -> str:
    """A whole page in `language`, with the fonts of `scripts`; `draft` is the word on each sheet of it."""
    mark = f'<div class="draft-mark" aria-hidden="true">{escape(draft)}</div>' if draft else ""
    word = f'<p class="draft-word">{escape(draft)}</p>' if draft else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" translate="no">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{font_faces(scripts)}{_STYLE}{style}</style>\n</head>\n"
        f"<body>\n{mark}<main>{word}\n{body}\n</main>\n</body>\n</html>\n"
    )


def font_faces(scripts: Iterable[str]) -> str:
    """The page's own `@font-face` rules for these scripts, each with its font inside."""
    wanted = [_BLOCKS[script] for script in dict.fromkeys(("Latin", *scripts)) if script in _BLOCKS]
    rules = (PAGE / "fonts.css").read_text("utf-8").split("\n")
    return "\n".join(with_fonts(rule) for rule in rules if any(f"-{block}-" in rule for block in wanted))


def with_fonts(css: str) -> str:
    """`css` with each font file in it replaced by its bytes; a missing one leaves the reader's own font."""

    def inline(found: re.Match[str]) -> str:
        file = PAGE / found[1]
        if not file.is_file():
            return "local('sans-serif')"
        return f"url(data:font/woff2;base64,{base64.b64encode(file.read_bytes()).decode()})"

    return re.sub(r"url\((fonts/[\w.-]+)\)", inline, css)
