"""Adding, removing, reordering and moving requests, moving folders, adding examples: nothing that stays is renamed.

Names and keys are of few words, so that they meet. Only folders have names of their own: of two folders that are called
the same, and share what one of them held, nobody can say which is the old one.
"""

from __future__ import annotations

import copy
import json
import keyword
import random
import unicodedata

import edits
from hypothesis import given
from hypothesis import strategies as st

from pmgen.names import Kept, KeptError, load

NAMES = st.sampled_from(
    ["Get", "get", "List users", "Users", "Get user", "", "a/b", "models", "Get 2"]
)
KEYS = st.sampled_from(
    ["id", "_id", "ID", "user", "userId", "user_id", "data", "item", "items", "class"]
)
BODIES = st.recursive(
    st.sampled_from([1, "x", None, 1.5, True]),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(KEYS, inner, min_size=1, max_size=4),
    max_leaves=8,
)
URLS = st.sampled_from(
    ["{{base}}/users", "{{base}}/users/:id", "https://h.test/a?x=1", "{{id}}/:id?id=2"]
)


@st.composite
def requests(draw: st.DrawFn) -> edits.Data:
    """A request with some replies, perhaps with an id."""
    found = {
        "name": draw(NAMES),
        "request": draw(URLS),
        "response": draw(st.lists(REPLIES, max_size=2)),
    }
    return {"id": draw(st.uuids()).hex, **found} if draw(st.booleans()) else found


REPLIES = st.fixed_dictionaries(
    {
        "name": NAMES,
        "code": st.sampled_from([200, 201, 404]),
        "body": BODIES.map(json.dumps),
    }
)
MEMBERS: st.SearchStrategy[edits.Data] = st.recursive(
    requests(),
    lambda inner: st.fixed_dictionaries(
        {"name": NAMES, "item": st.lists(inner, max_size=3)}
    ),
    max_leaves=6,
)
COLLECTIONS = st.fixed_dictionaries(
    {
        "info": st.just({"name": "Shop"}),
        "item": st.lists(MEMBERS, min_size=1, max_size=4),
    }
)


def own(collection: edits.Data) -> edits.Data:
    """A copy in which each thing is an object, and each folder a name, of its own: Hypothesis may draw one for several."""
    data = json.loads(json.dumps(collection))
    seen: set[str] = set()
    for folder in edits.folders(data):
        if folder.depth:
            while folder.owner["name"] in seen:
                folder.owner["name"] += " again"
            seen.add(folder.owner["name"])
    return data


STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(edits.EDITS)), st.integers(0, 9)), max_size=4
)


@given(COLLECTIONS, STEPS)
def test_edits_rename_nothing_that_stays(
    collection: edits.Data, steps: list[tuple[str, int]]
) -> None:
    data = own(collection)
    before = edits.view(data, Kept())
    for edit, seed in steps:
        rng = random.Random(seed)  # noqa: S311  # for tests
        if before is None or not edits.EDITS[edit](data, rng):
            continue
        after = edits.view(data, before.kept)
        assert after is not None
        assert not list(edits.renamed(before, after))
        before = after


@given(COLLECTIONS)
def test_the_same_collection_has_the_same_names(collection: edits.Data) -> None:
    data = own(collection)
    before = edits.view(data, Kept())
    assert before is not None
    after = edits.view(data, before.kept)
    assert after is not None
    assert (before.names, before.classes, before.fields) == (
        after.names,
        after.classes,
        after.fields,
    )
    assert before.kept == after.kept


@given(COLLECTIONS)
def test_copies_have_the_names_of_what_they_copy(collection: edits.Data) -> None:
    """Nothing hangs on places in the file: exported again, under other ids, all is found."""
    data = own(collection)
    before = edits.view(data, Kept())
    assert before is not None
    other = copy.deepcopy(data)
    for _, request in edits.requests(other):
        request.pop("id", None)
    after = edits.view(other, before.kept)
    assert after is not None
    assert sorted(before.names.values()) == sorted(after.names.values())


SECTION: edits.Data = {
    "settings": {"{{base}}": "base"},
    "folders": {"Users": {"name": "users", "id": "f"}},
    "requests": {
        "Users/Get": {"name": "get", "digest": "1.2", "params": {":id": "id"}},
        "Get": {"name": "get", "trail": "Get", "folder": "Users"},
    },
    "classes": {"User": {"at": ["Users/Get 200 $"], "fields": {"_id": "id"}}},
    "codecs": {"USERS": "Get 200 $"},
}
TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["import os", "a\nb", "_x", "__init__", "class", "Ａ", "ﬁ", "A", "x", "é", ""]
    ),
)


def replaced(value: edits.Data, at: list[int], by: edits.Data) -> edits.Data:
    """JSON with one value, or one key, replaced."""
    if isinstance(value, dict) and at and value:
        key = list(value)[at[0] % len(value)]
        if len(at) == 1 and isinstance(by, str):
            return {by if k == key else k: v for k, v in value.items()}
        return {**value, key: replaced(value[key], at[1:], by)}
    return by


@given(
    st.lists(st.integers(0, 5), max_size=4), TEXTS | st.sampled_from([None, 5, [], {}])
)
def test_whatever_a_manifest_holds_only_identifiers_come_out(
    at: list[int], by: edits.Data
) -> None:
    try:
        kept = load(replaced(SECTION, at, by))
    except KeptError:
        return
    calls, classes = kept.calls.values(), (*kept.classes, *kept.codecs)
    names = [*kept.settings.values(), *(f.name for f in kept.folders.values())]
    names += [name for c in calls for name in (c.name, *c.params.values())]
    names += [name for c in classes for name in (c.name, *c.fields.values())]
    for name in names:
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert not name.startswith("_")
        assert unicodedata.normalize("NFKC", name) == name
    data = own({"info": {"name": "x"}, "item": [USERS]})
    assert edits.view(data, kept) is not None


USERS = {
    "name": "Users",
    "item": [
        {
            "name": "Get",
            "request": "{{base}}/users/:id",
            "response": [{"name": "ok", "code": 200, "body": '{"_id": 1}'}],
        }
    ],
}
