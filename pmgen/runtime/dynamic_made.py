"""Dynamic variables that need no library: identifiers, times, numbers, and what is put together of words."""

from __future__ import annotations

import datetime
import functools
import ipaddress
import random
import re
import string
import time
import typing
import uuid
from urllib.parse import quote

from .dynamic_words import FORMS, MONTHS, WEEKDAYS, WORDS

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RANDOM = random.SystemRandom()
"""The system's: no state that threads or forked processes could share, none that a seed could set back."""

_DAY = 24 * 60 * 60
_YEAR = 365 * _DAY
_BASE58 = "".join(
    letter
    for letter in string.digits + string.ascii_letters
    if letter not in "0OIl"  # too much alike
)
_HOLE = re.compile(r"#|\{(\w+)\}")


def _form(text: str) -> str:
    """A digit for each ``#``, a word for each ``{name}``."""
    return _HOLE.sub(
        lambda hole: (
            RANDOM.choice(WORDS[hole[1]]) if hole[1] else RANDOM.choice(string.digits)
        ),
        text,
    )


def _letters(alphabet: str, least: int, most: int) -> str:
    return "".join(RANDOM.choices(alphabet, k=RANDOM.randint(least, most)))


def _hex(pairs: int) -> list[str]:
    return [f"{RANDOM.randrange(256):02x}" for _ in range(pairs)]


def _guid() -> str:
    return str(uuid.uuid4())


def _iso() -> str:
    """To the millisecond, in UTC."""
    now = datetime.datetime.now(datetime.UTC)
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _date(first: int, last: int) -> str:
    """A moment of so many seconds from now, as a Date of JavaScript prints itself in UTC.

    Days and months are English whatever the locale (ECMA-262, 21.4.4.41), which strftime's are not.
    """
    off = datetime.timedelta(seconds=RANDOM.randint(first, last))
    moment = datetime.datetime.now(datetime.UTC) + off
    day, month = WEEKDAYS[moment.weekday()][:3], MONTHS[moment.month - 1][:3]
    rest = f"{moment:%d} {moment.year:04} {moment:%H:%M:%S}"
    return f"{day} {month} {rest} GMT+0000 (Coordinated Universal Time)"


def _degrees(most: int) -> str:
    return f"{RANDOM.uniform(-most, most):.4f}"


def _picture() -> str:
    """A rectangle of one colour as SVG."""
    colour = "".join(_hex(3))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">'
        f'<rect width="640" height="480" fill="#{colour}"/></svg>'
    )
    return f"data:image/svg+xml;charset=UTF-8,{quote(svg, safe='')}"


_ALPHANUMERIC = string.ascii_letters + string.digits

MADE: Mapping[str, Callable[[], str]] = {
    **{name: functools.partial(RANDOM.choice, WORDS[name]) for name in WORDS},
    **{name: functools.partial(_form, form) for name, form in FORMS.items()},
    "guid": _guid,
    "randomUUID": _guid,
    "timestamp": lambda: str(int(time.time())),
    "isoTimestamp": _iso,
    "randomInt": lambda: str(RANDOM.randint(0, 1000)),
    "randomBoolean": lambda: RANDOM.choice(("true", "false")),
    "randomAlphaNumeric": lambda: RANDOM.choice(string.ascii_lowercase + string.digits),
    "randomHexColor": lambda: "#" + "".join(_hex(3)),
    "randomIP": lambda: str(ipaddress.IPv4Address(RANDOM.getrandbits(32))),
    "randomIPV6": lambda: ipaddress.IPv6Address(RANDOM.getrandbits(128)).exploded,
    "randomMACAddress": lambda: ":".join(_hex(6)),
    "randomPassword": lambda: _letters(_ALPHANUMERIC, 15, 15),
    "randomLatitude": lambda: _degrees(90),
    "randomLongitude": lambda: _degrees(180),
    "randomBitcoin": lambda: RANDOM.choice("13") + _letters(_BASE58, 25, 33),
    "randomPrice": lambda: f"{RANDOM.randint(0, 100_000) / 100:.2f}",
    "randomDatePast": lambda: _date(-_YEAR, -1),
    "randomDateFuture": lambda: _date(1, _YEAR),
    "randomDateRecent": lambda: _date(-_DAY, -1),
    "randomImageDataUri": _picture,
}
"""Name -> what makes a new value. Forms and ranges are those that Postman's own values have."""
