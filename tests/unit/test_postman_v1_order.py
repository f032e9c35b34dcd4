"""Format 1.0: the tree out of flat lists and lists of ids, which may be broken in every way."""

from __future__ import annotations

import collections
import itertools
import typing

import build
import pytest
from build_v1 import broken, folder, folders, items, places, req, shop, tree
from hypothesis import given, settings
from hypothesis import strategies as st

from pmgen.diagnostics import Rule
from pmgen.postman import v2

if typing.TYPE_CHECKING:
    from build_v1 import Tree


def test_the_id_lists_decide_the_order_and_folders_come_before_requests() -> None:
    data = shop(
        req("a"),
        req("b"),
        req("c"),
        req("d"),
        order=["d", "a"],
        folders_order=["g", "f"],
        folders=[folder("f", "c"), folder("g", "b")],
    )
    assert tree(build.sound(data)) == [("g", ["b"]), ("f", ["c"]), "d", "a"]


def test_a_folder_is_nested_by_the_list_of_the_one_that_holds_it() -> None:
    data = shop(
        req("a"),
        order=[],
        folders_order=["f"],
        folders=[
            folder("h", "a"),
            folder("g", folders_order=["h"]),
            folder("f", folders_order=["g"]),
        ],
    )
    assert tree(build.sound(data)) == [("f", [("g", [("h", ["a"])])])]


def test_without_folders_order_folders_stay_in_the_files_order_and_name_their_parent() -> (
    None
):
    data = shop(folders=[folder("g", folder="f"), folder("f"), folder("e")])
    assert tree(build.sound(data)) == [("f", [("g", [])]), ("e", [])]


def test_without_its_own_list_the_root_holds_what_no_folder_holds() -> None:
    data = shop(folders=[folder("g"), folder("f", folders_order=["g"]), folder("e")])
    assert tree(build.sound(data)) == [("f", [("g", [])]), ("e", [])]


def test_a_request_that_no_order_mentions_goes_to_its_folder_or_to_the_root() -> None:
    data = shop(
        req("a"),
        req("b", folder="f"),
        req("c", folder="gone"),
        req("d"),
        order=["d"],
        folders=[folder("f", "a")],
    )
    parsed, diagnostics = build.parse(data)
    assert tree(parsed) == [("f", ["a", "b"]), "d", "c"]
    assert places(diagnostics) == broken("/requests/1", "/requests/2")


def test_an_order_in_a_folder_is_one_too() -> None:
    data = {"requests": [req("a")], "folders": [folder("f")]}
    parsed, diagnostics = build.parse(data)
    assert tree(parsed) == [("f", []), "a"]
    assert places(diagnostics) == broken("/requests/0")


def test_a_file_without_any_order_is_nothing_to_report() -> None:
    data = {
        "requests": [req("a"), req("b", folder="f")],
        "folders": [{"id": "f", "name": "f"}],
    }
    assert tree(build.sound(data)) == [("f", ["b"]), "a"]


def test_a_folder_that_a_list_forgets_goes_to_its_parent_or_to_the_root() -> None:
    data = shop(
        folders_order=["f"],
        folders=[folder("f", folders_order=[]), folder("g", folder="f"), folder("h")],
    )
    parsed, diagnostics = build.parse(data)
    assert tree(parsed) == [("f", [("g", [])]), ("h", [])]
    assert places(diagnostics) == broken("/folders/1", "/folders/2")


def test_ids_that_lead_to_nothing_are_skipped_and_null_says_nothing() -> None:
    data = shop(
        req("a"),
        order=["gone", None, "a"],
        folders_order=["lost", "f"],
        folders=[folder("f", "away")],
    )
    parsed, diagnostics = build.parse(data)
    assert tree(parsed) == [("f", []), "a"]
    assert places(diagnostics) == broken(
        "/folders_order/0", "/folders/0/order/0", "/order/0"
    )
    assert "'gone' leads to nothing" in diagnostics[-1].text


def test_an_id_that_is_mentioned_twice_counts_once_in_folders_rather_than_in_the_root() -> (
    None
):
    data = shop(
        req("a"),
        order=["a"],
        folders_order=["f", "g", "f"],
        folders=[folder("f", "a", "a"), folder("g")],
    )
    parsed, diagnostics = build.parse(data)
    assert tree(parsed) == [("f", ["a"]), ("g", [])]
    assert places(diagnostics) == broken(
        "/folders_order/2", "/folders/0/order/1", "/order/0"
    )
    assert "'a' is mentioned twice" in diagnostics[-1].text


@pytest.mark.parametrize(
    ("held", "expected", "told"),
    [
        ({"f": ["f"]}, [("f", ["a"])], ["/folders/0"]),
        ({"f": ["g"], "g": ["f"]}, [("f", [("g", ["b"]), "a"])], ["/folders/0"]),
        (
            {"f": ["g"], "g": ["h"], "h": ["g"]},
            [("f", [("g", [("h", ["c"]), "b"]), "a"])],
            ["/folders/2/folders_order/0"],
        ),
        (
            {"f": ["g"], "g": ["f"], "h": ["f"]},
            [("h", ["c"]), ("f", [("g", ["b"]), "a"])],
            ["/folders/2/folders_order/0", "/folders/0"],
        ),
        (
            {"f": [], "g": ["h"], "h": ["g", "f"]},
            [("h", [("g", ["b"]), ("f", ["a"]), "c"])],
            ["/folders/2"],
        ),
    ],
)
def test_circles_of_folders_are_opened_and_lose_nothing(
    held: dict[str, list[str]], expected: Tree, told: list[str]
) -> None:
    requests = [*map(req, "abc"[: len(held)])]
    found = [
        folder(name, request["id"], folders_order=inner)
        for request, (name, inner) in zip(requests, held.items(), strict=True)
    ]
    parsed, diagnostics = build.parse(shop(*requests, order=[], folders=found))
    assert tree(parsed) == expected
    assert places(diagnostics) == broken(*told)


def test_requests_with_the_same_id_are_all_kept() -> None:
    twins = [{**req("r"), "name": name} for name in ("a", "b", "c")]
    data = shop(*twins, order=["r"], folders=[folder("f", "r")])
    parsed, diagnostics = build.parse(data)
    assert tree(parsed) == [("f", ["a"]), "b", "c"]
    assert places(diagnostics) == broken("/requests/2")


def test_what_no_list_mentions_stays_in_the_files_order_whatever_the_ids() -> None:
    data = {"requests": [req("r"), req("s"), {**req("r"), "name": "t"}]}
    assert tree(build.sound(data)) == ["r", "s", "t"]


def test_of_folders_with_the_same_id_the_first_takes_what_names_it() -> None:
    twins = [{"id": "f", "name": "one"}, {"id": "f", "name": "two"}]
    data = {"requests": [req("a", folder="f")], "folders": twins}
    assert tree(build.sound(data)) == [("one", ["a"]), ("two", [])]


def test_a_request_without_an_id_is_kept() -> None:
    lost = {"name": "lost", "url": "http://h"}
    parsed, diagnostics = build.parse(
        shop(lost, req("a"), order=["a"], folders=[{"name": "f"}])
    )
    assert tree(parsed) == [("f", []), "a", "lost"]
    assert places(diagnostics) == broken("/requests/0")


def test_ids_may_be_numbers() -> None:
    data = shop({**req("a"), "id": 7}, order=["7"])
    assert tree(build.sound(data)) == ["a"]


def test_what_is_no_object_is_refused_and_null_says_nothing() -> None:
    data = shop(req("a"), "x", None, folders=[[], None, folder("f")])
    parsed, diagnostics = build.parse(data)
    assert tree(parsed) == [("f", []), "a"]
    assert places(diagnostics) == [
        (Rule.WRONG_TYPE, "/folders/0"),
        (Rule.WRONG_TYPE, "/requests/1"),
    ]


def test_an_order_that_is_no_list_is_refused_and_loses_nothing() -> None:
    parsed, diagnostics = build.parse(shop(req("a"), order="a"))
    assert tree(parsed) == ["a"]
    assert places(diagnostics) == [(Rule.WRONG_TYPE, "/order")]


def chain(length: int) -> build.Data:
    """Folders in each other, the innermost with a request."""
    found = [folder(f"f{n}", folders_order=[f"f{n + 1}"]) for n in range(1, length)] + [
        folder(f"f{length}", "a", folders_order=[])
    ]
    return shop(req("a"), order=[], folders_order=["f1"], folders=found)


def test_the_deepest_nesting_is_that_of_format_2() -> None:
    parsed = build.sound(chain(v2.DEEPEST))
    (only,) = items(parsed.root)
    assert len(only.trail) == v2.DEEPEST + 1
    _, diagnostics = build.parse(chain(v2.DEEPEST + 1))
    assert places(diagnostics) == [(Rule.LIMIT, f"/folders/{v2.DEEPEST}")]


def test_hostile_nesting_is_one_error() -> None:
    _, diagnostics = build.parse(chain(5000))
    assert places(diagnostics) == [(Rule.LIMIT, f"/folders/{v2.DEEPEST}")]


def test_pointers_are_of_the_flat_lists_and_trails_of_the_tree() -> None:
    inner = folder("g", "b", description=" about g ")
    data = shop(
        req("a"),
        req("b", responses=[{"id": "p", "name": "ok"}]),
        order=["a"],
        folders_order=["f"],
        folders=[inner, folder("f", folders_order=["g"])],
    )
    parsed = build.sound(data)
    below, top = items(parsed.root)
    assert (below.pointer, below.trail) == ("/requests/1", ("f", "g", "b"))
    assert below.responses[0].pointer == "/requests/1/responses/0"
    assert (top.pointer, top.trail) == ("/requests/0", ("a",))
    outer, nested = folders(parsed.root)
    assert (outer.pointer, outer.trail) == ("/folders/1", ("f",))
    assert (nested.pointer, nested.trail) == ("/folders/0", ("f", "g"))
    assert nested.description == "about g"


IDS = st.sampled_from(["a", "b", "c", "d", None])
LISTS = st.one_of(st.none(), st.lists(st.sampled_from("abcdx"), max_size=6))


def _without_none(value: dict[str, build.Data]) -> dict[str, build.Data]:
    return {key: inner for key, inner in value.items() if inner is not None}


FOLDERS = st.fixed_dictionaries(
    {"id": IDS, "folder": IDS, "order": LISTS, "folders_order": LISTS}
).map(_without_none)
REQUESTS = st.fixed_dictionaries(
    {
        "id": IDS,
        "folder": IDS,
        "responses": st.lists(st.fixed_dictionaries({"id": IDS}), max_size=2),
        "responses_order": LISTS,
    }
).map(_without_none)
SHOPS = st.fixed_dictionaries(
    {
        "order": LISTS,
        "folders_order": LISTS,
        "folders": st.lists(FOLDERS, max_size=6),
        "requests": st.lists(REQUESTS, max_size=6),
    }
).map(_without_none)


@given(SHOPS)
def test_whatever_the_lists_say_everything_has_exactly_one_place(
    data: build.Data,
) -> None:
    parsed, diagnostics = build.parse(data)
    found = list(items(parsed.root))
    assert sorted(f.pointer for f in folders(parsed.root)) == [
        f"/folders/{index}" for index in range(len(data["folders"]))
    ]
    assert sorted(item.pointer for item in found) == [
        f"/requests/{index}" for index in range(len(data["requests"]))
    ]
    for item in found:
        index = int(item.pointer.removeprefix("/requests/"))
        assert sorted(response.pointer for response in item.responses) == [
            f"{item.pointer}/responses/{n}"
            for n in range(len(data["requests"][index]["responses"]))
        ]
    assert {d.rule for d in diagnostics} <= {Rule.ORDER_BROKEN}
    told = [d.pointer for d in diagnostics if d.pointer.startswith("/requests/")]
    assert len(set(told)) == len(told) == unmentioned(data)


def unmentioned(data: build.Data) -> int:
    """How many requests are left when each mention takes one; a file without lists should mention none."""
    lists = [each["order"] for each in (data, *data["folders"]) if "order" in each]
    mentions = collections.Counter(itertools.chain(*lists))
    ids = collections.Counter(request.get("id") for request in data["requests"])
    left = sum(max(0, count - mentions[id_]) for id_, count in ids.items())
    return left if lists else 0


def _shapes() -> st.SearchStrategy[build.Data]:
    """Numbers of requests and folders in each other: ``(2, [(0, [])])``."""
    return st.recursive(
        st.tuples(st.integers(0, 2), st.just([])),
        lambda inner: st.tuples(st.integers(0, 2), st.lists(inner, max_size=3)),
        max_leaves=8,
    )


def _flat(shape: build.Data, name: str, data: build.Data) -> Tree:
    """Fill in ``data``'s flat lists; the tree that they mean."""
    count, below = shape
    requests = [f"{name}r{n}" for n in range(count)]
    names = [f"{name}f{n}" for n in range(len(below))]
    data["requests"] += map(req, requests)
    found: Tree = []
    for inner, child in zip(below, names, strict=True):
        made = folder(child)
        data["folders"].append(made)
        found.append((child, _flat(inner, child, data)))
        shape_requests, shape_folders = inner
        made["order"] = [f"{child}r{n}" for n in range(shape_requests)]
        made["folders_order"] = [f"{child}f{n}" for n in range(len(shape_folders))]
    data.setdefault("order", requests)
    data.setdefault("folders_order", names)
    return [*found, *requests]


@given(_shapes(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_sound_lists_make_the_tree_that_they_mean_wherever_things_lie(
    shape: build.Data, random: typing.Any
) -> None:
    data: build.Data = {"requests": [], "folders": []}
    count, below = shape
    data["order"] = [f"r{n}" for n in range(count)]
    data["folders_order"] = [f"f{n}" for n in range(len(below))]
    expected = _flat(shape, "", data)
    random.shuffle(data["requests"])
    random.shuffle(data["folders"])
    assert tree(build.sound(data)) == expected
