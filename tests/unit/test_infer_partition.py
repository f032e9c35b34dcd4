"""Classes of places: what follows from pairs, whatever their order and direction."""

from __future__ import annotations

import typing

from hypothesis import given, settings
from hypothesis import strategies as st
from seen import reply

from pmgen.infer.partition import Closure
from pmgen.infer.shape import observe
from pmgen.infer.survey import Survey, survey
from pmgen.infer.wishes import Wishes

if typing.TYPE_CHECKING:
    from pmgen.infer.partition import Partition
    from pmgen.source import Json

KEYS = st.sampled_from(["a", "b", "1", "2", "3", "kind", "type", "[]", "{}"])
LEAVES = st.sampled_from([None, 1, "cat", "dog", "x"])
JSON: st.SearchStrategy[Json] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)
CAT: Json = {"kind": "cat", "a": {"x": 1}}
DOG: Json = {"kind": "dog", "b": {"x": 1}}
EEL: Json = {"type": "eel", "c": {"x": 1}}


def surveyed(*values: Json) -> Survey:
    """The nodes of values, each of its own role."""
    shapes = {reply(str(n)): observe([value]) for n, value in enumerate(values)}
    return survey(shapes, Wishes({}))


def classes(found: Partition) -> object:
    """All that a partition says, as text that can be compared."""
    inner = {
        number: {
            place: {tag: found.of[node] for tag, node in tags.items()}
            for place, tags in places.items()
        }
        for number, places in found.inner.items()
    }
    return found.of, inner, found.maps


@settings(max_examples=300)
@given(st.lists(JSON, min_size=2, max_size=4), st.data())
def test_neither_order_nor_direction_of_pairs_matters(
    values: list[Json], data: st.DataObject
) -> None:
    found = surveyed(*values)
    if not found.nodes:
        return
    numbers = st.integers(0, len(found.nodes) - 1)
    pairs = data.draw(st.lists(st.tuples(numbers, numbers), max_size=6))
    turned = [(b, a) for a, b in data.draw(st.permutations(pairs))]
    one = classes(Closure(found).join(pairs))
    assert one == classes(Closure(found).join(turned))
    # Joined twice is joined once, and in two steps as in one.
    closure = Closure(found)
    closure.join(pairs)
    assert one == classes(closure.join(turned))


@settings(max_examples=300)
@given(st.lists(JSON, min_size=2, max_size=4), st.data())
def test_what_one_thing_holds_under_a_key_is_one_thing(
    values: list[Json], data: st.DataObject
) -> None:
    found = surveyed(*values)
    if not found.nodes:
        return
    numbers = st.integers(0, len(found.nodes) - 1)
    pairs = data.draw(st.lists(st.tuples(numbers, numbers), max_size=4))
    partition = Closure(found).join(pairs)
    for a, b in pairs:
        assert partition.of[a] == partition.of[b]
    below: dict[object, int] = {}
    for node in found.nodes:
        if node.holder is None:
            continue
        owner = found.nodes[node.holder]
        is_map = partition.of[node.holder] in partition.maps
        key, *steps = node.path[len(owner.path) :]
        place = ("{}" if is_map else key, *steps)
        where = (partition.of[node.holder], place)
        told = partition.inner[partition.of[node.holder]][place]
        tag = node.tag if node.tag in told else ("", "")
        assert below.setdefault((where, tag), partition.of[node.number]) == (
            partition.of[node.number]
        )
        assert len({key for key, _ in told}) == 1


def node_at(found: Survey, role: str, *path: str, kind: str = "") -> int:
    """The number of a node."""
    (node,) = (
        node
        for node in found.nodes
        if (node.role, node.path) == (reply(role), path) and kind in ("", node.tag[1])
    )
    return node.number


def test_nothing_joined() -> None:
    found = surveyed({"a": {"x": 1}}, {"a": {"x": 1}})
    assert Closure(found).join([]).of == (0, 1, 2, 3)


def test_what_follows_goes_all_the_way_down() -> None:
    found = surveyed({"a": [{"b": {"c": {}}}]}, {"a": [{"b": {"c": {}}}]})
    partition = Closure(found).join([(4, 0)])
    assert partition.of == (0, 1, 2, 3, 0, 1, 2, 3)
    assert [len(nodes) for nodes in partition.members.values()] == [2, 2, 2, 2]


def test_what_follows_goes_round_in_trees() -> None:
    found = surveyed({"in": {"in": {"x": {}}, "x": {}}})
    partition = Closure(found).join([(0, 1)])
    assert partition.of[1] == partition.of[2] == 0
    assert len(set(partition.of)) == 2


def test_kinds_are_joined_by_their_tag() -> None:
    found = surveyed({"pets": [CAT, DOG] * 2}, {"pets": [DOG, CAT] * 2})
    partition = Closure(found).join([(node_at(found, "0"), node_at(found, "1"))])
    cats, dogs = (
        {partition.of[node_at(found, n, "pets", "[]", kind=kind)] for n in "01"}
        for kind in ("cat", "dog")
    )
    assert len(cats) == len(dogs) == 1
    assert cats != dogs


def test_kinds_are_one_where_two_keys_would_have_to_tell_them() -> None:
    found = surveyed({"pets": [CAT, DOG] * 2}, {"pets": [EEL, {"type": "fox"}] * 2})
    partition = Closure(found).join([(node_at(found, "0"), node_at(found, "1"))])
    pets = {
        partition.of[node.number] for node in found.nodes if node.path == ("pets", "[]")
    }
    assert len(pets) == 1


def test_a_class_of_a_map_is_a_map() -> None:
    found = surveyed(
        {"m": {"1": {"x": 1}, "2": {"y": 1}}}, {"m": {"a": {"x": 1}, "b": {"x": 1}}}
    )
    partition = Closure(found).join([(node_at(found, "0"), node_at(found, "1"))])
    assert partition.maps == {node_at(found, "0", "m")}
    values = {partition.of[node.number] for node in found.nodes if len(node.path) == 2}
    assert len(values) == 1


def test_a_class_with_a_top_in_it_becomes_no_map() -> None:
    found = surveyed({"1": {"a": 1}}, {"m": {"2": {"b": 1}}})
    top, inner = node_at(found, "0"), node_at(found, "1", "m")
    assert not Closure(found).join([(top, inner)]).maps
    found = surveyed({"m": {"2": {"b": 1}}}, {"1": {"a": 1}})
    top, inner = node_at(found, "1"), node_at(found, "0", "m")
    assert not Closure(found).join([(top, inner)]).maps
    found = surveyed({"m": {"1": {"a": 1}}}, {"m": {"2": {"b": 1}}})
    one, other = node_at(found, "0", "m"), node_at(found, "1", "m")
    assert Closure(found).join([(other, one)]).maps == {one}


def test_values_of_two_types_at_two_places_make_no_map() -> None:
    """Each key alone has one type in each place."""
    values: list[Json] = [{"m": {"1": 1}}, {"m": {"1": "x"}}, {"m": {"2": "x"}}]
    found = surveyed(*values)
    one, *others = (node_at(found, str(n), "m") for n in range(3))
    assert not Closure(found).join([(one, other) for other in others]).maps
    assert Closure(found).join([(others[0], others[1])]).maps
