"""Dynamic variables: each value has the form that Postman's have (POSTMAN.md 3.10), and is a new one."""

from __future__ import annotations

import datetime
import ipaddress
import re
import subprocess
import sys
import time
import typing
import uuid
from urllib.parse import unquote, urlsplit

import faker
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.lower import dynamic as lowered
from pmgen.runtime import dynamic
from pmgen.runtime.dynamic_fake import FAKED
from pmgen.runtime.dynamic_made import MADE
from pmgen.runtime.dynamic_words import FORMS, MONTHS, WEEKDAYS, WORDS

DRAWS = 200
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
DATE = (
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"\d\d \d{4} \d\d:\d\d:\d\d GMT\+0000 \(Coordinated Universal Time\)"
)
URL = r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w-]+)*"
HOST = r"[a-z0-9-]+(\.[a-z]+)+"
WORD = r"[A-Za-z-]+"
LOWER = r"[a-z-]+"
NAME = r"[A-Z][A-Za-z' .-]*"
FILE = r"[a-z0-9_-]+\.[a-z0-9]+"
MIME = r"[a-z]+/[\w.+-]+"
PATH = r"(/[a-z]+)+"
SENTENCE = r"[A-Z][a-z ]*\."
SENTENCES = rf"{SENTENCE}( {SENTENCE})*"

PATTERNS = {
    "guid": UUID,
    "randomUUID": UUID,
    "timestamp": r"\d{10}",
    "isoTimestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
    "randomInt": r"0|[1-9]\d{0,2}|1000",
    "randomBoolean": "true|false",
    "randomAlphaNumeric": "[a-z0-9]",
    "randomColor": LOWER,
    "randomHexColor": "#[0-9a-f]{6}",
    "randomAbbreviation": "[A-Z]{2,4}",
    "randomWord": LOWER,
    "randomWords": rf"{LOWER}( {LOWER})+",
    "randomIP": r"\d{1,3}(\.\d{1,3}){3}",
    "randomIPV6": "[0-9a-f]{4}(:[0-9a-f]{4}){7}",
    "randomMACAddress": "[0-9a-f]{2}(:[0-9a-f]{2}){5}",
    "randomPassword": "[A-Za-z0-9]{15}",
    "randomLocale": "[a-z]{2}",
    "randomUserAgent": r"(Mozilla|Opera)/\d[ -~]+",
    "randomProtocol": "https?",
    "randomSemver": r"\d\.\d\.\d",
    "randomEmail": rf"[\w.+-]+@{HOST}",
    "randomExampleEmail": r"[\w.+-]+@example\.(com|net|org)",
    "randomUserName": "[a-z0-9._-]+",
    "randomUrl": URL,
    "randomDomainName": HOST,
    "randomDomainSuffix": "[a-z]+",
    "randomDomainWord": "[a-z0-9-]+",
    "randomFirstName": NAME,
    "randomLastName": NAME,
    "randomFullName": rf"{NAME} {NAME}",
    "randomNamePrefix": r"[A-Z][a-z]+\.|Miss",
    "randomNameSuffix": r"[A-Z][A-Za-z]*\.?",
    "randomJobArea": NAME,
    "randomJobDescriptor": NAME,
    "randomJobTitle": rf"{NAME} {NAME} {NAME}",
    "randomJobType": NAME,
    "randomPhoneNumber": r"\d{3}-\d{3}-\d{4}",
    "randomPhoneNumberExt": r"\d{2}-\d{3}-\d{3}-\d{4}",
    "randomCity": NAME,
    "randomStreetName": NAME,
    "randomStreetAddress": r"\d+ [A-Z][A-Za-z0-9'. -]+",
    "randomCountry": r"[A-Z][^\W\d].*",
    "randomCountryCode": "[A-Z]{2}",
    "randomLatitude": r"-?\d{1,2}\.\d{4}",
    "randomLongitude": r"-?\d{1,3}\.\d{4}",
    "randomImageDataUri": r"data:image/svg\+xml;charset=UTF-8,[A-Za-z0-9%._~-]+",
    "randomBankAccount": r"\d{8}",
    "randomBankAccountName": rf"{NAME} Account",
    "randomCreditCardMask": r"\d{4}",
    "randomBankAccountBic": "[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?",
    "randomBankAccountIban": r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}",
    "randomTransactionType": LOWER,
    "randomCurrencyCode": "[A-Z]{3}",
    "randomCurrencyName": r"\w.{2,}",
    "randomCurrencySymbol": ".{1,6}",
    "randomBitcoin": "[13][1-9A-HJ-NP-Za-km-z]{25,33}",
    "randomPrice": r"\d{1,3}\.\d\d|1000\.00",
    "randomCompanyName": "[A-Z].+",
    "randomCompanySuffix": "[A-Za-z ]+",
    "randomBs": rf"{LOWER} {LOWER} {LOWER}",
    "randomBsAdjective": LOWER,
    "randomBsBuzz": LOWER,
    "randomBsNoun": LOWER,
    "randomCatchPhrase": rf"{WORD} {LOWER} [a-z ]+",
    "randomCatchPhraseAdjective": "[A-Z][a-z-]+",
    "randomCatchPhraseDescriptor": LOWER,
    "randomCatchPhraseNoun": "[a-z ]+",
    "randomDatabaseColumn": "[a-z][A-Za-z]+",
    "randomDatabaseType": "[a-z]+",
    "randomDatabaseCollation": "[a-z0-9]+(_[a-z]+)+",
    "randomDatabaseEngine": "[A-Za-z]+",
    "randomDatePast": DATE,
    "randomDateFuture": DATE,
    "randomDateRecent": DATE,
    "randomWeekday": "(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    "randomMonth": "January|February|March|April|May|June|July|August|September|October|November|December",
    "randomFileName": FILE,
    "randomFileType": "[a-z]+",
    "randomFileExt": "[a-z0-9]+",
    "randomCommonFileName": FILE,
    "randomCommonFileType": "[a-z]+",
    "randomCommonFileExt": "[a-z0-9]+",
    "randomFilePath": rf"{PATH}/{FILE}",
    "randomDirectoryPath": PATH,
    "randomMimeType": MIME,
    "randomDepartment": NAME,
    "randomProduct": NAME,
    "randomProductName": rf"{NAME} {NAME} {NAME}",
    "randomProductAdjective": NAME,
    "randomProductMaterial": NAME,
    "randomNoun": LOWER,
    "randomVerb": LOWER,
    "randomIngverb": "[a-z]+ing",
    "randomAdjective": LOWER,
    "randomPhrase": "[A-Z][A-Za-z -]+[!.]",
    "randomLoremWord": "[A-Za-z]+",
    "randomLoremWords": "[A-Za-z]+( [A-Za-z]+)+",
    "randomLoremSentence": SENTENCE,
    "randomLoremSentences": rf"{SENTENCE}( {SENTENCE})+",
    "randomLoremParagraph": SENTENCES,
    "randomLoremParagraphs": rf"{SENTENCES}(\n{SENTENCES})+",
    "randomLoremText": rf"{SENTENCE}(\s{SENTENCE})*",
    "randomLoremSlug": "[a-z]+(-[a-z]+)+",
    "randomLoremLines": rf"{SENTENCE}(\n{SENTENCE})+",
    "randomImageUrl": URL,
    **{name: URL for name in dynamic.NAMES if name.endswith("Image")},
}

#: Of 100,000 values and more: three draws are never all the same.
LARGE = (
    *("guid", "randomUUID", "randomHexColor", "randomIP", "randomIPV6"),
    *("randomMACAddress", "randomPassword", "randomPhoneNumber"),
    *("randomPhoneNumberExt", "randomBankAccount", "randomBitcoin"),
    *("randomBankAccountIban", "randomImageDataUri", "randomLongitude"),
    *("randomDatePast", "randomDateFuture", "randomPrice", "randomCatsImage"),
    *("randomStreetAddress", "randomLoremParagraphs", "randomPhrase"),
)


def test_the_names_are_postmans() -> None:
    assert {f"${name}" for name in dynamic.NAMES} == lowered.NAMES
    assert len(dynamic.NAMES) == 118
    assert not MADE.keys() & FAKED.keys()


def test_every_form_is_tested() -> None:
    assert PATTERNS.keys() == dynamic.NAMES


@pytest.mark.parametrize("name", sorted(dynamic.NAMES))
def test_values_have_the_documented_form(name: str) -> None:
    pattern = re.compile(PATTERNS[name])
    wrong = [v for _ in range(DRAWS) if not pattern.fullmatch(v := dynamic.value(name))]
    assert not wrong


@pytest.mark.parametrize("name", LARGE)
def test_draws_differ(name: str) -> None:
    assert len({dynamic.value(name) for _ in range(3)}) > 1


@pytest.mark.parametrize("name", sorted(WORDS))
def test_every_word_can_come(name: str) -> None:
    """A list of up to 100 words of which one does not come in 5,000 draws is not drawn from evenly."""
    assert {dynamic.value(name) for _ in range(5000)} == set(WORDS[name])
    assert len(set(WORDS[name])) == len(WORDS[name])


def test_forms_name_lists_of_words() -> None:
    holes = {hole for form in FORMS.values() for hole in re.findall(r"\{(.*?)\}", form)}
    assert holes
    assert holes <= WORDS.keys()


def numbers(name: str, draws: int = 5000) -> list[float]:
    return [float(dynamic.value(name)) for _ in range(draws)]


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("randomInt", 0, 1000),
        ("randomPrice", 0, 1000),
        ("randomLatitude", -90, 90),
        ("randomLongitude", -180, 180),
    ],
)
def test_numbers_fill_their_range(name: str, least: int, most: int) -> None:
    found, margin = numbers(name), (most - least) / 50
    assert least <= min(found) < least + margin
    assert most - margin < max(found) <= most


def test_times_are_now() -> None:
    before = time.time()
    text, seconds = dynamic.value("isoTimestamp"), dynamic.value("timestamp")
    after = time.time()
    # Both are cut off, to milliseconds and to seconds.
    assert before - 0.001 <= datetime.datetime.fromisoformat(text).timestamp() <= after
    assert int(before) <= int(seconds) <= after


DAY = datetime.timedelta(days=1)
SLACK = datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("randomDatePast", -366 * DAY, 0 * DAY),
        ("randomDateFuture", 0 * DAY, 366 * DAY),
        ("randomDateRecent", -DAY, 0 * DAY),
    ],
)
def test_dates_lie_where_they_say(
    name: str, first: datetime.timedelta, last: datetime.timedelta
) -> None:
    now = datetime.datetime.now(datetime.UTC)
    for _ in range(DRAWS):
        weekday, month, *parts, zone = dynamic.value(name).split(" ", 5)
        day, year, clock = parts
        number = [m[:3] for m in MONTHS].index(month) + 1
        text = f"{year}-{number:02}-{day}T{clock}+00:00"
        found = datetime.datetime.fromisoformat(text)
        assert first - SLACK <= found - now <= last + SLACK
        assert WEEKDAYS[found.weekday()].startswith(weekday)
        assert zone.startswith("GMT+0000")


def test_identifiers_are_what_they_are_called() -> None:
    for _ in range(DRAWS):
        assert uuid.UUID(dynamic.value("guid")).version == 4
        ipaddress.IPv4Address(dynamic.value("randomIP"))
        ipaddress.IPv6Address(dynamic.value("randomIPV6"))
        urlsplit(dynamic.value("randomUrl"))


def test_the_number_of_an_account_is_valid() -> None:
    """ISO 13616: with the first four letters last and A as 10, it is 1 modulo 97."""
    for _ in range(DRAWS):
        text = dynamic.value("randomBankAccountIban")
        digits = "".join(str(int(letter, 36)) for letter in text[4:] + text[:4])
        assert int(digits) % 97 == 1


def test_mail_reaches_nobody() -> None:
    """The domains of RFC 2606."""
    for _ in range(DRAWS):
        host = dynamic.value("randomEmail").rpartition("@")[2]
        assert re.fullmatch(r"example\.(com|net|org)", host)


def test_a_picture_is_svg() -> None:
    text = dynamic.value("randomImageDataUri")
    assert unquote(text.partition(",")[2]).startswith("<svg xmlns=")


def test_a_seed_of_the_application_repeats_nothing() -> None:
    """Applications seed Faker in their tests, where unique values are wanted all the same."""
    found = []
    for _ in range(2):
        faker.Faker.seed(7)
        found.append([dynamic.value("randomStreetAddress") for _ in range(3)])
    assert found[0] != found[1]


def test_unknown_names_are_told() -> None:
    for name in ("nothing", "$guid", "GUID", ""):
        with pytest.raises(KeyError, match=re.escape(f"variable named ${name}")):
            dynamic.value(name)


ARGUMENTS = st.one_of(st.text(), st.integers(), st.booleans(), st.floats())


@given(ARGUMENTS, st.sampled_from(sorted(dynamic.NAMES)))
def test_what_is_given_stays(argument: typing.Any, name: str) -> None:
    assert dynamic.given(argument, name) is argument


def test_what_is_not_given_is_made() -> None:
    found = {dynamic.given(None, "guid") for _ in range(3)}
    assert len(found) == 3
    assert all(re.fullmatch(UUID, value) for value in found)
    with pytest.raises(KeyError):
        dynamic.given(None, "nothing")


WITHOUT_FAKER = """
import sys
sys.modules["faker"] = None  # as Python marks what cannot be imported
from pmgen.runtime import dynamic
from pmgen.runtime.dynamic_made import MADE
for name in MADE:
    dynamic.value(name)
for name in dynamic.NAMES - MADE.keys():
    try:
        dynamic.value(name)
    except ImportError as error:
        print(name, error, sep=": ")
"""


def test_without_faker_the_error_says_what_to_do() -> None:
    """In an interpreter of its own, since what is loaded stays loaded."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT_FAKER],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = sorted(done.stdout.splitlines())
    assert lines == [
        f"{name}: {{{{${name}}}}} needs a library: pip install 'Faker'; or give a value of your own"
        for name in sorted(FAKED)
    ]


def test_faker_is_loaded_by_what_needs_it_only() -> None:
    text = (
        "import sys\n"
        "from pmgen.runtime import dynamic\n"
        "dynamic.value('guid'), dynamic.value('randomJobTitle')\n"
        "print('faker' in sys.modules)\n"
        "dynamic.value('randomCity')\n"
        "print('faker' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]
