"""PyYAML's events -> values with their places. What JSON cannot say, and what is too much, is refused here."""

from __future__ import annotations

import dataclasses
import typing

import yaml

from pmgen.source.locate import escape
from pmgen.source.yaml_events import events, start, unquoted_key, unquoted_value
from pmgen.source.yaml_scalars import PLAIN, TEXT, read_scalar

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from pmgen.source.strict import Json
    from pmgen.source.yaml_events import Parser, Source, YamlError

_COLLECTIONS: dict[type[yaml.Event], str] = {
    yaml.MappingStartEvent: "map",
    yaml.SequenceStartEvent: "seq",
}
_LONGEST_TAG = 80
_DEEPEST = 200
_MOST_VALUES = 1_000_000


@dataclasses.dataclass(slots=True)
class Node:
    """A value and where it stands; ``written`` is a scalar's text, for keys. ``is_open``: its end is still to come.

    ``size`` counts it and all below it with aliases written out; ``height`` is how deep collections nest in it.
    """

    offset: int
    value: Json
    written: str | None = None
    members: dict[str, Node] = dataclasses.field(default_factory=dict)
    size: int = 1
    height: int = 0
    is_open: bool = False
    in_flow: bool = False
    key: str | None = None

    @property
    def awaits_key(self) -> bool:
        """Whether this is a mapping between two pairs."""
        return self.key is None and isinstance(self.value, dict)

    @property
    def step(self) -> str:
        """Key or index of the member that is being read."""
        return str(len(self.members)) if self.key is None else self.key

    def add(self, node: Node) -> None:
        """The value of the key, or the next element."""
        self.members[self.step] = node
        if isinstance(self.value, dict):
            self.value[self.step] = node.value
        elif isinstance(self.value, list):
            self.value.append(node.value)
        self.key = None
        self.size += node.size
        self.height = max(self.height, node.height + 1)


class Composer:
    """Events -> nodes, without recursion. ``_path`` are the open collections, outermost first."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root = Node(0, None)
        self.repeated: list[tuple[str, str]] = []
        self._documents = 0
        self._path: list[Node] = []
        self._anchors: dict[str, Node] = {}

    def read(self, parser: Parser) -> Composer:
        """Take all events of the text."""
        for event in events(self.source.scanned, parser):
            step = _STEPS.get(type(event))
            if step is not None:
                step(self, event)
        return self

    def document(self, event: yaml.DocumentStartEvent) -> None:
        """A file of several documents has no one value."""
        self._documents += 1
        if self._documents > 1:
            raise self.source.refusal(start(event), "a second document begins here")

    def scalar(self, event: yaml.ScalarEvent) -> None:
        """A key is its text, whatever it looks like: ``200``, ``1e999``."""
        offset, text, tag = start(event), self.source.text_of(event), self._tag(event)
        is_name = self._awaits_key() and event.anchor is None
        types = TEXT if event.style or is_name else PLAIN
        try:
            value = read_scalar(text, (tag,) if tag else types)
        except OverflowError as error:
            raise self.source.limit(offset, str(error)) from error
        except ValueError as error:
            raise self._wrong_tag(event, "does not fit") from error
        node = Node(offset, value, text)
        self._anchor(event, node)
        self._add(node)

    def collection(
        self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent
    ) -> None:
        """A collection is open, and so of no size yet, until its end."""
        kind = _COLLECTIONS[type(event)]
        node = Node(start(event), {} if kind == "map" else [], height=1)
        node.is_open, node.in_flow = True, bool(event.flow_style)
        self._check_key(node)
        if self._tag(event) not in (None, kind):
            raise self._wrong_tag(event, "does not fit")
        self._check_depth(node)
        self._anchor(event, node)
        self._path.append(node)

    def end(self, _: yaml.CollectionEndEvent) -> None:
        """Only now are size and height known to its owner."""
        node = self._path.pop()
        node.is_open = False
        self._add(node)

    def alias(self, event: yaml.AliasEvent) -> None:
        """It stands where it is written; what is below it stands at the anchor."""
        node = self._anchors.get(event.anchor or "")
        if node is None or node.is_open:
            words = "is inside of" if node else "comes before"
            raise self.source.refusal(
                start(event), f"the alias *{event.anchor} {words} its anchor"
            )
        node = dataclasses.replace(node, offset=start(event))
        self._check_key(node)
        self._check_depth(node)
        self._add(node)

    def _add(self, node: Node) -> None:
        if not self._path:
            self.root = node
            return
        owner = self._path[-1]
        if owner.awaits_key:
            self._begin_pair(owner, node.written or "")
            return
        owner.add(node)
        if owner.size > _MOST_VALUES:
            words = f"More than {_MOST_VALUES:,} values, counting what aliases repeat"
            raise self.source.limit(node.offset, words)

    def _begin_pair(self, owner: Node, key: str) -> None:
        repeats = key in owner.members
        owner.key = key
        if repeats:
            pointer = "".join(f"/{escape(node.step)}" for node in self._path)
            self.repeated.append((pointer, key))

    def _awaits_key(self) -> bool:
        return bool(self._path) and self._path[-1].awaits_key

    def _check_key(self, node: Node) -> None:
        """Only a text can be a key in JSON. ``{{x}}`` is a mapping as the key of a mapping."""
        if node.written is not None or not self._awaits_key():
            return
        text = self.source.text
        if text.startswith("{{", node.offset - 1):
            in_flow = len(self._path) > 1 and self._path[-2].in_flow
            raise unquoted_value(self.source, node.offset - 1, in_flow=in_flow)
        if text.startswith("{{", node.offset):
            raise unquoted_key(self.source, node.offset)
        words = "a mapping or a list cannot be a key"
        raise self.source.refusal(node.offset, words)

    def _check_depth(self, node: Node) -> None:
        if len(self._path) + node.height > _DEEPEST:
            words = f"Nested more than {_DEEPEST} deep"
            raise self.source.limit(node.offset, words)

    def _anchor(self, event: yaml.NodeEvent, node: Node) -> None:
        """A later anchor of the same name takes over."""
        if event.anchor is not None:
            self._anchors[event.anchor] = node

    def _tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> str | None:
        """The type that a tag asks for, such as ``int`` for ``!!int``."""
        if event.tag is None:
            return None
        name = event.tag.removeprefix("tag:yaml.org,2002:")
        if name == event.tag or name not in (*PLAIN, *_COLLECTIONS.values()):
            raise self._wrong_tag(event, "is not supported")
        return name

    def _wrong_tag(self, event: yaml.NodeEvent, why: str) -> YamlError:
        offset = self.source.text.index("!", start(event))
        tag = self.source.text[offset : offset + _LONGEST_TAG].split()[0]
        return self.source.refusal(offset, f"the tag {tag} {why}")


_STEPS: dict[type[yaml.Event], Callable[[Composer, typing.Any], None]] = {
    yaml.DocumentStartEvent: Composer.document,
    yaml.ScalarEvent: Composer.scalar,
    yaml.AliasEvent: Composer.alias,
    yaml.MappingStartEvent: Composer.collection,
    yaml.SequenceStartEvent: Composer.collection,
    yaml.MappingEndEvent: Composer.end,
    yaml.SequenceEndEvent: Composer.end,
}
