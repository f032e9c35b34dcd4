"""What can go wrong with a collection, as data. Every phase adds Diagnostics; only the driver prints them.

A rule's code is stable: users grep for it and silence it. Its remedy says what the user can do.
"""

from __future__ import annotations

import dataclasses
import enum
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(enum.StrEnum):
    """INFO is a note; a WARNING was worked around with a loss; after an ERROR nothing is written."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Rule(enum.Enum):
    """Everything that pmgen reports: code, severity, remedy."""

    UNREADABLE = ("PM001", Severity.ERROR, "Check the path and its permissions.")
    ENCODING = ("PM002", Severity.WARNING, "Save the file as UTF-8.")
    NOT_JSON = ("PM003", Severity.ERROR, "Export the collection again, or mend it.")
    NOT_A_COLLECTION = (
        "PM004",
        Severity.ERROR,
        "Give a Postman collection of format 2.0 or 2.1.",
    )
    WRONG_TYPE = ("PM005", Severity.ERROR, "Mend this place of the collection.")
    DUPLICATE_KEY = ("PM006", Severity.WARNING, "Remove one; the last one was used.")
    LIMIT = ("PM007", Severity.ERROR, "Make this part of the file smaller.")
    CONFIGURATION = ("PM008", Severity.ERROR, "Mend pmgen.toml.")
    OUTPUT = ("PM009", Severity.ERROR, "Choose another --out, or mend the place.")
    EDITED = (
        "PM010",
        Severity.ERROR,
        "Move the edit to the collection or the template, or give --force to lose it.",
    )
    DEFECT = ("PM011", Severity.ERROR, "This is a defect of pmgen; please report it.")
    NO_REQUEST = ("PM020", Severity.WARNING, "Give the item a request with a URL.")
    NO_HOST = ("PM021", Severity.WARNING, "Give the request's URL a host.")
    AUTH_UNSUPPORTED = (
        "PM030",
        Severity.WARNING,
        "Pass auth= (any httpx2.Auth) to the client.",
    )
    AUTH_UNKNOWN = ("PM031", Severity.WARNING, "Postman sends no auth here either.")
    CREDENTIAL_REMOVED = (
        "PM032",
        Severity.WARNING,
        "Put the credential into a variable; the client takes it as a setting.",
    )
    BODY_UNTYPED = ("PM040", Severity.WARNING, "The caller gives the body as text.")
    BODY_PRUNED = (
        "PM041",
        Severity.INFO,
        "Set disableBodyPruning in the request's settings to send it.",
    )
    BODY_NOT_JSON = (
        "PM042",
        Severity.WARNING,
        "Make the body valid JSON to get a typed argument.",
    )
    QUERY_VALUE_DROPPED = ("PM043", Severity.INFO, "Make the value a string.")
    QUERY_UNNAMED = ("PM044", Severity.INFO, "Give the parameter a name to send it.")
    HEADER_SKIPPED = (
        "PM045",
        Severity.INFO,
        "The HTTP library sends its own, or HTTP does not allow the name.",
    )
    EXAMPLE_NOT_JSON = ("PM050", Severity.WARNING, "Mend the example's body.")
    EXAMPLE_WITHOUT_STATUS = ("PM051", Severity.INFO, "Give the example a status.")
    EXAMPLE_SKIPPED = ("PM052", Severity.WARNING, "Mend the example.")

    @property
    def code(self) -> str:
        """The stable code, such as PM003."""
        return self.value[0]

    @property
    def severity(self) -> Severity:
        """How bad it is; the same for every occurrence."""
        return self.value[1]

    @property
    def remedy(self) -> str:
        """What the user can do about it."""
        return self.value[2]


@dataclasses.dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``pointer`` is the JSON pointer into the source, ``trail`` the folder and request names."""

    rule: Rule
    text: str
    pointer: str = ""
    trail: tuple[str, ...] = ()
    line: int | None = None
    column: int | None = None

    @property
    def is_error(self) -> bool:
        """Whether it forbids writing anything."""
        return self.rule.severity is Severity.ERROR


def render(diagnostic: Diagnostic, file: str) -> str:
    """One line: ``file:line:column: severity CODE trail: text. Remedy [pointer]``."""
    place = [file]
    if diagnostic.line is not None:
        place += [str(diagnostic.line), str(diagnostic.column)]
    trail = " / ".join(diagnostic.trail)
    words = [
        f"{':'.join(place)}: {diagnostic.rule.severity} {diagnostic.rule.code}",
        f"{trail}:" if trail else "",
        diagnostic.text.rstrip(".") + ".",
        diagnostic.rule.remedy,
        f"[{diagnostic.pointer}]" if diagnostic.pointer else "",
    ]
    return " ".join(_one_line(word) for word in words if word)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(diagnostic.is_error for diagnostic in diagnostics)


def _one_line(text: str) -> str:
    """Names in a collection may hold anything; a terminal must not obey it."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
