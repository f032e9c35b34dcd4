"""Fields of forms: one argument for each key, as for query parameters (POSTMAN.md 3.7)."""

from __future__ import annotations

import typing

from pmgen.api import Param, Part, Where
from pmgen.lower import samples, settings, variables
from pmgen.lower.context import seen_values, stand_in
from pmgen.lower.encode import data
from pmgen.lower.query import fallback, is_required
from pmgen.lower.secrets import is_secret
from pmgen.postman.model import Field

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmgen.lower.context import Context
    from pmgen.postman import Body, Pair, Request

FORMS = ("urlencoded", "formdata")


def fields(body: Body | None, context: Context) -> Iterator[Param]:
    """One parameter for each key: the enabled ones in the order that they are sent in, then the others."""
    pairs = body.fields if body and body.mode in FORMS else ()
    ordered = sorted(pairs, key=lambda pair: pair.disabled)
    for key in dict.fromkeys(map(_key, ordered)):
        yield _field(key, [pair for pair in pairs if _key(pair) == key], context)


def _key(pair: Pair) -> str:
    """Postman's text for no name."""
    return "null" if pair.key is None else pair.key


def _field(key: str, pairs: list[Pair], context: Context) -> Param:
    enabled = [pair for pair in pairs if not pair.disabled]
    described = next((pair.description for pair in pairs if pair.description), "")
    sent = [text for pair in enabled for text in _texts(pair, context)]
    given = fallback(enabled, context)
    needed = is_required(described) and not given
    if needed and not sent:
        sent = _asked(pairs[0], context)
    evidence = _evidence(key, pairs, context.originals)
    return Param(
        key=f"={key}",
        where=Where.FIELD,
        wire=variables.substitute(key, context.scope.values),
        kind="file" if any(map(is_file, pairs)) else samples.kind(evidence),
        required=needed,
        fallback=given,
        repeated=len(sent) > 1,
        description=described,
        seen=seen_values(evidence, key),
        sample=() if given else tuple(sent),
        content_type=next(filter(None, map(_content_type, pairs)), ""),
    )


def is_file(pair: Pair) -> bool:
    """Whether the field sends files."""
    return isinstance(pair, Field) and pair.sources is not None


def _content_type(pair: Pair) -> str:
    return pair.content_type if isinstance(pair, Field) else ""


def _texts(pair: Pair, context: Context) -> list[str]:
    """What is sent, with stand-ins for what only an environment knows; of files their names."""
    if isinstance(pair, Field) and pair.sources is not None:
        names = [_base_name(source) for source in pair.sources]
        return [pair.file_name or name for name in names]
    value = variables.substitute(pair.value or "", context.scope.values)
    known = {name: stand_in(name, context) for name in variables.names(value)}
    hidden = is_secret(pair.key or "") and value and not _from_settings(pair, context)
    value = samples.slug(pair.key or "") if hidden else value
    return [variables.substitute(value, known)]


def _asked(pair: Pair, context: Context) -> list[str]:
    """The same of one that Postman would not send and the server wants."""
    word = samples.slug(_key(pair))
    return [text or word for text in _texts(pair, context)] or [word]


def _base_name(source: str) -> str:
    """Of a path of any system; a name at least."""
    return source.replace("\\", "/").rstrip("/").rpartition("/")[2] or "file"


def _from_settings(pair: Pair, context: Context) -> bool:
    used = variables.names(pair.value or "")
    keys = map(settings.variable_key, used)
    return bool(used) and all(key in context.settings for key in keys)


def _evidence(key: str, pairs: list[Pair], originals: Iterable[Request]) -> list[str]:
    """Literal values, declared and as sent for the examples."""
    sent = [
        pair
        for original in originals
        for pair in (original.body.fields if original.body else ())
        if _key(pair) == key
    ]
    return [
        pair.value
        for pair in (*pairs, *sent)
        if pair.value and not variables.names(pair.value)
    ]


def encoded(body: Body, context: Context) -> str:
    """The text of a urlencoded body, as Postman writes it."""
    return "&".join(
        f"{data(name)}={data(text)}" for name, _, text in _sent(body, context)
    )


def parts(body: Body, context: Context) -> tuple[Part, ...]:
    """What Postman makes of form-data; a file's content is its name in the tests."""
    return tuple(
        Part(name, text if is_file(pair) else None, _content_type(pair), text)
        for name, pair, text in _sent(body, context)
    )


def _sent(body: Body, context: Context) -> Iterator[tuple[str, Pair, str]]:
    """Name, field, text. The enabled ones, those of one name together; then those that are said to be required."""
    enabled = [pair for pair in body.fields if not pair.disabled]
    known = {_key(pair) for pair in enabled}
    asked = (p for p in body.fields if _key(p) not in known)
    enabled += [pair for pair in asked if is_required(pair.description)]
    for key in dict.fromkeys(map(_key, enabled)):
        name = variables.substitute(key, context.scope.values)
        for pair in enabled:
            if _key(pair) == key:
                texts = _asked if pair.disabled else _texts
                for text in texts(pair, context):
                    yield name, pair, text
