"""Work over several processes: what comes of it is what comes of it in one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from pmgen import spread
from pmgen.render import RenderError

ITEMS = list(range(30))


def square(n: int) -> int:
    return n * n


def home(_: int) -> int:
    return os.getpid()


def fails_at_7(n: int) -> int:
    if n == 7:
        raise RenderError("x.j2", 3, "no such thing")
    return n


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_order_is_that_of_the_items(jobs: int) -> None:
    assert list(spread.spreading(jobs)(square, ITEMS)) == [n * n for n in ITEMS]


def test_several_processes_are_at_work() -> None:
    pids = set(spread.spreading(3)(home, ITEMS))
    assert os.getpid() not in pids
    assert 1 <= len(pids) <= 3


@pytest.mark.parametrize(("jobs", "items"), [(1, ITEMS), (4, ITEMS[:5])])
def test_little_work_and_one_job_stay_in_this_process(
    jobs: int, items: list[int]
) -> None:
    assert set(spread.spreading(jobs)(home, items)) == {os.getpid()}


def test_what_a_child_raises_is_raised() -> None:
    with pytest.raises(RenderError, match="no such thing"):
        list(spread.spreading(2)(fails_at_7, ITEMS))
    assert list(spread.spreading(2)(square, ITEMS))[:2] == [0, 1]


def test_what_cannot_be_sent_is_inherited() -> None:
    secret = object()

    def told(n: int) -> bool:
        return n >= 0 and secret is not None

    assert all(spread.spreading(2)(told, ITEMS))


def test_an_interrupt_ends_all_and_the_children_say_nothing() -> None:
    script = """
        import time
        from pmgen import spread
        def slow(n):
            print("at work", flush=True)
            time.sleep(60)
        list(spread.spreading(2)(slow, range(20)))
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert "ForkPoolWorker" not in told
    assert told.endswith("KeyboardInterrupt\n")
