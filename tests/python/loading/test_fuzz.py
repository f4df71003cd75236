"""Whatever stands in a folder, nothing is lost, nothing is silent and nothing crashes."""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loading_inbox import BASE, Inbox, new_inbox

from orchestration.blanks import bare
from orchestration.contract import contract
from orchestration.load_report import REFUSED, UNCHANGED, LoadReport

NASTY = [
    "", " ", "\u00a0", "NaN", "inf", "-1", "0", "1", "3", "13", "1e3", "1,5", "1.00005", "=1+1",
    "9" * 30, "٣", "true", "TRUE", "2023-02-30", "2023-03-01", "2999-01-01", "muni", "m", "t",
    "A1", "T1", "C1", "O1", "E1", "regla", "«", "'", '"', "x\ny", "\x01", "\u202e", "\ufeff", "𝟙",
    "mensual", "trimestral", "POI", "gasto", "AO", "CC", "../x", "null", "acumulado_anual",
]  # fmt: skip
VALUES = st.sampled_from(NASTY) | st.text(
    st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12
)
FUZZ = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Inbox:
    """The good folder, loaded: parents are there, and rows may repeat what is known."""
    inbox = new_inbox(tmp_path_factory.mktemp("bueno"))
    inbox.load_or_refuse()
    return inbox


@contextmanager
def one_file(loaded: Inbox, name: str, content: bytes):
    """A copy of the loaded database and a folder with nothing but this file."""
    with tempfile.TemporaryDirectory(prefix="semaforo-fuzz-") as root:
        inbox = Inbox(Path(root) / "entrega", Path(root) / "build.duckdb", loaded.catalogs)
        inbox.folder.mkdir()
        shutil.copy(loaded.build_db, inbox.build_db)
        (inbox.folder / f"{name}.csv").write_bytes(content)
        yield inbox


def check_identity(inbox: Inbox, report: LoadReport) -> None:
    (file,) = report.files
    assert file.read == file.loaded + file.quarantined + file.repeated
    if file.status == REFUSED:
        assert file.reason
        assert file.loaded == 0
        return
    if file.status == UNCHANGED:
        assert file.loaded == 0
        return
    (figures,) = inbox.query(f"""
        select
            (select count(*) from raw.{file.table} where carga_id = '{file.load_id}'),
            count(*), count(distinct fila), count(motivo), count(columna)
        from raw.cuarentena where carga_id = '{file.load_id}' and tabla = '{file.table}'
    """)
    assert figures == (file.loaded, *(file.quarantined,) * 4)


def quoted(row: list[str]) -> str:
    return ",".join('"' + value.replace('"', '""') + '"' for value in row)


@st.composite
def rows_of_a_table(draw):
    """A table and rows near enough to good ones that every check gets its turn."""
    table = draw(st.sampled_from(list(contract().values())))
    path = BASE / f"{table.name}.csv"
    model = [""] * len(table.columns)
    if path.exists():
        model = path.read_text(encoding="utf-8").splitlines()[1].split(",")
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        row = list(model)
        for position in draw(st.lists(st.integers(0, len(row) - 1), max_size=4)):
            row[position] = draw(VALUES)
        rows.append(row)
    return table.name, rows


@FUZZ
@given(case=rows_of_a_table())
def test_any_values_are_loaded_or_set_aside_with_a_reason(loaded, case):
    name, rows = case
    header = ",".join(contract()[name].column_names)
    text = "\n".join([header, *(quoted(row) for row in rows)])
    with one_file(loaded, name, text.encode()) as inbox:
        report = inbox.load()
        if report.faults:
            assert name == "semaforo_bandas"
            return
        (file,) = report.files
        assert file.status != REFUSED, file.reason
        assert file.read == sum(any(bare(value) for value in row) for row in rows)
        check_identity(inbox, report)
        before = inbox.state()
        again = inbox.load()
        assert inbox.state() == before
        assert (again.read, again.loaded) == (report.read, 0)


@FUZZ
@given(data=st.data())
def test_any_damage_is_read_or_refused_with_a_reason(loaded, data):
    """A good file with bytes taken out, put in or exchanged anywhere."""
    name = data.draw(st.sampled_from(["metas_programadas", "actividades", "planes"]))
    content = bytearray((BASE / f"{name}.csv").read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        new = data.draw(
            st.binary(max_size=3) | st.sampled_from([b'"', b",", b"\n", b"\r", b";", b"\xef"])
        )
        content[at : at + data.draw(st.integers(0, 2))] = new
    with one_file(loaded, name, bytes(content)) as inbox:
        check_identity(inbox, inbox.load())


@FUZZ
@given(content=st.binary(max_size=300))
def test_any_file_at_all(loaded, content):
    with one_file(loaded, "presupuesto", content) as inbox:
        check_identity(inbox, inbox.load())
