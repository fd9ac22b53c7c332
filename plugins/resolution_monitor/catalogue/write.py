"""Entries as YAML that people read and edit: the same entries always give the same text."""

from typing import Any

import yaml

_WIDTH = 118
# Short values that read best on one line; everything else has a line of its own.
_ON_ONE_LINE = {"targets", "baseline"}


class _OneLine(dict[str, Any]):
    """A mapping written between braces."""


class _Dumper(yaml.SafeDumper):
    """Writes lists indented below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


def _one_line(dumper: yaml.SafeDumper, entry: _OneLine) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", entry.items(), flow_style=True)


def _list(dumper: yaml.SafeDumper, entries: list[Any]) -> yaml.Node:
    is_short = all(not isinstance(entry, (dict, list)) and len(str(entry)) <= 20 for entry in entries)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", entries, flow_style=is_short)


_Dumper.add_representer(_OneLine, _one_line)
_Dumper.add_representer(list, _list)


def yaml_text(comment: str, entries: dict[str, Any]) -> str:
    """
    The text of a file of the catalogue.

    Args:
        comment: Stands above the entries, each line with its "#"; may be empty.
        entries: As read from YAML.
    """
    body = yaml.dump(_styled(entries), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return comment + body


def leading_comment(text: str) -> str:
    """The lines of a file before its first entry."""
    lines = text.splitlines(keepends=True)
    count = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    return "".join(lines[:count])


def _styled(value: Any, key: str | None = None) -> Any:
    if isinstance(value, dict):
        styled = {name: _styled(entry, name) for name, entry in value.items()}
        return _OneLine(styled) if key in _ON_ONE_LINE else styled
    if isinstance(value, list):
        return [_styled(entry, key) for entry in value]
    return value
