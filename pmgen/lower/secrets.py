"""Names that tell a credential. What they name never gets its value into generated code."""

from __future__ import annotations

import functools
import re

_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie"})
_PATTERN = re.compile(
    r"token|secret|passw|passphrase|\bpwd\b|credential|bearer|\bjwt\b|signature"
    r"|session.?id|(api|access|auth|private|subscription|consumer|client|app).?key\b|\bauth$|^key$",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=4096)
def is_secret(name: str) -> bool:
    """Whether a variable, query key or header of this name is to be taken for a credential."""
    return name.lower() in _HEADERS or bool(_PATTERN.search(name.replace("_", "-")))
