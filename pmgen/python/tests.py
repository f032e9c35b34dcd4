"""Replays: every saved example and every declared request as a test."""

from __future__ import annotations

import dataclasses
import json
import typing

from pmgen.api import Kind, Where
from pmgen.code import Code, code, joined
from pmgen.infer import Ref, Role, Use
from pmgen.names.symbols import Thing
from pmgen.python import auths, replies, sent
from pmgen.python.damage import damages
from pmgen.python.holes import argument
from pmgen.python.leaves import asserts
from pmgen.python.literal import literal, string
from pmgen.python.methods import positional, typed
from pmgen.python.model import (
    ExampleTest,
    Import,
    OperationTests,
    RequestTest,
    TestModule,
)
from pmgen.python.places import Reach, in_order
from pmgen.runtime.statuses import error_name

if typing.TYPE_CHECKING:
    from pmgen.api import Example, Group, Operation, Param, Sent
    from pmgen.infer import Type
    from pmgen.names.homes import Chain
    from pmgen.python.places import Places
    from pmgen.source import Json

_ERRORS_FROM = 400


def _fixed(operations: tuple[OperationTests, ...]) -> list[Import]:
    """What the tests of these operations take from the client and its runtime."""
    examples = [example for o in operations for example in o.examples]
    runtime = [Code("testing")]
    if any(example.error for example in examples):
        runtime.append(Code("errors"))
    clients = [Code("Client")]
    if _uses_asyncio(operations):
        clients.append(Code("AsyncClient"))
    found = [
        Import(Code(".."), tuple(clients)),
        Import(Code(".._runtime"), tuple(runtime)),
    ]
    if any(operation.drifting for operation in operations):
        found.append(Import(Code(".._runtime.api"), (Code("DriftError"),)))
    return found


def _uses_asyncio(operations: tuple[OperationTests, ...]) -> bool:
    answered = any(not e.error for o in operations for e in o.examples)
    return answered or any(o.request for o in operations)


def tests(group: Group, chain: Chain, places: Places) -> TestModule:
    """The tests of the operations directly in a group."""
    reach = Reach(places, chain, "models")
    names = places.names
    firsts = _firsts(group, places)
    operations = tuple(
        _operation(o, chain, places, reach, firsts) for o in group.operations
    )
    operations = _drifting_once(operations)
    examples = [example for o in operations for example in o.examples]
    checks = [check for example in examples for check in example.asserts]
    asked = any(o.request or o.drifting for o in operations)
    here = code("..", joined(".", places.path(chain)))
    own = [Import(here, (Code("requests"),))] if asked else []
    return TestModule(
        name=names(Thing.TEST_MODULE, group.pointer),
        title=group.name or places.api.name,
        imports=in_order(*_fixed(operations), *own, *reach.imports_from_tests()),
        settings=tuple(
            (names(Thing.SETTING, setting.key), setting.sample)
            for setting in places.api.settings
        ),
        operations=operations,
        examples=dict(
            pair
            for operation in group.operations
            for pair in _examples(operation, places)
        ),
        uses_asyncio=_uses_asyncio(operations),
        uses_pytest=any(example.error or example.damages for example in examples),
        uses_dates=any(
            " == datetime." in check and check.endswith(")") for check in checks
        ),
    )


def _examples(operation: Operation, places: Places) -> list[tuple[str, Json]]:
    found: list[tuple[str, Json]] = []
    if operation.body is not None and operation.body.kind in sent.SAVED:
        value = sent.SAVED[operation.body.kind](operation, operation.body)
        found.append((sent.key(operation, places, "request"), value))
    return found + [
        (_example_key(operation, example, places), example.value)
        for example in operation.examples
    ]


def _example_key(operation: Operation, example: Example, places: Places) -> str:
    name = places.names(Thing.EXAMPLE, example.pointer)
    return sent.key(operation, places, f"{name}.{example.status}")


def _firsts(group: Group, places: Places) -> frozenset[str]:
    """Pointers of the examples that are the first of their type: what its reader refuses is tested with them."""
    found: dict[Type, str] = {}
    for operation in group.operations:
        for example in operation.examples:
            root = _root(operation, example, places)
            if root is not None:
                found.setdefault(root, example.pointer)
    return frozenset(found.values())


def _drifting_once(
    operations: tuple[OperationTests, ...],
) -> tuple[OperationTests, ...]:
    """That a client tells drift is the runtime's doing: one test in a module is enough."""
    first = next((o for o in operations if o.drifting), None)
    return tuple(
        o if o is first else dataclasses.replace(o, drifting=None) for o in operations
    )


def _operation(
    operation: Operation,
    chain: Chain,
    places: Places,
    reach: Reach,
    firsts: frozenset[str],
) -> OperationTests:
    name = places.names(Thing.OPERATION, operation.pointer)
    examples = tuple(
        _example(operation, example, places, reach, firsts)
        for example in operation.examples
    )
    damaged = [e for e in examples if e.damages and not e.error]
    return OperationTests(
        class_name=places.names(Thing.TEST_CLASS, operation.pointer),
        name=name,
        call=joined(".", (*places.path(chain), name)),
        doc=f'Replays of "{operation.name}".',
        body=sent.body(operation, places),
        auth=Code(", auth=testing.NO_AUTH" if auths.module(operation) else ""),
        returns_nothing=replies.returns_nothing(replies.expected(operation, places)),
        arguments=arguments(operation, places, sent=False),
        request=_request(operation, places, reach),
        examples=examples,
        drifting=next(iter(damaged), None),
        open=next((e for e in damaged if e.is_object), None),
    )


def _request(operation: Operation, places: Places, reach: Reach) -> RequestTest | None:
    """None where Postman could not send the request, since its server is no URL."""
    if operation.sent is None:
        return None
    role = Role(operation.pointer, Use.REQUEST)
    root = places.table.roots.get(role)
    return RequestTest(
        arguments=arguments(operation, places, sent=True),
        method=operation.sent.method,
        url=operation.sent.url,
        headers=_headers(operation, operation.sent),
        checks=sent.checks(operation, places),
        reader=None if root is None else reach.reader(role, root),
    )


def _headers(operation: Operation, wanted: Sent) -> tuple[tuple[str, str], ...]:
    """Those that are sent; credentials do not go beside the auth that stands in for one that signs."""
    signed = auths.module(operation)
    left_out = {name.lower() for name, _ in operation.credentials if signed}
    return tuple(pair for pair in wanted.headers if pair[0].lower() not in left_out)


def arguments(operation: Operation, places: Places, *, sent: bool) -> tuple[Code, ...]:
    """What a call needs, and what would be made anew; with ``sent`` also what else the collection itself sends."""
    first = positional(operation)
    found = [_value(param) for param in first]
    if operation.body is not None and operation.body.is_given:
        found.append(Code("body"))
    for param in operation.params:
        always = param.required or param.dynamic
        if param not in first and (always or (sent and _is_sent(param))):
            found.append(code(argument(operation, param, places), "=", _value(param)))
    return tuple(found)


def _is_sent(param: Param) -> bool:
    return bool(param.sample) and not param.flag


def _value(param: Param) -> Code:
    """The sample as the parameter's type; a stand-in for a required one that has none."""
    if param.kind == "file":
        files = [
            code("testing.file(", string(n), ")") for n in param.sample or ("file",)
        ]
        return code("[", joined(", ", files), "]") if param.repeated else files[0]
    if param.where is Where.VARIABLE:
        return literal(json.loads(param.sample[0]))
    if param.repeated:
        return literal(list(param.sample))
    text = param.sample[0] if param.sample else "1"
    in_path = param.where is Where.PATH  # always text, as an identifier is
    return string(text) if in_path else typed(text, param.kind)


def _root(operation: Operation, example: Example, places: Places) -> Type | None:
    if example.kind is not Kind.JSON:
        return None
    return places.table.roots.get(_role(operation, example))


def _role(operation: Operation, example: Example) -> Role:
    return Role(operation.pointer, Use.REPLY, example.status)


def _example(
    operation: Operation,
    example: Example,
    places: Places,
    reach: Reach,
    firsts: frozenset[str],
) -> ExampleTest:
    root, role = _root(operation, example, places), _role(operation, example)
    name = places.names(Thing.EXAMPLE, example.pointer)
    failed = example.status >= _ERRORS_FROM
    return ExampleTest(
        name=name,
        key=_example_key(operation, example, places),
        variable=_EXPECTED.get(example.kind, Code("example")),
        is_used=example.kind in (Kind.JSON, Kind.TEXT),
        status=Code(str(example.status)),
        content_type=_CONTENT_TYPES[example.kind],
        reader=None if root is None else reach.reader(role, root),
        is_object=isinstance(root, Ref),
        error=Code(error_name(example.status)) if failed else None,
        asserts=() if root is None else asserts(example.value, root, places, reach),
        damages=(
            ()
            if root is None or example.pointer not in firsts
            else damages(example.value, root, places.table)
        ),
        expected=_EXPECTED.get(example.kind, Code("example")),
    )


_CONTENT_TYPES = {
    Kind.JSON: "application/json",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.BYTES: "application/octet-stream",
    Kind.EMPTY: "",
}
_EXPECTED = {
    Kind.BYTES: Code('b"\\x89bytes\\x00"'),
    Kind.EMPTY: Code("None"),
}
"""What stands for an example that has no text of its own, sent and expected."""
