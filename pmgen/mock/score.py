"""How well a request fits an example: the path by steps, the query by its share.

Source: https://learning.postman.com/docs/designing-and-developing-your-api/mocking-data/matching-algorithm/ as of
2022-09, which gives the numbers; later editions of the page (docs/design-apis/mock-apis/matching-algorithm/) keep the steps,
count parameters as a percentage, and name no numbers. Three things differ, each so that fewer wrong examples come back:

* Postman's last step takes any path that is alike enough (Levenshtein). A misspelt path gets a 404 here, which names what
  is alike.
* Variables with a value are wildcards too: clients take them as arguments.
* What counts as an alphanumeric id is not said there; here: digits, or six and more letters and digits with three digits.
"""

from __future__ import annotations

import dataclasses
import re
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmgen.mock.catalog import Asked
    from pmgen.mock.route import Parameter, Path, Segment

PERFECT = 100


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """What is overlooked, and what that costs."""

    cost: int
    slashes: bool = False
    case: bool = False
    wildcards: bool = False
    ids: bool = False


#: In this order; the first that fits counts. The costs are the page's; it has no row for wildcards and slashes at once,
#: and in the last row's place it has the distance.
STEPS = (
    Step(0),
    Step(5, slashes=True),
    Step(10, case=True),
    Step(15, slashes=True, case=True),
    Step(20, wildcards=True),
    Step(21, wildcards=True, ids=True),
    Step(25, slashes=True, wildcards=True, ids=True),
    Step(30, slashes=True, case=True, wildcards=True, ids=True),
)

_ID = re.compile(r"\d+|(?=(?:.*\d){3})[A-Za-z0-9_-]{6,}")

#: What a parameter counts: the same; the same but for case; another value; missing on one side (0). With the query's
#: share from -10 to +10 the page's three rows (+10, +5, -10) come out where all parameters are of one kind.
_SAME, _BUT_FOR_CASE, _KEY_ONLY = 1.0, 0.75, 0.25
_QUERY = 20


@dataclasses.dataclass(frozen=True, slots=True)
class Fit:
    """A match. ``loose``: how many segments and parameters are not just the same, of which those that are partly so
    count half; ``captured``: what the path's variables have become.
    """

    score: float
    loose: float
    captured: tuple[tuple[str, str], ...] = ()


def fit(
    path: tuple[str, ...], query: tuple[Parameter, ...], asked: Asked
) -> Fit | None:
    """The path that fits, with the query; None where none does. Paths of an example differ in length: one fits at most."""
    found = next(filter(None, (path_fit(path, each) for each in asked.paths)), None)
    if found is None:
        return None
    score = found.score + _QUERY * query_share(query, asked.query) - _QUERY / 2
    is_open = sum(parameter.is_open for parameter in asked.query)
    return Fit(score, found.loose + is_open, found.captured)


def path_fit(given: tuple[str, ...], path: Path) -> Fit | None:
    """By the first step that fits."""
    if sum(map(bool, given)) != sum(segment.text != "" for segment in path):
        return None  # whatever is overlooked: a quick answer for most
    for step in STEPS:
        pairs = _pairs(given, path, step)
        if pairs is not None and all(_fits(text, part, step) for text, part in pairs):
            captured = tuple(found for pair in pairs for found in _captured(*pair))
            loose = sum(_looseness(text, segment) for text, segment in pairs)
            return Fit(PERFECT - step.cost, loose, captured)
    return None


def query_share(given: tuple[Parameter, ...], wanted: tuple[Parameter, ...]) -> float:
    """From 0, where nothing is the same, to 1; 1 where there is none on either side."""
    left, found, total = list(given), 0.0, 0
    waiting = list(wanted)
    for worth, agree in _AGREEMENTS:
        rest = []
        for parameter in waiting:
            same = next((other for other in left if agree(other, parameter)), None)
            if same is None:
                rest.append(parameter)
                continue
            left.remove(same)
            found, total = found + worth, total + 1
        waiting = rest
    total += len(waiting) + len(left)
    return found / total if total else 1.0


def _same(given: Parameter, wanted: Parameter) -> bool:
    return given.key == wanted.key and given.value == wanted.value


def _open(given: Parameter, wanted: Parameter) -> bool:
    return given.key == wanted.key and wanted.is_open


def _but_for_case(given: Parameter, wanted: Parameter) -> bool:
    values = (given.value or "").casefold(), (wanted.value or "").casefold()
    return _key_only(given, wanted) and values[0] == values[1]


def _key_only(given: Parameter, wanted: Parameter) -> bool:
    return given.key.casefold() == wanted.key.casefold()


_AGREEMENTS: tuple[tuple[float, Callable[[Parameter, Parameter], bool]], ...] = (
    (_SAME, _same),
    (_SAME, _open),
    (_BUT_FOR_CASE, _but_for_case),
    (_KEY_ONLY, _key_only),
)


def _pairs(
    given: tuple[str, ...], path: Path, step: Step
) -> list[tuple[str, Segment]] | None:
    if step.slashes:
        given = tuple(filter(None, given))
        path = tuple(segment for segment in path if segment.text != "")
    if len(given) != len(path):
        return None
    return list(zip(given, path, strict=True))


def _fits(given: str, segment: Segment, step: Step) -> bool:
    text, pattern = segment.text, segment.pattern
    if given == text:
        return True
    if step.wildcards and pattern and pattern.fullmatch(given):
        return True
    if text is None:
        return False
    if step.case and given.casefold() == text.casefold():
        return True
    return step.ids and bool(_ID.fullmatch(given) and _ID.fullmatch(text))


def _looseness(given: str, segment: Segment) -> float:
    """`:id.pdf` is closer to `1.pdf` than `:id`."""
    if given == segment.text:
        return 0
    caught = sum(len(text) for _, text in _captured(given, segment))
    return 0.5 if 0 < caught < len(given) else 1


def _captured(given: str, segment: Segment) -> Iterator[tuple[str, str]]:
    match = segment.pattern.fullmatch(given) if segment.pattern else None
    if match:
        yield from zip(segment.names, match.groups(), strict=True)
