"""`pmgen diff` as users run it: what it prints, how it ends, what it refuses."""

from __future__ import annotations

import copy
import json
import typing
from pathlib import Path

import build
import pytest
from command import here, one_refusal, process, put, run
from editing import HARBOUR, ROOT

if typing.TYPE_CHECKING:
    from click.testing import Result

__all__ = ["here"]

BOOK = {"name": "ok", "code": 200, "body": '{"id": 1, "title": "Emma"}'}
OLD: build.Data = build.collection(
    build.folder(
        "Books",
        build.item(build.get("https://h.test/books/:id?page=1"), BOOK, name="Get book"),
        build.item(build.get("https://h.test/books"), name="List books"),
    )
)


def edited() -> build.Data:
    """Another version, with a change of each level."""
    new = copy.deepcopy(OLD)
    get = new["item"][0]["item"][0]
    get["request"]["description"] = "One `book`."
    get["response"].append({**BOOK, "body": '{"id": 2, "title": null}'})
    new["item"][0]["item"][1] = build.item(
        build.get("https://h.test/news"), name="News"
    )
    return new


def compared(old: build.Data, new: build.Data, *options: str) -> Result:
    put("old.json", old)
    put("shop.json", new)
    return run("diff", "old.json", "shop.json", *options)


MARKDOWN = """\
## `shop`: 1 breaking, 1 inference, 1 additive, 1 docs

### Breaking: code that uses the client must change, or does something else

- `client.books.list_books(...)`: is gone

### Only inferred: other examples, so that types are wider or narrower

- `shop.books.models.Book`: the field `title` may be null: was `str`, is `str | None`

### Additive: code that uses the client goes on as it is

- `client.books.news(...)`: is new

### Documentation only

- `client.books.get_book(...)`: its `description` changed
"""


def test_markdown() -> None:
    result = compared(OLD, edited())
    assert result.exit_code == 1
    assert result.stdout == MARKDOWN
    assert result.stderr == ""


def test_json() -> None:
    result = compared(OLD, edited(), "--output-format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {"clients": [SHOP]}


SHOP: build.Data = {
    "package": "shop",
    "counts": {"breaking": 1, "inference": 1, "additive": 1, "docs": 1},
    "changes": [
        {
            "kind": "operation-removed",
            "level": "breaking",
            "subject": "client.books.list_books(...)",
            "what": "",
            "was": "",
            "now": "",
            "old": "/item/0/item/1",
            "new": None,
            "text": "is gone",
        },
        {
            "kind": "field-nullable",
            "level": "inference",
            "subject": "shop.books.models.Book",
            "what": "title",
            "was": "str",
            "now": "str | None",
            "old": "/item/0/item/0",
            "new": "/item/0/item/0",
            "text": "the field `title` may be null: was `str`, is `str | None`",
        },
        {
            "kind": "operation-added",
            "level": "additive",
            "subject": "client.books.news(...)",
            "what": "",
            "was": "",
            "now": "",
            "old": None,
            "new": "/item/0/item/1",
            "text": "is new",
        },
        {
            "kind": "operation-docs",
            "level": "docs",
            "subject": "client.books.get_book(...)",
            "what": "description",
            "was": "",
            "now": "One `book`.",
            "old": "/item/0/item/0",
            "new": "/item/0/item/0",
            "text": "its `description` changed",
        },
    ],
}


@pytest.mark.parametrize("style", ["markdown", "json"])
def test_nothing(style: str) -> None:
    result = compared(OLD, OLD, "--output-format", style)
    assert result.exit_code == 0
    nothing = {
        "markdown": "Nothing changes for users.",
        "json": '{\n  "clients": []\n}',
    }
    assert result.stdout == f"{nothing[style]}\n"


def test_what_is_not_breaking_ends_well() -> None:
    new = copy.deepcopy(OLD)
    new["item"].append(build.item(build.get("https://h.test/news"), name="News"))
    result = compared(OLD, new)
    assert result.exit_code == 0
    assert "### Additive" in result.stdout
    assert "### Breaking" not in result.stdout


def test_a_change_of_many_is_told_once() -> None:
    new = json.loads((ROOT / HARBOUR).read_text(encoding="utf-8"))
    old = copy.deepcopy(new)
    new["auth"] = build.auth("apikey", key="X-Key", value="{{key}}")
    result = compared(old, new)
    told = [line for line in result.stdout.splitlines() if "authenticates" in line]
    assert told == [
        "- `client.bookings.cancel_a_booking(...)`, `client.bookings.change_a_booking(...)`, "
        "`client.bookings.create_a_booking(...)` and 21 more: authenticates with "
        "`apikey: key`, did with `bearer: access_token`"
    ]
    found = json.loads(compared(old, new, "--output-format", "json").stdout)
    kinds = [change["kind"] for change in found["clients"][0]["changes"]]
    assert kinds.count("operation-auth") == 24


HOSTILE = "```\n# Title <b>\u202e"


def test_text_of_a_collection_stays_in_its_place() -> None:
    request = build.item(build.get("https://h.test/{{region}}/a"), name="A")
    old = build.collection(request, variable=build.pairs(region="eu"))
    new = build.collection(request, variable=build.pairs(region=HOSTILE))
    lines = compared(old, new).stdout.splitlines()
    assert not any(line.startswith(("# Title", "```")) for line in lines)
    assert "\u202e" not in "".join(lines)
    (told,) = (line for line in lines if "default" in line)
    assert told.count("````") == 2


def test_two_sources_are_one_client_whatever_they_are_called() -> None:
    """Their names in pmgen.toml and the client's are those of the new one."""
    put("pmgen.toml", b'[collections.shop.names]\n"Books/Get book" = "read"\n')
    assert "client.books.read(...)" in compared(OLD, edited()).stdout


def test_names_that_users_have() -> None:
    """The client that was generated calls a method otherwise than a new one would."""
    put("collections/shop.json", OLD)
    put("pmgen.toml", b'[collections.shop.names]\n"Books/Get book" = "read"\n')
    assert run("generate").exit_code == 0
    put("pmgen.toml", b"")
    new = copy.deepcopy(OLD)
    new["item"][0]["item"].pop(0)
    put("new/shop.json", new)
    result = run("diff", "collections/shop.json", "new/shop.json")
    assert "`client.books.read(...)`: is gone" in result.stdout


def test_a_rename_is_one_that_generate_makes() -> None:
    """What is told to be called so is called so after both have been generated, one after the other."""
    put("old/shop.json", OLD)
    put("collections/shop.json", OLD)
    assert run("generate").exit_code == 0
    new = copy.deepcopy(OLD)
    new["item"][0]["item"][0]["name"] = "Read"
    new["item"].append(new["item"][0]["item"].pop(0))
    put("collections/shop.json", new)
    told = run("diff", "old/shop.json", "collections/shop.json").stdout
    assert run("generate").exit_code == 0
    client = Path("generated/shop/client.py").read_text(encoding="utf-8")
    books = Path("generated/shop/books/client.py").read_text(encoding="utf-8")
    assert "`client.books.get_book(...)`: is now `client.get_book(...)`" in told
    assert "def get_book(" in client
    assert "def get_book(" not in books
    assert "list_books" not in told
    assert "def list_books(" in books


def test_folders_of_collections() -> None:
    put("old/a.json", OLD)
    put("old/b.json", OLD)
    put("new/b.json", OLD)
    put("new/c.json", OLD)
    result = run("diff", "old", "new")
    assert result.exit_code == 1
    assert "- `a`: is gone" in result.stdout
    assert "- `c`: is new" in result.stdout
    assert "`b`" not in result.stdout


def test_an_environment_counts_for_both() -> None:
    old = build.collection(build.item(build.get("{{base}}/a"), name="A"))
    new = {**old, "variable": build.pairs(base="https://h.test")}
    assert "`base` is `https://h.test` by default" in compared(old, new).stdout
    put("env.json", {"name": "e", "values": build.pairs(base="https://e.test")})
    result = compared(old, new, "--environment", "env.json")
    assert result.stdout == "Nothing changes for users.\n"


def test_what_else_was_found_is_counted() -> None:
    new = copy.deepcopy(OLD)
    new["item"].append({"name": "Nothing to call"})
    result = compared(OLD, new)
    assert result.stdout == "Nothing changes for users.\n"
    assert result.stderr == "shop.json: 1 warning; `pmgen inspect` shows them.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Give OLD and NEW"),
        (("old.json",), "Give OLD and NEW"),
        (("a", "b", "c"), "Give OLD and NEW"),
        (("-", "-"), "Standard input is one collection"),
        (("old.json", "shop.json", "--output-format", "html"), "html"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], words: str) -> None:
    put("old.json", OLD)
    put("shop.json", OLD)
    result = run("diff", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_a_source_that_is_not_there() -> None:
    put("old.json", OLD)
    one_refusal(run("diff", "old.json", "no.json"), "PM001", "no.json")


def test_a_source_that_is_broken() -> None:
    put("old.json", OLD)
    put("new.json", b"{")
    one_refusal(run("diff", "old.json", "new.json"), "PM003", "new.json:1")


def test_a_pin_for_nothing_new_is_an_error_and_for_nothing_old_is_none() -> None:
    put("pmgen.toml", b'[collections.shop.names]\n"News" = "news_of_today"\n')
    new = copy.deepcopy(OLD)
    new["item"].append(build.item(build.get("https://h.test/news"), name="News"))
    assert "`client.news_of_today(...)`: is new" in compared(OLD, new).stdout
    one_refusal(compared(new, OLD), "PM017", "News")


def test_a_manifest_that_is_broken() -> None:
    put("generated/shop/.pmgen.json", b"{")
    one_refusal(compared(OLD, OLD), "PM009", ".pmgen.json")


def test_standard_input() -> None:
    put("old.json", OLD)
    done = process("diff", "old.json", "-", stdin=json.dumps(OLD).encode())
    assert done.stdout == b"Nothing changes for users.\n"
    assert done.returncode == 0


def test_two_sources_of_one_name() -> None:
    put("old/a b.json", OLD)
    put("old/a_b.json", OLD)
    put("new/a.json", OLD)
    one_refusal(run("diff", "old", "new"), "PM008", "old/a_b.json", "package a_b")
