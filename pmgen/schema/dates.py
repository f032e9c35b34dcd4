"""The styles of runtime.dates as schemas. Each pattern is exact: it has what the runtime reads and prints back.

The patterns keep to what all dialects of regular expressions share: no lookaround, and no digit class, which in Python
has the digits of all scripts. There a `$` also lets a final newline pass; the length does not.
"""

from __future__ import annotations

import re
import typing

from pmgen.runtime.dates import DATE

if typing.TYPE_CHECKING:
    from pmgen.source import Json

_YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_DAYS = (
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|02-(0[1-9]|1[0-9]|2[0-8]))"
)
_FOURTH = "(0[48]|[2468][048]|[13579][26])"
_LEAP = f"([0-9]{{2}}{_FOURTH}|{_FOURTH}00)-02-29"
_HOUR, _SIXTY = "([01][0-9]|2[0-3])", "[0-5][0-9]"


def _offset(colon: str) -> str:
    """From -23:59 to +23:59; nothing prints as -00:00."""
    minutes = f"{colon}{_SIXTY}"
    return (
        rf"(\+{_HOUR}{minutes}|-(0[1-9]|1[0-9]|2[0-3]){minutes}"
        f"|-00{colon}(0[1-9]|[1-5][0-9]))"
    )


#: What styles are made of: the pattern of each piece, and its word in the name of the style.
_PIECES = {
    DATE: (f"({_YEAR}-{_DAYS}|{_LEAP})", "date"),
    "T": ("T", "time"),
    " ": (" ", "spaced-time"),
    "15:04": (f"{_HOUR}:{_SIXTY}", ""),
    ":05": (f":{_SIXTY}", "seconds"),
    ".000000": (r"\.[0-9]{6}", "microseconds"),
    ".000": (r"\.[0-9]{3}", "milliseconds"),
    "Z": ("Z", "utc"),
    "-07:00": (_offset(":"), "offset"),
    "-0700": (_offset(""), "basic-offset"),
}
_PIECE = re.compile("|".join(map(re.escape, _PIECES)))
_RFC_3339 = re.compile(rf"{DATE}T15:04:05(\.0+)?(Z|-07:00)")


def key(style: str) -> str:
    """`date-time-seconds-utc`: begins in lower case, so that no class is called so."""
    words = [_PIECES[piece][1] for piece in _PIECE.findall(style)]
    return "-".join(filter(None, words))


def schema(style: str) -> dict[str, Json]:
    """Text in the style. ``format`` only where JSON Schema's own formats have all such texts."""
    pattern = "".join(_PIECES[piece][0] for piece in _PIECE.findall(style))
    found: dict[str, Json] = {"type": "string"}
    if style == DATE:
        found["format"] = "date"
    elif _RFC_3339.fullmatch(style):
        found["format"] = "date-time"
    return {
        **found,
        "pattern": f"^{pattern}$",
        "maxLength": len(style),
        "description": f"Printed like {style}",
    }
