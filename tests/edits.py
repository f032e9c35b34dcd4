"""Edits of a collection as people make them, and the law that they rename nothing that stays.

Things are known by the object that they are in the decoded file: edits move these objects, and copy none.
"""

from __future__ import annotations

import collections
import copy
import dataclasses
import json
import typing

from pmgen.names import Kept, Symbol, dump, load, names_of, remember
from pmgen.names.cases import cases
from pmgen.names.symbols import Thing
from pmgen.options import Options
from pmgen.pipeline import File, Inputs, analyse, named

if typing.TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from pmgen.api import Api, Operation
    from pmgen.infer import TypeTable
    from pmgen.names import Names
    from pmgen.pipeline import Analysis

Data: typing.TypeAlias = typing.Any
Place: typing.TypeAlias = "tuple[typing.Hashable, ...]"


@dataclasses.dataclass(frozen=True, slots=True)
class Members:
    """A folder's list of members, with the folder itself; ``depth`` 0: the collection."""

    owner: Data
    depth: int

    @property
    def items(self) -> list[Data]:
        """Requests and folders."""
        return typing.cast("list[Data]", self.owner["item"])


def folders(data: Data, depth: int = 0) -> Iterator[Members]:
    """The collection and every folder below it."""
    yield Members(data, depth)
    for member in data["item"]:
        if isinstance(member, dict) and isinstance(member.get("item"), list):
            yield from folders(member, depth + 1)


def requests(data: Data) -> list[tuple[Members, Data]]:
    """Every request, with the folder that it is in."""
    return [
        (folder, member)
        for folder in folders(data)
        for member in folder.items
        if isinstance(member, dict) and "request" in member and "item" not in member
    ]


def _add(data: Data, rng: random.Random) -> bool:
    """A copy of a request under another name, somewhere, with another address."""
    found = requests(data)
    if not found:
        return False
    new = copy.deepcopy(rng.choice(found)[1])
    new["name"] = f"{new.get('name', '')} {rng.choice(['copy', 'New', 'v2'])}"
    for key in ("id", "_postman_id", "uid"):
        new.pop(key, None)
    target = rng.choice(list(folders(data))).items
    target.insert(rng.randint(0, len(target)), new)
    return True


def _remove(data: Data, rng: random.Random) -> bool:
    found = requests(data)
    if len(found) < 2:
        return False
    folder, request = rng.choice(found)
    _take(folder.items, request)
    return True


def _reorder(data: Data, rng: random.Random) -> bool:
    found = [folder.items for folder in folders(data) if len(folder.items) > 1]
    if not found:
        return False
    rng.shuffle(rng.choice(found))
    return True


def _move(data: Data, rng: random.Random) -> bool:
    found, targets = requests(data), list(folders(data))
    if not found or len(targets) < 2:
        return False
    folder, request = rng.choice(found)
    target = rng.choice([t for t in targets if t.owner is not folder.owner]).items
    _take(folder.items, request)
    target.insert(rng.randint(0, len(target)), request)
    return True


def _move_folder(data: Data, rng: random.Random) -> bool:
    inner = [
        (holder, member)
        for holder in folders(data)
        for member in holder.items
        if any(member is f.owner for f in folders(data))
    ]
    if not inner:
        return False
    holder, folder = rng.choice(inner)
    own = [f.owner for f in folders(folder)]
    targets = [t for t in folders(data) if not any(t.owner is o for o in own)]
    _take(holder.items, folder)
    target = rng.choice(targets).items
    target.insert(rng.randint(0, len(target)), folder)
    return True


def _remove_folder(data: Data, rng: random.Random) -> bool:
    inner = [f for f in folders(data) if f.depth]
    if not inner or len(requests(data)) < 2:
        return False
    owner = rng.choice(inner).owner
    for holder in folders(data):
        if any(member is owner for member in holder.items):
            _take(holder.items, owner)
            return True
    return False


def _add_example(data: Data, rng: random.Random) -> bool:
    """A reply of the same request saved again, with a key more, a key less, or a null."""
    found = [
        (request, reply)
        for _, request in requests(data)
        for reply in request.get("response") or []
        if isinstance(reply, dict) and isinstance(reply.get("body"), str)
    ]
    if not found:
        return False
    request, reply = rng.choice(found)
    new = copy.deepcopy(reply)
    try:
        body = json.loads(new["body"])
    except ValueError:
        return False
    _change(body, rng)
    new["body"] = json.dumps(body)
    request["response"].insert(rng.randint(0, len(request["response"])), new)
    return True


def _change(body: Data, rng: random.Random) -> None:
    objects = [found for found in _objects(body) if found]
    if not objects:
        return
    found = rng.choice(objects)
    key = rng.choice(list(found))
    change = rng.choice(("more", "less", "null", "rival"))
    if change == "less":
        del found[key]
    elif change == "null":
        found[key] = None
    elif change == "more":
        found["added"] = 1
    else:  # a key that reads the same, before all others
        others = dict(found)
        found.clear()
        found[f"_{key}"] = 1
        found.update(others)


def _objects(value: Data) -> Iterator[dict[str, Data]]:
    if isinstance(value, dict):
        yield value
        for member in value.values():
            yield from _objects(member)
    elif isinstance(value, list):
        for member in value:
            yield from _objects(member)


def _take(members: list[Data], gone: Data) -> None:
    members[:] = [member for member in members if member is not gone]


EDITS: dict[str, Callable[[Data, random.Random], bool]] = {
    "add a request": _add,
    "remove a request": _remove,
    "reorder": _reorder,
    "move a request": _move,
    "move a folder": _move_folder,
    "remove a folder": _remove_folder,
    "add an example": _add_example,
}
"""Each changes the data in place; False where it found nothing to change."""


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """Names by what they belong to. ``scopes``: the folder that a request or folder is in."""

    names: dict[Place, str]
    fields: dict[tuple[str, str], str]
    classes: dict[Place, str]
    scopes: dict[Place, int]
    twins: set[int]
    kept: Kept


def view(data: Data, kept: Kept) -> View | None:
    """What the collection's client is called; None for what is no collection."""
    text = json.dumps(data).encode()
    front = analyse(Inputs(File("shop.json", text)))
    if len(front.analyses) != 1:
        return None
    (found,) = named(front, Options("shop"), {"shop": kept}).analyses
    return _view(data, found, names_of(found.api, found.table, found.given))


def _view(data: Data, found: Analysis, names: Names) -> View:
    api, table = found.api, found.table
    at = {o.pointer: id(_resolved(data, o.pointer)) for o in _operations(api)}
    known: dict[Place, str] = {
        ("setting", s.key): names(Thing.SETTING, s.key) for s in api.settings
    }
    for o in _operations(api):
        for p in o.params:
            known["param", at[o.pointer], p.key] = names(Thing.PARAM, o.pointer, p.key)
    for role in table.roots:
        symbol = Symbol(Thing.CODEC, (role,))
        if symbol in names.found:
            place = ("codec", at[role.operation], role.use, role.status)
            known[place] = names.found[symbol]
    members = {
        (str(thing), id(_resolved(data, member.pointer))): (
            str(names(thing, member.pointer)),
            id(_resolved(data, group.pointer)),
        )
        for group in api.root.walk()
        for thing, inner in (
            (Thing.GROUP, group.groups),
            (Thing.OPERATION, group.operations),
        )
        for member in inner
    }
    return View(
        {**known, **{place: name for place, (name, _) in members.items()}},
        dict(_fields_of(table, names)),
        dict(_classes_of(table, names, at)),
        {place: scope for place, (_, scope) in members.items()},
        _twins(api, data),
        load(json.loads(json.dumps(dump(remember(api, table, names))))),
    )


def _classes_of(
    table: TypeTable, names: Names, at: dict[str, int]
) -> Iterator[tuple[Place, str]]:
    told = cases(table)
    for index, record in enumerate(table.records):
        for origin in record.origins:
            role, case = origin.role, told.get(index)
            place = (at[role.operation], role.use, role.status, origin.path, case)
            yield place, str(names(Thing.RECORD, index))


def _fields_of(table: TypeTable, names: Names) -> Iterator[tuple[tuple[str, str], str]]:
    for index, record in enumerate(table.records):
        owner = str(names(Thing.RECORD, index))
        for field in record.fields:
            yield (owner, field.wire), str(names(Thing.FIELD, index, field.wire))


def _operations(api: Api) -> list[Operation]:
    return [o for group in api.root.walk() for o in group.operations]


def _twins(api: Api, data: Data) -> set[int]:
    """What may be taken for another: requests that differ in their examples at most, folders of nothing but such."""
    alike = collections.Counter((o.name, o.digests[0]) for o in _operations(api))
    found: set[int] = set()
    for group in api.root.walk():
        held = [o for inner in group.walk() for o in inner.operations]
        twins = [o for o in held if alike[o.name, o.digests[0]] > 1]
        found |= {id(_resolved(data, o.pointer)) for o in twins}
        if len(twins) == len(held):
            found.add(id(_resolved(data, group.pointer)))
    return found


def _resolved(data: Data, pointer: str) -> Data:
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        data = data[int(key)] if isinstance(data, list) else data[key]
    return data


def renamed(before: View, after: View) -> Iterator[str]:
    """What an edit renamed and should not have."""
    twins = before.twins | after.twins
    scoped: dict[int, set[str]] = {}
    for place, scope in after.scopes.items():
        scoped.setdefault(scope, set()).add(after.names[place].casefold())
    for place, name in before.names.items():
        new = after.names.get(place, name)
        if new == name or twins.intersection(place[1:2]):
            continue
        moved = before.scopes.get(place) != after.scopes.get(place)
        if moved and name.casefold() in scoped[after.scopes[place]]:
            continue  # something that was there before has the name
        yield f"{place[0]} {name} is now {new}"
    yield from _classes(before, after, twins)


def _classes(before: View, after: View, twins: set[int]) -> Iterator[str]:
    """A class that is one class still has its name and its fields'; of merged and split ones one name lives on."""
    news: dict[str, set[str]] = {}
    olds: dict[str, set[str]] = {}
    unsure: set[str] = set()
    for place, name in before.classes.items():
        if place[0] in twins:
            unsure |= {name, after.classes.get(place, name)}
        elif place in after.classes:
            news.setdefault(name, set()).add(after.classes[place])
            olds.setdefault(after.classes[place], set()).add(name)
    for name, found in news.items():
        if unsure & {name, *found}:
            continue
        if (
            len(found) > 1
            and name not in found
            and all(len(olds[n]) == 1 for n in found)
        ):
            yield f"class {name} was split into {sorted(found)}"
        if len(found) == 1:
            (new,) = found
            if new not in olds[new]:
                yield f"class {sorted(olds[new])} is now {new}"
            yield from _fields(name, new, before, after)


def _fields(old: str, new: str, before: View, after: View) -> Iterator[str]:
    if old != new:
        return
    for (owner, wire), name in before.fields.items():
        now = after.fields.get((owner, wire), name)
        if owner == old and now != name:
            yield f"field {wire!r} of {owner}, {name}, is now {now}"
