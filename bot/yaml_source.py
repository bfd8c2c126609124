"""YAML with line numbers, without its surprises: dates stay text, only true and false are booleans, no key twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Path_ = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader without the resolvers for dates and for yes, no, on and off."""


_Loader.yaml_implicit_resolvers = {
    letter: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
    ]
    for letter, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True, slots=True)
class Source:
    """A YAML file as plain data, with the line (from 1) of each key and list item by its path."""

    data: Any
    lines: Mapping[Path_, int] = field(repr=False)
    repeated: tuple[tuple[Path_, int], ...] = ()
    """Paths of keys that stand twice in one mapping, with the line of the second one."""

    def line(self, *path: str | int) -> int:
        """The line of `path`, or of its nearest parent that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class BrokenYamlError(Exception):
    """The file is no YAML: `line` (from 1) and `what`, in plain words."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def read_yaml(path: Path) -> Source:
    """The YAML file at `path`.

    Raises:
        BrokenYamlError: when it cannot be read, is not UTF-8, or is no YAML.
    """
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as problem:
        raise BrokenYamlError(1, "the file is not saved as UTF-8") from problem
    except OSError as problem:
        raise BrokenYamlError(1, "the file cannot be read") from problem
    loader = _Loader(text)
    lines: dict[Path_, int] = {}
    repeated: list[tuple[Path_, int]] = []
    try:
        node = loader.get_single_node()
        data = None if node is None else loader.construct_document(node)
        if node is not None:
            _walk(node, (), lines, repeated)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise BrokenYamlError(mark.line + 1 if mark else 1, problem.problem or "this is no YAML") from problem
    except RecursionError as problem:
        raise BrokenYamlError(1, "a text refers to itself") from problem
    except (yaml.YAMLError, ValueError) as problem:
        raise BrokenYamlError(1, "a character that YAML does not allow stands in the file") from problem
    finally:
        loader.dispose()
    return Source(data, lines, tuple(repeated))


def _walk(node: yaml.Node, path: Path_, lines: dict[Path_, int], repeated: list[tuple[Path_, int]]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = (*path, str(key.value))
            line = key.start_mark.line + 1
            if below in lines:
                repeated.append((below, line))
            lines[below] = line
            _walk(value, below, lines, repeated)
    elif isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            _walk(item, (*path, i), lines, repeated)
