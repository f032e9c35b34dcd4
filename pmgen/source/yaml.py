"""YAML to the same values as JSON, and the places of its nodes. Nothing here knows Postman.

PyYAML only cuts the text into events. Its own constructors would read YAML 1.1, where ``no`` is a boolean, and build
more than JSON has.
"""

from __future__ import annotations

import typing

import yaml

from pmgen.source.locate import unescape
from pmgen.source.yaml_events import FASTEST, PurePython, YamlError, explained, prepared
from pmgen.source.yaml_nodes import Composer

if typing.TYPE_CHECKING:
    from pmgen.source.strict import Json

__all__ = [
    "YamlError",
    "YamlLocator",
    "parse_yaml",
    "parse_yaml_noting_repeats",
    "repeated_keys",
]


def parse_yaml(text: str) -> Json:
    """The one document of the text; of an empty text, null. Raises YamlError and nothing else.

    An alias is the very object of its anchor, so nobody may change what comes back.
    """
    return _composed(text).root.value


def repeated_keys(text: str) -> tuple[tuple[str, str], ...]:
    """Pointer and key of each key that its mapping repeats, in the text's order. The last one's value counts."""
    return tuple(_composed(text).repeated)


def parse_yaml_noting_repeats(text: str) -> tuple[Json, tuple[tuple[str, str], ...]]:
    """Both at the price of one."""
    composer = _composed(text)
    return composer.root.value, tuple(composer.repeated)


class YamlLocator:
    """Places in one text, which must be valid YAML; it is read at the first question."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._composer: Composer | None = None

    def place(self, pointer: str) -> tuple[int, int]:
        """Line and column of the value; of its nearest existing owner where it is missing."""
        self._composer = self._composer or _composed(self._text)
        node = self._composer.root
        for part in pointer.split("/")[1:]:
            member = node.members.get(unescape(part))
            if member is None:
                break
            node = member
        return self._composer.source.place(node.offset)


def _composed(text: str) -> Composer:
    """What libyaml refuses is read again: its messages say less, and it knows no tab at the head of a block of text."""
    source = prepared(text)
    try:
        return Composer(source).read(FASTEST)
    except (yaml.YAMLError, UnicodeDecodeError):
        pass
    try:
        return Composer(source).read(PurePython)
    except yaml.YAMLError as error:
        raise explained(source, error) from error
