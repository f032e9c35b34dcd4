"""Several runs of the command at once, and runs that are killed, on one folder of clients."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import typing

if typing.TYPE_CHECKING:
    from pathlib import Path

KILLS = int(os.environ.get("PMGEN_KILLS", "10"))
SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"


def collection(requests: int) -> str:
    items = [
        {
            "name": f"Get thing {n}",
            "request": {"method": "GET", "url": f"http://h/things/{n}"},
            "response": [
                {"name": "Ok", "code": 200, "body": json.dumps({f"key{n}": n})}
            ],
        }
        for n in range(requests)
    ]
    return json.dumps({"info": {"name": "Shop", "schema": SCHEMA}, "item": items})


def pmgen(folder: Path, *asked: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pmgen", *asked],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def test_runs_at_once_agree(tmp_path: Path) -> None:
    (tmp_path / "collections").mkdir()
    (tmp_path / "collections" / "shop.json").write_text(collection(5))
    runs = [pmgen(tmp_path, "generate") for _ in range(4)]
    ended = [finished(run) for run in runs]
    assert [code for code, _, _ in ended] == [0] * 4
    written = [out.split(": ")[1].split()[0] for _, out, _ in ended]
    assert sorted(n == "0" for n in written) == [False, True, True, True]
    assert finished(pmgen(tmp_path, "check"))[0] == 0
    assert [path.name for path in (tmp_path / "generated").iterdir()] == ["shop"]


def test_a_killed_run_leaves_a_client_that_imports_and_the_next_one_mends(
    tmp_path: Path,
) -> None:
    (tmp_path / "collections").mkdir()
    source = tmp_path / "collections" / "shop.json"
    source.write_text(collection(3))
    start = time.monotonic()
    assert finished(pmgen(tmp_path, "generate"))[0] == 0
    whole = time.monotonic() - start
    chance = random.Random(3)  # noqa: S311 - spreads the kills
    for turn in range(KILLS):
        source.write_text(collection(4 + turn % 2))
        with pmgen(tmp_path, "generate") as run:
            # The writing is at the end.
            time.sleep(whole * chance.uniform(0.5, 1.1))
            run.send_signal(signal.SIGKILL)
        asked = "import shop, shop.requests; shop.Client"
        imported = subprocess.run(
            [sys.executable, "-W", "error", "-c", asked],
            cwd=tmp_path / "generated",
            capture_output=True,
            text=True,
            check=False,
        )
        assert imported.stderr == ""
    assert finished(pmgen(tmp_path, "generate"))[0] == 0
    assert finished(pmgen(tmp_path, "check"))[0] == 0
    assert [path.name for path in (tmp_path / "generated").iterdir()] == ["shop"]
