"""`types`: what it prints is a module that runs, type-checks and gives back every sample; what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
import typing
from pathlib import Path

import pytest
from command import here as here
from command import one_refusal, process, put, run
from printed import executed

from pmgen import resources
from pmgen.code import Code
from pmgen.format import format_source
from pmgen.infer import (
    Choice,
    Field,
    Origin,
    Record,
    Ref,
    Role,
    Scalar,
    TypeTable,
    Use,
)
from pmgen.names import Names, Symbol
from pmgen.names.symbols import Thing
from pmgen.pipeline import Resources
from pmgen.samples import SAMPLES, compile_samples, types_of
from pmgen.standalone import standalone

if typing.TYPE_CHECKING:
    from pmgen.source import Json

TOOLS = Resources(resources.templates(), resources.runtime(), format_source)
BOOKING: dict[str, Json] = {
    "id": 7,
    "from": "2024-05-01",
    "made": "2024-04-01T10:20:30.123Z",
    "guest": {"name": "Ann", "e-mail": None},
    "rooms": [{"number": "12", "price": 80.50}],
    "notes": [],
}


def output(*arguments: str, stdin: bytes | None = None) -> str:
    """What the command prints where nothing is wrong."""
    result = run("types", *arguments, stdin=stdin)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_one_file_becomes_a_module_with_a_class_of_its_name() -> None:
    put("booking.json", BOOKING)
    module = executed(output("booking.json"))
    found = module.Booking.from_json(BOOKING)
    assert (found.made.year, found.guest.e_mail, found.rooms[0].price) == (
        2024,
        None,
        80.5,
    )
    assert found.to_json() == BOOKING
    assert isinstance(found.guest, module.Guest)


def test_the_module_does_what_its_docstring_says() -> None:
    put("booking.json", BOOKING)
    text = output("booking.json")
    module = executed(text)
    assert module.__doc__ is not None
    usage = [line[4:] for line in module.__doc__.splitlines() if line[:4] == " " * 4]
    assert usage[0] == "booking = Booking.from_json(json.loads(text))"
    scope = {**vars(module), "json": json, "text": json.dumps(BOOKING)}
    exec("\n".join(usage), scope)  # noqa: S102 - ours
    assert json.loads(scope["text"]) == BOOKING
    assert "booking.json (1 sample)" in module.__doc__


def test_what_does_not_match_is_told_with_its_place() -> None:
    put("booking.json", BOOKING)
    module = executed(output("booking.json"))
    wrong = {**BOOKING, "rooms": [{"number": 12, "price": 1}]}
    with pytest.raises(module.DriftError, match=r"\$\.rooms\[0\]\.number: expected"):
        module.Booking.from_json(wrong)


def test_all_files_are_samples_of_one_type() -> None:
    put("a/booking.json", {"id": 1})
    put("b/other.json", {"id": 2, "note": "x"})
    text = output("a/booking.json", "b/other.json")
    assert "note: str | None = None" in text
    assert "booking.json, other.json (2 samples)" in text
    assert "a/booking" not in text


LINES = b'{"id": 1}\n\n{"id": 2, "note": "x"}\r\n{"id": 3}\n'


@pytest.mark.parametrize("name", ["bookings.jsonl", "bookings.json", "bookings.log"])
def test_lines_of_json_are_samples(name: str) -> None:
    put(name, LINES)
    text = output(name)
    assert "class Booking(Model):" in text
    assert "(3 samples)" in text
    assert "note: str | None = None" in text


def test_standard_input_is_a_file() -> None:
    text = output("-", stdin=b'{"a": 1}')
    assert "class Reply(Model):" in text
    assert "standard input (1 sample)" in text


def test_name_is_that_of_the_class_at_the_top() -> None:
    put("x.json", [{"post_office": {"post_office": {"a": 1}}}])
    module = executed(output("x.json", "--name", "PostOffice"))
    (found,) = module.POST_OFFICE_LIST.from_json(
        [{"post_office": {"post_office": {"a": 1}}}]
    )
    assert type(found) is module.PostOffice
    assert type(found.post_office) is not module.PostOffice


@pytest.mark.parametrize(
    "name", ["", "booking", "a b", "1A", "class", "None", "_A", "json", "I", "Ａ"]
)
def test_a_name_that_no_class_can_have_is_a_mistake_of_usage(name: str) -> None:
    put("x.json", {"a": 1})
    result = run("types", "x.json", "--name", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Invalid value for '--name'" in result.stderr


def test_without_a_file_there_is_nothing_to_do() -> None:
    assert run("types").exit_code == 2


TOPS: list[tuple[Json, str, str]] = [
    ([{"a": 1}], "THINGS", "list[Thing]"),
    (3, "THINGS", "int"),
    ("2024-01-02", "THINGS", "_dt.date"),
    ([1, None, "x"], "THINGS", "list[str | int | None]"),
    ([], "THINGS", "list[Json]"),
    (None, "THINGS", "Json"),
    ([[{"a": 1}, None]], "THINGS", "list[list[Thing | None]]"),
]


@pytest.mark.parametrize(("value", "codec", "annotation"), TOPS, ids=str)
def test_what_is_no_object_has_a_codec(
    value: Json, codec: str, annotation: str
) -> None:
    put("things.json", value)
    text = output("things.json")
    assert f"{codec}: Codec[{annotation}] = " in text
    assert f"{codec}.from_json(json.loads(text))" in text
    reader = getattr(executed(text), codec)
    assert reader.to_json(reader.from_json(value)) == value


BUSY = [
    *("Model", "Drift", "DriftError", "Json", "Codec", "Mismatch", "Unset", "Date"),
    *("T", "json", "typing", "dataclasses", "re", "datetime", "value_error", "Leaf"),
    *("mapping", "sequence", "ListOf", "OneOf", "DateTime", "self", "new", "builtins"),
    *("dump", "parse", "data", "drift", "get", "v", "model", "cls", "classmethod"),
    *("list", "dict", "str", "_rt", "_dc", "_t", "from_json", "to_json", "extra"),
]
"""Keys that are called as something in the module."""

HOSTILE: dict[str, Json] = {
    key: {key: {"when": ["2024-01-02", None], "or": [1, "x"]}} for key in BUSY
}


@pytest.mark.parametrize(
    "name", ["Model", "DriftError", "UNSET", "ValueError", "Mapping", "OneOf", "T"]
)
def test_names_of_the_runtime_are_free_for_classes(name: str) -> None:
    samples: list[Json] = [HOSTILE, {}, {**HOSTILE, "Date": None}]
    put("x.jsonl", "\n".join(map(json.dumps, samples)).encode())
    module = executed(output("x.jsonl", "--name", name))
    for sample in samples:
        assert getattr(module, name).from_json(sample).to_json() == sample
    with pytest.raises(ValueError, match="expected object"):
        getattr(module, name).from_json([])


def test_every_class_keeps_its_name_whatever_the_runtime_has() -> None:
    put("x.json", {key: {key: 1} for key in ("Model", "Drift", "Json")})
    text = output("x.json")
    assert [line for line in text.splitlines() if line.startswith("class ")][:5] == [
        "class _Model:",
        "class X(_Model):",
        "class Model(_Model):",
        "class Drift(_Model):",
        "class Json(_Model):",
    ]


ALMOST = b"""{
  // the guest
  "name": "Ann",
  "rooms": [1, 2,],
}"""


def test_almost_json_is_repaired_and_told() -> None:
    put("guest.json", ALMOST)
    result = run("types", "guest.json")
    assert result.exit_code == 0
    assert "rooms: list[int]" in result.stdout
    assert result.stderr == (
        "guest.json:1:1: info PM016 The file is not quite JSON: 1 comment removed, 2 trailing commas removed. "
        "Mend the file to be sure.\n"
    )


REFUSED: list[tuple[str, bytes, str, str]] = [
    ("a.json", b"", "PM015", "a.json:1:1"),
    ("a.jsonl", b" \n\n ", "PM015", "a.jsonl:1:1"),
    ("a.json", b'{"a": 1', "PM015", "a.json:1:8"),
    ("a.json", b'{"a": {{x}} }', "PM015", "a.json:1:7"),
    ("a.json", b"\x00\x01\x02", "PM015", "a.json"),
    ("a.jsonl", b'{"a": 1}\n{"a" 1}\n', "PM015", "a.jsonl:2:6"),
    ("a.json", b'{"a": 1}\n{"a": NaN}\n', "PM015", "a.json:2:7"),
    ("a.jsonl", b'{"a": 1,}\n{"a": 1}\n', "PM015", "a.jsonl:1:9"),
    ("a.json", b"[" * 100_000, "PM007", "a.json:1:301"),
    ("a.jsonl", b"1\n" + b"[" * 100_000, "PM007", "a.jsonl:2:"),
    ("a.json", b"[1e999]", "PM007", "a.json:1:2"),
    ("a.json", b"9" * 5000, "PM007", "a.json:1:1"),
    ("a.json", b"<html></html>", "PM015", "a.json:1:1"),
    ("a.json", b"\xff\xfe\xfd", "PM015", "a.json:1:1"),
]


@pytest.mark.parametrize(("name", "raw", "code", "place"), REFUSED)
def test_what_cannot_be_read_is_an_error_with_its_place(
    name: str, raw: bytes, code: str, place: str
) -> None:
    put(name, raw)
    one_refusal(run("types", name), code, place)


def test_one_bad_file_spoils_all() -> None:
    put("a.json", {"a": 1})
    put("b.json", b"{")
    one_refusal(run("types", "a.json", "b.json"), "PM015", "b.json:1:2")


def test_paths_that_are_no_files_are_errors(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    one_refusal(run("types", "folder"), "PM001", "This is a folder")
    one_refusal(run("types", "missing.json"), "PM001", "No such file")
    one_refusal(run("types", "nul\0"), "PM001")


def test_other_encodings_are_read_with_a_word() -> None:
    put("a.json", '{"é": "é"}'.encode("utf-16"))
    assert '"é"' in output("a.json")
    put("b.json", '{"é": "é"}'.encode("latin-1"))
    result = run("types", "b.json")
    assert result.exit_code == 0
    assert "b.json:1:3: warning PM002" in result.stderr


def test_repeated_keys_are_told_once_for_each_place() -> None:
    put("a.jsonl", b'{"a": 1}\n{"a": 1, "a": 2}\n{"a": 1, "a": 2}\n')
    result = run("types", "a.jsonl")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        'a.jsonl:2:15: warning PM006 The key "a" stands twice. Remove one; the last one was used. [/a]'
    ]


def test_the_output_is_utf_8_whatever_the_terminal_is() -> None:
    put("a.json", {"é": {"名前": "é"}})
    done = process("types", "a.json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert '"名前"' in done.stdout.decode("utf-8")


DEEP = "[" * 140 + "1" + "]" * 140


@pytest.mark.parametrize(
    "raw", [DEEP.encode(), DEEP.replace("[", '{"a": ').replace("]", "}").encode()]
)
def test_what_lies_very_deep_has_no_type_and_no_traceback(raw: bytes) -> None:
    put("deep.json", raw)
    module = executed(output("deep.json"))
    reader = getattr(module, "Deep", None) or module.DEEP
    value = json.loads(raw)
    found = reader.from_json(value)
    dumped = found.to_json() if hasattr(found, "to_json") else reader.to_json(found)
    assert dumped == value


def test_the_same_samples_give_the_same_bytes() -> None:
    put("a.json", HOSTILE)
    assert process("types", "a.json").stdout == process("types", "a.json").stdout


# --- any table ---

TAGGED = Role("/item/0", Use.REPLY, 200)
OTHER = Role("/item/1", Use.REPLY, 404)


def table_of_a_choice() -> TypeTable:
    """A list of cats and dogs, and in another role a cat."""
    kind = Field("kind", Scalar("string"), True, 2, 2, 0)
    lives = Field("lives", Scalar("integer"), True, 1, 1, 0)
    pets = Choice("kind", (("cat", Ref(1)), ("dog", Ref(2))))
    return TypeTable(
        (
            Record((Field("pet", pets, True, 2, 2, 0),), (Origin(TAGGED, (), 2),)),
            Record((kind, lives), (Origin(TAGGED, ("pet",), 1), Origin(OTHER, (), 1))),
            Record((kind,), (Origin(TAGGED, ("pet",), 1),)),
        ),
        {TAGGED: Ref(0), OTHER: Ref(1)},
    )


def names_of_a_choice(*classes: str) -> Names:
    found = {Symbol(Thing.RECORD, (n,)): Code(name) for n, name in enumerate(classes)}
    fields = [(0, "pet"), (1, "kind"), (1, "lives"), (2, "kind")]
    found |= {Symbol(Thing.FIELD, field): Code(field[1]) for field in fields}
    return Names(found)


def test_any_table_has_a_module() -> None:
    table = table_of_a_choice()
    found = standalone(table, names_of_a_choice("Owner", "Pet", "Dog"), TOOLS)
    assert found.readers == {TAGGED: "Owner", OTHER: "Pet"}
    module = executed(found.text)
    for pet in ({"kind": "cat", "lives": 9}, {"kind": "dog"}):
        assert module.Owner.from_json({"pet": pet}).to_json() == {"pet": pet}
    assert type(module.Owner.from_json({"pet": {"kind": "dog"}}).pet) is module.Dog
    with pytest.raises(module.DriftError, match=r'expected "cat" or "dog"'):
        module.Owner.from_json({"pet": {"kind": "bird"}})


def test_one_role_of_a_table_has_its_own_records_only() -> None:
    names = names_of_a_choice("Owner", "Cat", "Dog")
    found = standalone(table_of_a_choice(), names, TOOLS, roles=[OTHER])
    assert found.readers == {OTHER: "Cat"}
    assert "class Cat(Model)" in found.text
    assert not {"Owner", "Dog", "ChoiceOf"} & set(vars(executed(found.text)))


def test_what_the_types_do_not_need_is_left_out() -> None:
    typed = types_of([{"a": 1}], "Thing")
    text = standalone(typed.table, typed.names, TOOLS).text
    for unused in ("logging", "datetime", "Codec", "UnionOf", "LogDrift", "httpx"):
        assert unused not in text


def test_printed_modules_are_clean_to_every_checker(tmp_path: Path) -> None:
    """mypy --strict, pyright and black, each over all of them at once."""
    files: dict[str, list[Json]] = {
        "booking": [BOOKING],
        "hostile": [HOSTILE, {}, {**HOSTILE, "Date": None}],
        "map": [
            {
                "by_id": {
                    "1": {"at": "2024-01-02T03:04:05Z"},
                    "2": {"at": "2024-01-02T03:04:06Z"},
                }
            }
        ],
        "union": [{"a": 1}, {"a": "x"}, {"a": None}, {"a": [1, {"b": 1}]}, {"b": None}],
        "top_list": [[{"a": 1}]],
        "top_union": [1, {"a": 1}, None],
        "scalar": [1.5],
        "date": ["2024-01-02"],
        "nothing": [{}],
    }
    for name, samples in files.items():
        raw = "\n".join(map(json.dumps, samples)).encode()
        text = compile_samples({f"{name}.jsonl": raw}, None, TOOLS).text
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    choice = standalone(table_of_a_choice(), names_of_a_choice("A", "B", "C"), TOOLS)
    (tmp_path / "choice.py").write_text(choice.text, encoding="utf-8")
    names = sorted(path.name for path in tmp_path.glob("*.py"))
    for tool in (("mypy", "--strict"), ("pyright",), ("black", "--check", "-q")):
        done = subprocess.run(
            [sys.executable, "-m", *tool, *names],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_user_of_the_module_is_checked_against_its_types(tmp_path: Path) -> None:
    put("booking.json", BOOKING)
    Path("booking.py").write_text(output("booking.json"), encoding="utf-8")
    Path("user.py").write_text(
        "import json\nfrom booking import Booking\n"
        'b = Booking.from_json(json.loads("{}"))\n'
        "reveal_type(b.made)\nreveal_type(b.rooms[0].price)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "user.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'Revealed type is "datetime.datetime"' in done.stdout, done.stdout
    assert 'Revealed type is "float"' in done.stdout


def test_samples_role_is_that_of_the_table() -> None:
    assert list(types_of([1, 2], "x").table.roots) == [SAMPLES]
