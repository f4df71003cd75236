"""One refresh of a warehouse at a time, between real processes."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from orchestration.errors import SemaforoError
from orchestration.lock import refresh_lock

HOLDER = """
import sys, time
from pathlib import Path
from orchestration.lock import refresh_lock
with refresh_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def lock(tmp_path):
    (tmp_path / "private").mkdir()
    return tmp_path / "private" / "refresh.lock"


@pytest.fixture
def hold(lock):
    """Start processes that take the lock for some seconds; they are gone after the test."""
    started = []

    def start(seconds: float) -> subprocess.Popen:
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(lock), str(seconds)], stdout=subprocess.PIPE
        )
        started.append(holder)
        assert holder.stdout.readline() == b"held\n"
        return holder

    yield start
    for holder in started:
        holder.kill()
        holder.wait()
        holder.stdout.close()


def test_second_is_told_who_holds_the_lock(lock, hold):
    holder = hold(60)
    with pytest.raises(SemaforoError, match=rf"proceso {holder.pid} .* --wait"), refresh_lock(lock):
        pass


def test_second_waits_for_the_first_to_end(lock, hold):
    hold(1)
    begun = time.monotonic()
    with refresh_lock(lock, wait=30):
        assert 0.2 < time.monotonic() - begun < 20


def test_waiting_ends_when_its_time_is_over(lock, hold):
    hold(60)
    begun = time.monotonic()
    with pytest.raises(SemaforoError), refresh_lock(lock, wait=0.5):
        pass
    assert time.monotonic() - begun >= 0.5


def test_lock_of_a_killed_process_is_taken_over(lock, hold):
    holder = hold(60)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert json.loads(lock.read_text())["pid"] == holder.pid
    with refresh_lock(lock):
        assert json.loads(lock.read_text())["pid"] == os.getpid()


def test_lock_is_free_after_an_error_inside(lock):
    with pytest.raises(ValueError, match="inside"), refresh_lock(lock):
        raise ValueError("inside")
    with refresh_lock(lock):
        pass


def test_holder_that_has_not_yet_said_who_it_is(lock, hold):
    hold(60)
    lock.write_text("")
    with pytest.raises(SemaforoError, match="está en curso; espere"), refresh_lock(lock):
        pass
