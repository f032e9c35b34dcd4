"""Folders as client and requests modules."""

from __future__ import annotations

import typing

from pmgen.code import Code, code
from pmgen.names.symbols import Thing
from pmgen.python import auths, paging
from pmgen.python.methods import DYNAMIC, DYNAMIC_ALIAS, method, uses_dynamic
from pmgen.python.model import Group, Import, Method, Subgroup
from pmgen.python.places import Places, Reach, in_order

if typing.TYPE_CHECKING:
    from pmgen import api
    from pmgen.names.homes import Chain


def group_of(group: api.Group, chain: Chain, places: Places) -> Group:
    signatures, data = Reach(places, chain, "_m"), Reach(places, chain, "_m")
    name = places.names(Thing.GROUP_CLASS, group.pointer)
    owner = name if len(chain) > 1 else Code("Client")
    methods = tuple(
        method(o, owner, places, signatures, data) for o in group.operations
    )
    subgroups = tuple(_subgroup(inner, places) for inner in group.groups)
    runtime = places.runtime(chain)
    modules = sorted({auths.module(o) for o in group.operations} - {""})
    signed = (places.runtime(chain, m, auths.alias(m)) for m in modules)
    paged = any(found.iteration for found in methods)
    pages = [places.runtime(chain, paging.MODULE, paging.ALIAS)] if paged else []
    is_made = any(map(uses_dynamic, group.operations))
    made = [places.runtime(chain, DYNAMIC, DYNAMIC_ALIAS)] if is_made else []
    own = Import(Code("."), (Code("requests"),), Code("_requests"))
    return Group(
        class_name=name,
        doc=folder_doc(group),
        awaited_doc=f"As {name}, awaited.",
        imports=in_order(runtime, *pages, *([own] if methods else [])),
        typing_imports=in_order(*signatures.imports(), *map(_lazy, subgroups)),
        request_imports=in_order(
            runtime, *signed, *made, *pages, *{*signatures.imports(), *data.imports()}
        ),
        uses_dates=any(map(_uses_dates, methods)),
        subgroups=subgroups,
        methods=methods,
        is_paged=paged,
    )


def _uses_dates(found: Method) -> bool:
    spelled = [found.returns, *(arg.annotation for arg in found.args)]
    spelled += [found.iteration.item] if found.iteration else []
    return any("_dt." in annotation for annotation in spelled)


def _lazy(subgroup: Subgroup) -> Import:
    """A subgroup's client module is imported for annotations only."""
    name = subgroup.attribute
    return Import(code(".", name), (Code("client"),), code("_", name))


def folder_doc(group: api.Group) -> str:
    title = f'The folder "{group.name}".'
    return f"{title}\n\n{group.description}" if group.description else title


def _subgroup(group: api.Group, places: Places) -> Subgroup:
    return Subgroup(
        places.names(Thing.GROUP, group.pointer),
        places.names(Thing.GROUP_CLASS, group.pointer),
        f'The folder "{group.name}".',
    )
