"""Dates as text: what a style reads it prints back to the letter, and nothing else counts as a date."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.runtime.dates import DATE, parse, print_, style_of

TIMES = ["15:04", "15:04:05", "15:04:05.000", "15:04:05.000000"]
ZONES = ["", "Z", "-07:00", "-0700"]
STYLES = [
    f"2006-01-02{separator}{time}{zone}"
    for separator, time, zone in itertools.product("T ", TIMES, ZONES)
]
OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(
    lambda minutes: datetime.timezone(datetime.timedelta(minutes=minutes))
)


def zones(style: str) -> st.SearchStrategy[datetime.tzinfo | None]:
    """Time zones whose datetimes the style can print."""
    if style.endswith("Z"):
        return st.just(datetime.UTC)
    return OFFSETS if style.endswith(("-07:00", "-0700")) else st.none()


@st.composite
def moments(draw: st.DrawFn) -> tuple[datetime.datetime, str]:
    """A style, and a datetime as precise as the style is."""
    style = draw(st.sampled_from(STYLES))
    value = draw(st.datetimes()).replace(tzinfo=draw(zones(style)))
    if "05" not in style:
        value = value.replace(second=0, microsecond=0)
    elif ".000000" not in style:
        value = value.replace(
            microsecond=value.microsecond // 1000 * 1000 if "." in style else 0
        )
    return value, style


@given(moments())
def test_what_a_style_prints_has_the_style(
    moment: tuple[datetime.datetime, str],
) -> None:
    value, style = moment
    assert style_of(print_(value, style)) == style


@given(moments())
def test_parsing_undoes_printing(moment: tuple[datetime.datetime, str]) -> None:
    value, style = moment
    found = parse(print_(value, style), style)
    assert found == value
    assert isinstance(found, datetime.datetime)
    assert (found.tzinfo is None) == (value.tzinfo is None)


@given(st.dates())
def test_dates_have_the_date_style(value: datetime.date) -> None:
    text = print_(value, DATE)
    assert style_of(text) == DATE
    assert parse(text, DATE) == value
    assert type(parse(text, DATE)) is datetime.date


# Digits, signs and letters of dates: nearly all texts are near misses.
NEAR = st.text(st.sampled_from("0123456789-:.+TZ W"), max_size=27)


@given(st.one_of(NEAR, st.text(max_size=30), st.sampled_from(STYLES)))
def test_a_style_is_found_only_where_it_reads_and_prints_back(text: str) -> None:
    style = style_of(text)
    if style is not None:
        value = parse(text, style)
        assert value is not None
        assert print_(value, style) == text


@pytest.mark.parametrize("style", [*STYLES, DATE])
def test_a_style_is_an_example_of_itself(style: str) -> None:
    # The zones of the example, -07:00 and Z, are real ones.
    assert style_of(style) == style


NO_DATES = [
    "",
    "None",
    "null",
    "2024",
    "20240102",
    "2024-01",
    "2024-1-2",
    "2024-02-30",
    "2023-02-29",
    "0000-01-01",
    "2024-W01-1",
    "2024-001  ",
    "２０２４-01-02",
    "2024-01-02 ",
    "2024-01-02T",
    "2024-01-02T03",
    "2024-01-02T03:04:05z",
    "2024-01-02t03:04:05Z",
    "2024-01-02T24:00:00Z",
    "2024-01-02T03:04:60Z",
    "2024-01-02T03:04:05.1Z",
    "2024-01-02T03:04:05.123456789Z",
    "2024-01-02T03:04.123Z",
    "2024-01-02T03:04:05+24:00",
    "2024-01-02T03:04:05-00:00",
    "2024-01-02T03:04:05+01",
    "2024-01-02T03:04:05+00:00Z",
    "2024-01-02T03:04:05Z\n",
    "Tue, 02 Jan 2024 03:04:05 GMT",
    "1704164645",
    "\ud800024-01-02",
]


@pytest.mark.parametrize("text", NO_DATES, ids=ascii)
def test_no_date(text: str) -> None:
    assert style_of(text) is None


STYLED = [
    ("2024-01-02", DATE),
    ("2024-01-02T03:04:05Z", "2006-01-02T15:04:05Z"),
    ("2024-01-02 03:04", "2006-01-02 15:04"),
    ("2024-01-02T03:04:05.678+05:30", "2006-01-02T15:04:05.000-07:00"),
    ("2024-01-02T03:04:05.678901-0330", "2006-01-02T15:04:05.000000-0700"),
    ("2024-01-02T03:04:05+00:00", "2006-01-02T15:04:05-07:00"),
]


@pytest.mark.parametrize(("text", "style"), STYLED)
def test_style(text: str, style: str) -> None:
    assert style_of(text) == style


@pytest.mark.parametrize(("text", "style"), STYLED)
def test_other_styles_refuse(text: str, style: str) -> None:
    readers = [other for other in (*STYLES, DATE) if parse(text, other) is not None]
    assert readers == [style]


def test_an_offset_with_seconds_is_of_no_style() -> None:
    text = "2024-01-02T03:04:05+01:00:30"
    assert style_of(text) is None
    assert all(parse(text, style) is None for style in STYLES)


def test_a_date_in_the_place_of_a_time_prints_as_a_date() -> None:
    assert print_(datetime.date(2024, 1, 2), "2006-01-02T15:04:05Z") == "2024-01-02"


def test_a_time_in_the_place_of_a_date_prints_as_a_date() -> None:
    assert print_(datetime.datetime(2024, 1, 2, 3, 4), DATE) == "2024-01-02"


BERLIN = datetime.timezone(datetime.timedelta(hours=1))


def test_the_style_z_prints_other_zones_as_utc() -> None:
    value = datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=BERLIN)
    assert print_(value, "2006-01-02T15:04:05Z") == "2024-01-02T02:04:05Z"


def test_the_style_without_a_colon_prints_no_colon() -> None:
    # Local mean time, as zoneinfo has it for old dates.
    old = datetime.timezone(datetime.timedelta(minutes=53, seconds=28))
    value = datetime.datetime(1890, 1, 2, 3, 4, 5, tzinfo=old)
    zone = print_(value, "2006-01-02T15:04:05-0700")[19:]
    assert ":" not in zone
