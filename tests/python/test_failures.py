"""Failures of the machine in plain words; failures of ours as they are."""

import errno
import os

import duckdb
import pytest

from orchestration.errors import SemaforoError
from orchestration.failures import plain_failures

CASES = {
    errno.ENOSPC: "no queda espacio",
    errno.EDQUOT: "cuota de disco",
    errno.EROFS: "solo lectura",
    errno.EACCES: "no hay permiso",
    errno.EPERM: "no hay permiso",
}


@pytest.mark.parametrize(("code", "words"), CASES.items())
def test_refusal_of_the_system_names_the_file_and_what_to_do(code, words):
    refusal = OSError(code, os.strerror(code), "/almacen/private/build.duckdb")
    said = f"{words}.*/almacen/private/build.duckdb"
    with pytest.raises(SemaforoError, match=said) as caught, plain_failures():
        raise refusal
    assert "\n" not in str(caught.value)


def test_file_that_is_no_database(tmp_path):
    (tmp_path / "build.duckdb").write_bytes(b"x" * 20_000)
    with pytest.raises(SemaforoError, match="base privada está dañada"), plain_failures():
        duckdb.connect(str(tmp_path / "build.duckdb"))


def test_error_of_ours_keeps_its_traceback(tmp_path):
    with pytest.raises(duckdb.CatalogException), plain_failures():
        duckdb.sql("from no_such_table")
    with pytest.raises(FileNotFoundError), plain_failures():
        (tmp_path / "nothing").read_text()
