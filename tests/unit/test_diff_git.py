"""`pmgen diff --git` in a repository of its own: what a revision has, and what it has not."""

from __future__ import annotations

import os
import subprocess
import typing
from pathlib import Path

import build
import pytest
from command import PING, here, one_refusal, put, run

if typing.TYPE_CHECKING:
    from click.testing import Result

__all__ = ["here"]

BOOK: build.Data = build.item(build.get("https://h.test/books/:id"), name="Get book")
NEWS: build.Data = build.item(build.get("https://h.test/news"), name="News")
OLD: build.Data = build.collection(build.folder("Books", BOOK))
NEW: build.Data = build.collection(build.folder("Books"), NEWS)
SHOP = "collections/shop.json"
NOTHING = "Nothing changes for users.\n"


def git(*arguments: str) -> str:
    """git as nobody's own settings have it."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{
            f"GIT_{who}_{what}": "a@h.test" for who in WHO for what in ("NAME", "EMAIL")
        },
    }
    done = subprocess.run(
        ["git", *arguments],  # noqa: S607 - the tests need one
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


WHO = ("AUTHOR", "COMMITTER")


@pytest.fixture(autouse=True)
def repository(here: Path) -> Path:
    """With one commit, which has a collection."""
    git("init", "-q", "-b", "main")
    put(SHOP, OLD)
    commit()
    return here


def commit() -> None:
    """All that lies there."""
    git("add", "-A")
    git("commit", "-q", "-m", "some")


def refused(result: Result, words: str) -> None:
    """Exit 2 with these words, and no more than words."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert words in result.stderr


@pytest.mark.parametrize("sources", [(), (SHOP,), ("collections",)])
def test_a_revision_and_what_lies_there(sources: tuple[str, ...]) -> None:
    assert run("diff", "--git", "HEAD", *sources).stdout == NOTHING
    put(SHOP, NEW)
    result = run("diff", "--git", "HEAD", *sources)
    assert result.exit_code == 1
    assert "- `client.books.get_book(...)`: is gone" in result.stdout
    assert "- `client.news(...)`: is new" in result.stdout
    commit()
    assert run("diff", "--git", "HEAD", *sources).stdout == NOTHING
    assert run("diff", "--git", "HEAD~1", *sources).stdout == result.stdout
    assert run("diff", "--git", "main~1", *sources).stdout == result.stdout


def test_nothing_is_written(repository: Path) -> None:
    put(SHOP, NEW)
    before = sorted(repository.rglob("*"))
    run("diff", "--git", "HEAD")
    assert sorted(repository.rglob("*")) == before
    assert git("status", "--porcelain").split() == ["M", SHOP]


def test_an_absolute_path_and_a_folder_inside(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(SHOP, NEW)
    told = run("diff", "--git", "HEAD", SHOP).stdout
    assert run("diff", "--git", "HEAD", str(repository / SHOP)).stdout == told
    monkeypatch.chdir(repository / "collections")
    assert run("diff", "--git", "HEAD", "shop.json").stdout == told
    assert run("diff", "--git", "HEAD", "../collections/shop.json").stdout == told


def test_a_folder_of_format_3() -> None:
    put("pets/ping.request.yaml", PING)
    commit()
    assert run("diff", "--git", "HEAD", "pets").stdout == NOTHING
    put("pets/ping.request.yaml", PING.replace(b"GET", b"POST"))
    result = run("diff", "--git", "HEAD", "pets")
    assert "- `client.ping(...)`: sends `POST`, sent `GET`" in result.stdout
    assert result.exit_code == 0
    put("pets/pong.request.yaml", PING.replace(b"ping", b"pong"))
    assert "`client.pong(...)`: is new" in run("diff", "--git", "HEAD", "pets").stdout


def test_collections_that_come_and_go(repository: Path) -> None:
    (repository / SHOP).unlink()
    put("collections/zoo.json", OLD)
    result = run("diff", "--git", "HEAD")
    assert "- `shop`: is gone" in result.stdout
    assert "- `zoo`: is new" in result.stdout


def test_an_environment_among_the_collections_is_no_client() -> None:
    put("collections/e.json", {"name": "e", "values": []})
    commit()
    assert run("diff", "--git", "HEAD").stdout == NOTHING


def test_the_settings_of_then_count_for_then() -> None:
    """A pin that is new renames what users have."""
    put("pmgen.toml", b'[collections.shop.names]\n"Books/Get book" = "read"\n')
    result = run("diff", "--git", "HEAD")
    assert (
        "`client.books.get_book(...)`: is now `client.books.read(...)`" in result.stdout
    )
    commit()
    assert run("diff", "--git", "HEAD").stdout == NOTHING


def test_the_names_of_then_are_those_of_its_manifest() -> None:
    put("pmgen.toml", b'[collections.shop.names]\n"Books/Get book" = "read"\n')
    assert run("generate").exit_code == 0
    put("pmgen.toml", b"")
    commit()
    put(SHOP, NEW)
    result = run("diff", "--git", "HEAD")
    assert "- `client.books.read(...)`: is gone" in result.stdout


def test_the_environment_of_then_and_of_now() -> None:
    data = build.collection(build.item(build.get("{{base}}/a"), name="A"))
    put(SHOP, data)
    put("pmgen.toml", b'environment = "e.json"\n')
    put("e.json", {"name": "e", "values": build.pairs(base="https://old.test")})
    commit()
    put("e.json", {"name": "e", "values": build.pairs(base="https://new.test")})
    told = "the default of the setting `base` was `https://old.test`, is `https://new.test`"
    assert told in run("diff", "--git", "HEAD").stdout
    both = run("diff", "--git", "HEAD", "--environment", "e.json")
    assert both.stdout == NOTHING


def test_a_link_within_the_repository(repository: Path) -> None:
    put("api/shop.json", OLD)
    (repository / SHOP).unlink()
    (repository / SHOP).symlink_to("../api/shop.json")
    commit()
    put("api/shop.json", NEW)
    result = run("diff", "--git", "HEAD", SHOP)
    assert "- `client.books.get_book(...)`: is gone" in result.stdout


@pytest.mark.parametrize(
    "to", ["../../elsewhere.json", "/etc/passwd", "sub/../../x.json", "../.."]
)
def test_a_link_out_of_the_repository(repository: Path, to: str) -> None:
    (repository / SHOP).unlink()
    (repository / SHOP).symlink_to(to)
    commit()
    (repository / SHOP).unlink()
    put(SHOP, OLD)
    one_refusal(run("diff", "--git", "HEAD", SHOP), "PM001", f"HEAD:{SHOP}", "link")


def test_links_in_a_circle(repository: Path) -> None:
    (repository / SHOP).unlink()
    (repository / SHOP).symlink_to("b.json")
    (repository / "collections" / "b.json").symlink_to("shop.json")
    commit()
    (repository / SHOP).unlink()
    put(SHOP, OLD)
    one_refusal(run("diff", "--git", "HEAD", SHOP), "PM001", f"HEAD:{SHOP}")


def test_errors_in_a_folder_inside(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are called as git calls them: from the top."""
    put("api/a.json", b"{")
    put("web/b.json", OLD)
    commit()
    put("api/a.json", OLD)
    monkeypatch.chdir(repository / "web")
    result = run("diff", "--git", "HEAD", "../api/a.json")
    one_refusal(result, "PM003", "HEAD:api/a.json:1")


@pytest.mark.parametrize("name", ["no-such", "-p", "", "HEAD~99", "--output=x"])
def test_no_such_revision(name: str) -> None:
    refused(run("diff", f"--git={name}", SHOP), name or "is no revision")


def test_no_such_file_in_the_revision() -> None:
    put("collections/zoo.json", NEW)
    result = run("diff", "--git", "HEAD", "collections/zoo.json")
    one_refusal(result, "PM001", "HEAD:collections/zoo.json", "no such file")


def test_no_such_file_now(repository: Path) -> None:
    (repository / SHOP).unlink()
    one_refusal(run("diff", "--git", "HEAD", SHOP), "PM001", SHOP)


def test_a_file_out_of_the_repository(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = str(tmp_path_factory.mktemp("other") / "shop.json")
    put(path, OLD)
    one_refusal(run("diff", "--git", "HEAD", path), "PM001", "no such file")


def test_a_broken_file_in_the_revision() -> None:
    put(SHOP, b"{")
    put("pmgen.toml", b"sources = 5")
    commit()
    put(SHOP, OLD)
    (Path("pmgen.toml")).unlink()
    refused(run("diff", "--git", "HEAD", SHOP), "HEAD:pmgen.toml: error PM008")
    put("pmgen.toml", b"")
    git("add", "-A")
    git("commit", "-q", "-m", "mended, but for the collection", "pmgen.toml")
    one_refusal(run("diff", "--git", "HEAD", SHOP), "PM003", f"HEAD:{SHOP}:1")


def test_no_repository(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("none")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    put(SHOP, OLD)
    refused(run("diff", "--git", "HEAD"), "not a git repository")


def test_no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    refused(run("diff", "--git", "HEAD"), "needs git")


def test_standard_input_has_no_revision() -> None:
    refused(run("diff", "--git", "HEAD", "-", stdin=b"{}"), "Standard input")


def test_a_repository_without_a_commit(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("new"))
    git("init", "-q")
    put(SHOP, OLD)
    refused(run("diff", "--git", "HEAD"), "no revision 'HEAD'")


def test_strange_names_of_files() -> None:
    """Neither a pattern nor an option."""
    names = ["collections/[a]*.json", "collections/-x.json", "collections/ä b.json"]
    for name in names:
        put(name, OLD)
    commit()
    put("collections/a.json", OLD)
    for name in names:
        assert run("diff", "--git", "HEAD", "--", name).stdout == NOTHING


def test_clients_that_lie_out_of_the_repository(here: Path) -> None:
    put("pmgen.toml", f'out = "../{here.name}_clients"\n'.encode())
    commit()
    assert run("diff", "--git", "HEAD").stdout == NOTHING
