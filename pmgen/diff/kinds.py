"""What a change of a collection means for the users of its client: one row for each kind of change.

A user is a program that calls methods with positional and keyword arguments, reads attributes of replies, builds bodies,
catches errors, imports classes, and is checked by mypy. A kind is judged by what becomes of that program:

* ``breaking``: it must be changed, or does something else than before;
* ``inference``: it runs as before, since the server and the request are as they were; but another example was saved, and
  what the client says of the type has become wider or narrower, so that a type checker may ask for more;
* ``additive``: it goes on as it is;
* ``docs``: only what there is to read has changed.

What is read and what is given are opposites: a wider reply has cases that the program does not know, a wider argument
takes all that it took. Values that come as something else at run time (JSON as a class, text as a date) are never wider.
"""

from __future__ import annotations

import typing

from pmgen.diff.levels import (
    ADDITIVE,
    BREAKING,
    DOCS,
    LEVELS,
    READ,
    Level,
    Row,
    Uses,
    narrower,
    wider,
)

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

_CLIENT = {
    "client-removed": Row(BREAKING, "is gone", "imports of the package fail"),
    "client-added": Row(ADDITIVE, "is new", "nobody uses it yet"),
    "client-docs": Row(DOCS, "its {what} changed", "a docstring"),
    "setting-added-required": Row(
        BREAKING,
        "needs the setting {what}",
        "the constructor raises SettingsError without it",
    ),
    "setting-added": Row(
        ADDITIVE, "takes the setting {what}, {now} by default", "it has a default"
    ),
    "setting-removed": Row(
        BREAKING, "has no setting {what}", "the keyword is a TypeError"
    ),
    "setting-required": Row(
        BREAKING,
        "the setting {what} has lost its default {was}",
        "the constructor raises SettingsError where it was left out",
    ),
    "setting-optional": Row(
        ADDITIVE, "the setting {what} is {now} by default", "it may be left out now"
    ),
    "setting-default": Row(
        BREAKING,
        "the default of the setting {what} was {was}, is {now}",
        "the same program talks to something else",
    ),
    "setting-narrower": Row(
        BREAKING,
        "the setting {what} was {was}, is {now}",
        "a function that gives a credential is no text",
    ),
    "setting-wider": Row(
        ADDITIVE, "the setting {what} was {was}, is {now}", "text is still taken"
    ),
    "setting-docs": Row(
        DOCS, "the description of the setting {what} changed", "a docstring"
    ),
    "error-class-removed": Row(
        BREAKING, "exports no {what}", "its import fails, and so the except clause"
    ),
    "error-class-added": Row(
        ADDITIVE, "exports {what}", "except clauses for ApiError catch it, too"
    ),
}
"""Of a client, its constructor, and what its package exports."""

_FOLDERS = {
    "folder-moved": Row(
        BREAKING,
        "is now {now}",
        "the attribute path and the modules of all that is in it are others",
    ),
    "folder-docs": Row(DOCS, "its {what} changed", "a docstring"),
}

_CALLS = {
    "operation-removed": Row(BREAKING, "is gone", "an AttributeError"),
    "operation-added": Row(ADDITIVE, "is new", "nobody calls it yet"),
    "operation-moved": Row(
        BREAKING, "is now {now}", "the attribute path is another one"
    ),
    "operation-renamed": Row(BREAKING, "is now {now}", "an AttributeError"),
    "operation-method": Row(
        ADDITIVE,
        "sends {now}, sent {was}",
        "the call is the same; only idempotent methods are tried again",
        joins=True,
    ),
    "operation-url": Row(
        ADDITIVE, "asks {now}, asked {was}", "the call is the same", joins=True
    ),
    "operation-server": Row(
        BREAKING,
        "asks the server {now}, asked {was}",
        "the setting that the program gives for the server does not count here",
        joins=True,
    ),
    "operation-headers": Row(
        ADDITIVE,
        "sends the header {what} as {now}, sent {was}",
        "the call is the same",
        joins=True,
    ),
    "operation-body": Row(
        ADDITIVE, "sends its body as {now}, sent {was}", "the call is the same"
    ),
    "operation-query": Row(
        ADDITIVE, "sends another GraphQL query", "the call is the same"
    ),
    "operation-auth": Row(
        ADDITIVE,
        "authenticates with {now}, did with {was}",
        "the call is the same; credentials that are added or gone are settings",
        joins=True,
    ),
    "operation-redirects": Row(
        ADDITIVE,
        "{now} redirects, and {was} them",
        "the call is the same",
        joins=True,
    ),
    "operation-docs": Row(DOCS, "its {what} changed", "a docstring"),
    "argument-added-required": Row(
        BREAKING, "needs the argument {what}: {now}", "calls without it are TypeErrors"
    ),
    "argument-added": Row(
        ADDITIVE, "takes the argument {what}: {now}", "it may be left out"
    ),
    "argument-removed": Row(
        BREAKING, "has no argument {what}", "calls with it are TypeErrors"
    ),
    "argument-renamed": Row(
        BREAKING,
        "the argument {was} is called {now}",
        "the keyword is a TypeError; calls by position go on",
    ),
    "argument-required": Row(
        BREAKING,
        "the argument {what} must be given; it was {was} by default",
        "calls without it are TypeErrors",
    ),
    "argument-optional": Row(
        ADDITIVE,
        "the argument {what} may be left out; it is {now} then",
        "calls with it go on",
    ),
    "argument-keyword": Row(
        BREAKING,
        "the argument {what} must be given by its name",
        "calls by position are TypeErrors",
    ),
    "argument-order": Row(
        BREAKING,
        "the order of its arguments was {was}, is {now}",
        "calls by position mix them up",
    ),
    "argument-narrower": Row(
        BREAKING,
        "the argument {what} was {was}, is {now}",
        "calls with the other types are refused by type checkers",
    ),
    "argument-wider": Row(
        ADDITIVE, "the argument {what} was {was}, is {now}", "it takes all that it took"
    ),
    "argument-changed": Row(
        BREAKING,
        "the argument {what} was {was}, is {now}",
        "what was given is of a wrong type",
    ),
    "argument-default": Row(
        BREAKING,
        "the default of the argument {what} was {was}, is {now}",
        "calls that leave it out send something else",
    ),
    "argument-sent": Row(
        ADDITIVE,
        "the argument {what} is sent as {now}, was sent as {was}",
        "the call is the same",
    ),
    "argument-docs": Row(
        DOCS,
        "the description of the argument {what} changed",
        "a docstring",
        joins=True,
    ),
    "argument-sample": Row(
        DOCS,
        "the example for the argument {what} was {was}, is {now}",
        "a docstring",
        joins=True,
    ),
    "body-added": Row(
        BREAKING, "needs the argument body: {now}", "calls without it are TypeErrors"
    ),
    "body-removed": Row(
        BREAKING,
        "has no argument body; it was {was}",
        "calls with it are TypeErrors",
    ),
    "body-narrower": Row(
        BREAKING,
        "the body was {was}, is {now}",
        "bodies of the other types are refused by type checkers",
    ),
    "body-wider": Row(
        ADDITIVE, "the body was {was}, is {now}", "it takes all that it took"
    ),
    "body-changed": Row(
        BREAKING, "the body was {was}, is {now}", "what was given is of a wrong type"
    ),
    "reply-wider": wider(
        "returned {was}, returns {now}",
        "there are cases that the program does not know",
    ),
    "reply-narrower": narrower(
        "returned {was}, returns {now}",
        "the program knows all cases",
    ),
    "reply-changed": Row(
        BREAKING,
        "returned {was}, returns {now}",
        "what the program does with the reply does not fit",
    ),
    "reply-status-added": Row(
        DOCS, "may reply {what}", "the type that it returns is told apart"
    ),
    "reply-status-removed": Row(
        DOCS, "shows no reply {what}", "the type that it returns is told apart"
    ),
    "error-body-added": Row(
        ADDITIVE,
        "raises {what} with {now} as body",
        "nothing was said of the body of that status",
        joins=True,
    ),
    "error-body-removed": Row(
        BREAKING,
        "says nothing of the body of {what}; it was {was}",
        "the body comes as JSON or text",
        joins=True,
    ),
    "error-body-wider": wider(
        "the body of {what} was {was}, is {now}",
        "there are cases that the program does not know",
        joins=True,
    ),
    "error-body-narrower": narrower(
        "the body of {what} was {was}, is {now}",
        "the program knows all cases",
        joins=True,
    ),
    "error-body-changed": Row(
        BREAKING,
        "the body of {what} was {was}, is {now}",
        "what except clauses do with the body does not fit",
        joins=True,
    ),
    "pages-added": Row(ADDITIVE, "{now} goes through its pages", "nobody calls it yet"),
    "pages-removed": Row(
        BREAKING, "{was}, which went through its pages, is gone", "an AttributeError"
    ),
    "pages-renamed": Row(
        BREAKING,
        "{was}, which goes through its pages, is called {now}",
        "an AttributeError",
    ),
    "pages-wider": wider(
        "{what} yielded {was}, yields {now}",
        "there are cases that the program does not know",
    ),
    "pages-narrower": narrower(
        "{what} yielded {was}, yields {now}",
        "the program knows all cases",
    ),
    "pages-changed": Row(
        BREAKING,
        "{what} yielded {was}, yields {now}",
        "what the program does with the items does not fit",
    ),
}
"""Of an operation: its method, what that takes, gives back and raises."""

_CLASSES = {
    "class-removed": Row(BREAKING, "is gone", "its import fails"),
    "class-added": Row(ADDITIVE, "is new", "nobody uses it yet"),
    "class-merged": Row(
        BREAKING,
        "is gone; {now} stands in its place",
        "its import fails; the attributes of the other class are compared with its own",
    ),
    "class-renamed": Row(BREAKING, "is now {now}", "its import fails"),
    "class-moved": Row(
        BREAKING,
        "is now {now}",
        "its import fails: a class lives in the nearest folder that holds all its places",
    ),
    "field-removed": Row(
        BREAKING,
        "has no field {what}; it was {was}",
        "an AttributeError; as a keyword of a body a TypeError",
    ),
    "field-added": Row(
        ADDITIVE, "has the field {what}: {now}", "nobody reads it; it may be left out"
    ),
    "field-added-required": Row(
        ADDITIVE,
        "has the field {what}: {now}, which must be given",
        "nobody reads it; but bodies made without it are TypeErrors",
        given=BREAKING,
    ),
    "field-renamed": Row(
        BREAKING, "the field {was} is called {now}", "an AttributeError"
    ),
    "field-optional": wider(
        "the field {what} may be missing: was {was}, is {now}",
        "a case that the program does not know; a body goes on with it",
    ),
    "field-required": narrower(
        "the field {what} is always there: was {was}, is {now}",
        "the program knows all cases; but bodies made without it are TypeErrors",
    ),
    "field-nullable": wider(
        "the field {what} may be null: was {was}, is {now}",
        "a case that the program does not know",
    ),
    "field-wider": wider(
        "the field {what} was {was}, is {now}",
        "there are cases that the program does not know",
    ),
    "field-narrower": narrower(
        "the field {what} was {was}, is {now}",
        "the program knows all cases; but a body may have had the others",
    ),
    "field-changed": Row(
        BREAKING,
        "the field {what} was {was}, is {now}",
        "what the program does with the value does not fit",
    ),
    "field-docs": Row(
        DOCS,
        "the values seen of {what} were {was}, are {now}",
        "values are told, never demanded",
    ),
}

KINDS: Mapping[str, Row] = {**_CLIENT, **_FOLDERS, **_CALLS, **_CLASSES}


def level(kind: str, uses: Uses = READ) -> Level:
    """The heaviest that holds for one of the uses."""
    row = KINDS[kind]
    found = []
    if uses.read:
        found.append((row.inferred if uses.inferred else None) or row.level)
    if uses.given:
        found.append(row.given or row.level)
    return min(found, key=LEVELS.index, default=row.level)
