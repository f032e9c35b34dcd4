"""Dates and times as text, in one style for each field, so that printing gives back what was read.

A style is written as an example: ``2006-01-02T15:04:05.000Z`` has the separator ``T``, milliseconds and ``Z``.
"""

from __future__ import annotations

import datetime
import re

_SHAPE = re.compile(
    r"\d{4}-\d\d-\d\d(?P<separator>[T ])\d\d:\d\d(?P<seconds>:\d\d)?"
    r"(?P<fraction>\.\d{3}(?:\d{3})?)?(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_UNITS = {0: "seconds", 4: "milliseconds", 7: "microseconds"}
DATE = "2006-01-02"


def style_of(text: str) -> str | None:
    """The style that reads the text and prints it back to the letter; None where there is none."""
    if text[4:5] != "-":  # most texts are no dates
        return None
    if len(text) == len(DATE):
        style: str | None = DATE
    else:
        match = _SHAPE.fullmatch(text) if text.isascii() else None
        style = _style(match) if match else None
    return style if style and parse(text, style) is not None else None


def _style(match: re.Match[str]) -> str | None:
    fraction, zone = match["fraction"] or "", match["zone"] or ""
    if fraction and not match["seconds"]:
        return None
    seconds = ":05" if match["seconds"] else ""
    sign = {"": "", "Z": "Z"}.get(zone, "-07:00" if ":" in zone else "-0700")
    digits = "." + "0" * (len(fraction) - 1) if fraction else ""
    return f"2006-01-02{match['separator']}15:04{seconds}{digits}{sign}"


def parse(text: str, style: str) -> datetime.datetime | datetime.date | None:
    """The value, or None where the style does not print it back to the letter."""
    if len(text) != len(style):  # an offset with seconds would print back as well
        return None
    try:
        value = (
            datetime.date.fromisoformat(text)
            if style == DATE
            else datetime.datetime.fromisoformat(text)
        )
    except ValueError:
        return None
    aware = isinstance(value, datetime.datetime) and value.tzinfo is not None
    if aware != _has_zone(style):
        return None
    return value if print_(value, style) == text else None


def _has_zone(style: str) -> bool:
    return style.endswith(("Z", "-07:00", "-0700"))


def print_(value: datetime.datetime | datetime.date, style: str) -> str:
    """The value as text. A date in the place of a time prints as a date.

    Raises ValueError for a time with a zone where the style has none, and the other way round.
    """
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if style == DATE:
        return value.date().isoformat()
    unit = "minutes"
    if ":05" in style:
        _, _, fraction = style.partition(":05")
        unit = _UNITS[len(fraction) - len(fraction.lstrip(".0"))]
    if bool(value.tzinfo) != _has_zone(style):
        raise ValueError(
            f"{value!r} has {'a' if value.tzinfo else 'no'} time zone, unlike {style}"
        )
    if style.endswith("Z"):
        value = value.astimezone(datetime.UTC)
        return value.replace(tzinfo=None).isoformat(style[10], unit) + "Z"
    if style.endswith("-0700"):
        offset = value.strftime("%z")
        return value.replace(tzinfo=None).isoformat(style[10], unit) + offset
    return value.isoformat(style[10], unit)
