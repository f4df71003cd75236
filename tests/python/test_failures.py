"""Failures of the machine in plain words; failures of ours as they are."""

import errno
import os
import subprocess
import sys
import threading

import duckdb
import pytest
import small_plan
from forking import run_command

from orchestration.errors import PassingError, SemaforoError
from orchestration.failures import is_interruption, plain_failures, refusal_of
from orchestration.system_words import USUAL, in_spanish

CASES = {
    errno.ENOSPC: "no queda espacio",
    errno.EDQUOT: "cuota de disco",
    errno.EROFS: "solo lectura",
    errno.EACCES: "no hay permiso",
    errno.EPERM: "no hay permiso",
    errno.ENOTDIR: "no es una carpeta",
    errno.EISDIR: "es una carpeta",
    errno.EEXIST: "es un archivo",
}


@pytest.mark.parametrize(("code", "words"), CASES.items())
def test_refusal_of_the_system_names_the_file_and_what_to_do(code, words):
    refusal = OSError(code, os.strerror(code), "/almacen/private/build.duckdb")
    said = f"{words}.*/almacen/private/build.duckdb"
    with pytest.raises(SemaforoError, match=said) as caught, plain_failures():
        raise refusal
    assert "\n" not in str(caught.value)
    assert os.strerror(code) not in str(caught.value)
    assert "Errno" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "[Errno 2] No such file or directory: '/a/b.csv'": "no existe: /a/b.csv",
        "[Errno 21] Is a directory: '/a'": "es una carpeta: /a",
        "Permission denied": "no hay permiso",
        'connection to server at "::1", port 1 failed: Connection refused': (
            "nadie atiende en esa dirección"
        ),
        "[Errno -2] Name or service not known": "no se conoce ese nombre de servidor",
        "[Errno 75] Value too large": "Value too large",
        'password authentication failed for user "ana"': (
            'password authentication failed for user "ana"'
        ),
    }.items(),
)
def test_usual_words_of_the_system_are_in_spanish(text, said):
    assert in_spanish(text) == said


@pytest.mark.parametrize(
    "code",
    [
        errno.ENOENT, errno.EISDIR, errno.EACCES, errno.EADDRINUSE, errno.ECONNREFUSED,
        errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EIO, errno.EMFILE,
    ],
)  # fmt: skip
def test_words_are_those_of_this_system(code):
    assert os.strerror(code) in USUAL


def test_file_that_is_no_database(tmp_path):
    (tmp_path / "build.duckdb").write_bytes(b"x" * 20_000)
    with pytest.raises(SemaforoError, match="base de datos está dañada"), plain_failures():
        duckdb.connect(str(tmp_path / "build.duckdb"))


def test_error_of_ours_keeps_its_traceback(tmp_path):
    with pytest.raises(duckdb.CatalogException), plain_failures():
        duckdb.sql("from no_such_table")
    with pytest.raises(FileNotFoundError), plain_failures():
        (tmp_path / "nothing").read_text()


@pytest.mark.parametrize(
    ("asked", "detail"),
    {
        "select cast(120000000000000.0 as decimal(18, 4))": "(120000000000000.0)",
        "select cast(suma as decimal(18, 4)) from (select 120000000000000.0 as suma)": (
            "(120000000000000.0 en suma)"
        ),
    }.items(),
)
def test_sum_that_has_no_room_says_where_and_what_to_correct(asked, detail):
    with pytest.raises(SemaforoError, match="una suma no cabe") as caught, plain_failures():
        duckdb.sql(asked).fetchall()
    assert str(caught.value).endswith(f"desmedida {detail}")


def test_a_disk_that_filled_while_dbt_worked_may_have_room_later():
    full = "Runtime Error in model uno: could not write: No space left on device"
    assert isinstance(refusal_of(full, "falló"), PassingError)
    assert not isinstance(refusal_of("Binder Error: no column", "falló"), PassingError)


def test_interruptions_of_python_and_of_duckdb():
    connection = duckdb.connect()
    over = threading.Event()

    def interrupt() -> None:
        # Again and again: one that comes before the query has begun interrupts nothing.
        while not over.wait(0.1):
            connection.interrupt()

    threading.Thread(target=interrupt).start()
    try:
        with pytest.raises(Exception, match=r"(?i)interrupt") as caught:
            connection.execute(
                "select sum(a.range * b.range) from range(1000000) a, range(1000000) b"
            )
    finally:
        over.set()
    assert is_interruption(caught.value)
    assert is_interruption(RuntimeError("Query interrupted"))
    assert is_interruption(KeyboardInterrupt())
    assert not is_interruption(duckdb.CatalogException("no table"))


@pytest.mark.parametrize("command", ["check", "explain"])
def test_who_reads_the_private_database_is_told_of_the_refresh_at_work(published, command):
    holder = subprocess.Popen(
        [
            sys.executable, "-c",
            "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(flush=True); input()",
            str(published.root / "private" / "build.duckdb"),
        ],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with holder:
        holder.stdout.readline()
        folder = small_plan.write_folder(published.root / "plan", small_plan.tables())
        said = {
            "check": lambda: published.run("check", folder),
            "explain": lambda: published.run("explain", "muni", "poi-2024", "muni", "3"),
        }[command]()
        holder.communicate(b"\n")
    assert said.returncode == 1
    assert said.stderr == (
        f"semaforo: {published.root} se está actualizando; repita cuando termine la actualización\n"
    )


@pytest.mark.parametrize("command", ["templates", "alerts", "superset", "ui"])
def test_a_folder_that_cannot_be_made_is_one_line(published, command):
    """No folder can be made in /proc, which says so as of a file that is not there."""
    done = {
        "templates": lambda: run_command(["templates", "/proc/x"]),
        "alerts": lambda: published.run("alerts", "--dry-run", "/proc/x"),
        "superset": lambda: published.run("superset", "/proc/x/a.zip"),
        "ui": lambda: run_command(["ui", "--warehouse", "/proc/x", "--port", "39999"]),
    }[command]()
    assert done.returncode == 1
    assert done.stderr.startswith("semaforo: /proc/x")
    assert done.stderr.endswith(" no se puede crear; indique otra carpeta\n")


def test_a_bundle_that_cannot_be_written_is_one_line(published):
    done = published.run("superset", "/proc/a.zip")
    assert (done.returncode, done.stderr) == (
        1, "semaforo: no se puede escribir /proc/a.zip: no existe\n",
    )  # fmt: skip
