"""Whether a request is tried again, and after how long. Pure: clock and chance are arguments."""

from __future__ import annotations

import datetime
import email.utils
import re

import httpx2

MOST = 2
"""Retries of one request if the client is not told otherwise."""

FIRST, LONGEST = 0.5, 8.0
"""Seconds: the longest first pause, which doubles with each try, and where that ends."""

PATIENCE = 60.0
"""Seconds: a server that wants a longer pause than this gets no other try; its reply is the outcome."""

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
"""What may reach the server twice without harm: the idempotent methods of RFC 9110, 9.2.2."""

STATUSES = frozenset({429, 502, 503, 504})
"""Replies that say: later."""

FAILURES = (httpx2.NetworkError, httpx2.ConnectTimeout, httpx2.RemoteProtocolError)
"""Connections that were not made or broke. Other timeouts end the call: the caller does not want to wait longer."""

_SECONDS = re.compile(r"\d+(\.\d+)?", re.ASCII)


def pause(
    outcome: httpx2.Response | Exception, tries: int, *, chance: float, now: float
) -> float | None:
    """Seconds to wait before the next try, after so many (at least 1); None: the outcome stands.

    ``chance`` is drawn from 0 to 1, ``now`` is in seconds since the epoch.
    """
    if not isinstance(outcome, httpx2.Response):
        return backoff(tries, chance) if isinstance(outcome, FAILURES) else None
    if outcome.status_code not in STATUSES:
        return None
    wanted = retry_after(outcome.headers.get("retry-after", ""), now)
    if wanted is None:
        return backoff(tries, chance)
    return wanted if wanted <= PATIENCE else None


def backoff(tries: int, chance: float) -> float:
    """Exponential, with full jitter: clients that failed together do not come back together."""
    # No further than 2**10: the exponent of an endless loop would overflow.
    return chance * min(LONGEST, FIRST * 2.0 ** min(tries - 1, 10))


def retry_after(value: str, now: float) -> float | None:
    """Seconds that a ``Retry-After`` asks for (RFC 9110, 10.2.3: a number, or a date); None if it is neither."""
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        date = email.utils.parsedate_to_datetime(value)
        if date.tzinfo is None:  # "-0000", which says nothing else than UTC
            date = date.replace(tzinfo=datetime.UTC)
        return max(0.0, date.timestamp() - now)
    except (ValueError, OverflowError):
        return None
