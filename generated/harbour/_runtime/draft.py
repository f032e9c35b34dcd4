"""A request while it is made up: all of it is there, and an auth may still change it."""

from __future__ import annotations

import dataclasses
import typing

from .encode import form_string, query_string

if typing.TYPE_CHECKING:
    from collections.abc import Set

    import httpx2

    from .content import Stream
    from .encode import Argument, Flag


@dataclasses.dataclass(slots=True)
class Draft:
    """``url`` is without the query. ``form`` are the fields of a urlencoded body, which then has no ``content``.

    ``own`` are the headers that the caller gave, in lower case: they win over everything else. ``drops`` are those that
    are not added. ``flow`` answers the server's challenges.
    """

    method: str
    url: str = dataclasses.field(repr=False)
    query: list[tuple[str, Argument | Flag]] = dataclasses.field(repr=False)
    headers: list[tuple[str, str]] = dataclasses.field(repr=False)
    content: bytes | Stream | None = dataclasses.field(default=None, repr=False)
    form: list[tuple[str, str]] | None = dataclasses.field(default=None, repr=False)
    own: frozenset[str] = frozenset()
    drops: Set[str] = frozenset()
    flow: httpx2.Auth | None = None

    def set_header(self, name: str, value: str) -> None:
        """One of the same name, in any case, goes; but what the caller gave stays, and what is to stay away does."""
        if name.lower() not in self.own and name.lower() not in self.drops:
            kept = [pair for pair in self.headers if pair[0].lower() != name.lower()]
            self.headers = [*kept, (name, value)]

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever the case of its name."""
        found = (value for key, value in self.headers if key.lower() == name.lower())
        return next(found, None)

    def set_query(self, key: str, value: str) -> None:
        """The last parameter; those of the same key go."""
        self.query = [*(pair for pair in self.query if pair[0] != key), (key, value)]

    @property
    def whole_url(self) -> str:
        """With the query, as it is sent."""
        asked = query_string(self.query)
        return f"{self.url}?{asked}" if asked else self.url

    @property
    def sent(self) -> bytes | Stream | None:
        """The body as it is sent."""
        return self.content if self.form is None else form_string(self.form).encode()

    @property
    def body(self) -> bytes | None:
        """The same, files read: for what has to look at all of it."""
        found = self.sent
        return found if found is None or isinstance(found, bytes) else b"".join(found)
