"""Says in an editor's words why a file is no YAML, and on which line to look."""

from __future__ import annotations

import re

import yaml

from bot.yaml_source import BrokenYamlError

_BEGINS = re.compile("while (scanning a (quoted|simple)|parsing a flow)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = "Give the line as many spaces at its start as its neighbours have"
_QUOTE = "Put the whole text into quotes"

_WORDS = (
    ("refers to itself", "a text that begins with & or * refers to itself", "Put it into quotes"),
    ("UTF-8", "the file is not saved as UTF-8", "Save it again, with the encoding UTF-8"),
    ("cannot be read", "the file cannot be opened", "Look whether it is really a file, and whether you may read it"),
    ("does not allow", "an invisible character stands in the file", "Delete the line and type it again"),
    ("found a tab", "a tab stands in the line", "Use spaces instead of tabs"),
    ("quoted scalar.*end of stream", "a quote opens here and never closes", "Add the closing quote after the text"),
    ("escape", "a backslash stands in a text in double quotes", "Delete it, or use single quotes"),
    ("flow (sequence|mapping|node)", "a bracket opens here and does not close", "Close it: [ needs ], and { needs }"),
    (
        "mapping values",
        "a second colon stands in the line, or it begins with too many spaces",
        f"{_QUOTE} if the colon belongs to it; else mend the spaces",
    ),
    (
        "expected key",
        "the line does not fit under the lines above it",
        f"{_SPACES}; look for a quote or bracket too many",
    ),
    ("expected '-'", "the line stands in a list but is no item of it", "Begin it with '- ', or mend its spaces"),
    ("expected ':'", "the line has no colon", "Write 'key: text', or add spaces if it belongs to the text above"),
    ("sequence entries", "an item stands on the line of its key", "Begin each item on its own line, with '- '"),
    ("single document", "a line of dashes cuts the file in two", "Delete that line"),
    ("unhashable|mapping keys", "a bracket or question mark stands where a key should be", _QUOTE),
    ("token|alias|anchor|tag|directive|block scalar", "the text begins with a sign that means something else", _QUOTE),
)
"""Pattern in what the YAML reader says → what is wrong, and how to mend it."""


def explain_broken(broken: BrokenYamlError, text: str) -> tuple[int, str, str]:
    """Line, what is wrong and how to mend it, for a file that holds `text` (empty where that cannot be read)."""
    cause = broken.__cause__
    context = str(getattr(cause, "context", None) or "")
    rows = text.split("\n")
    line = broken.line
    if isinstance(cause, UnicodeDecodeError):
        line = cause.object[: cause.start].count(b"\n") + 1
    elif isinstance(cause, yaml.MarkedYAMLError) and cause.context_mark and _BEGINS.match(context):
        line = cause.context_mark.line + 1  # where it begins, not where the reader gave up
        if "flow node" in context:
            line = max((i for i, row in enumerate(rows[:line], start=1) if re.search(r"[\[{]", row)), default=line)
    elif "does not allow" in broken.what:
        line = next((i for i, row in enumerate(rows, start=1) if _CONTROL.search(row)), 1)
    said = f"{context}: {broken.what}"
    if line <= len(rows) and re.match(r" *\t", rows[line - 1]):
        said = "found a tab"
    for pattern, what, fix in _WORDS:
        if re.search(pattern, said):
            return line, what, f"{fix}."
    return line, f"the file cannot be read ({broken.what})", "Compare with a file that works: spaces, colons, quotes."
