"""What a load does beyond one file: again, corrected, late, interrupted, over the catalogs."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import duckdb
import pytest
from loading_inbox import TODAY, accounting

from orchestration import loading, raw_tables, structure
from orchestration.errors import SemaforoError
from orchestration.load_report import LOADED, PENDING, UNCHANGED, LoadRefusedError, counted
from orchestration.loading import load_folder

OPEN = "select count(*) from raw.cuarentena where resuelta_en is null and retirada_en is null"


def test_every_row_says_where_it_comes_from(inbox):
    report = inbox.load_or_refuse()
    (file,) = (one for one in report.files if one.table == "planes")
    rows = inbox.query("select plan_id, carga_id, archivo, fila from raw.planes order by fila")
    assert rows == [("m", file.load_id, "planes.csv", 2), ("t", file.load_id, "planes.csv", 3)]
    assert len(file.load_id) == 64
    assert inbox.query(
        "select distinct leidas, cargadas from raw.carga where tabla = 'planes'"
    ) == [(2, 2)]


def test_same_folder_again_changes_nothing(inbox):
    inbox.append("metas_ejecutadas", "muni,m,A1,13,2023-03-01,1,1", "muni,m,A1,1,2023-02-10,5,50")
    inbox.load_or_refuse()
    before = inbox.state()
    again = inbox.load_or_refuse()
    assert inbox.state() == before
    assert {file.status for file in again.files} == {UNCHANGED}
    assert accounting(again)["metas_ejecutadas.csv"] == (3, 0, 1, 2)
    assert again.read == again.quarantined + again.repeated


def test_same_rows_in_another_file_change_no_table_of_the_contract(inbox):
    inbox.load_or_refuse()
    before = inbox.query("from raw.metas_ejecutadas")
    inbox.replace("metas_ejecutadas", ",5,", ",5.0,")
    report = inbox.load_or_refuse()
    assert inbox.query("from raw.metas_ejecutadas") == before
    assert accounting(report)["metas_ejecutadas.csv"] == (1, 0, 0, 1)


def test_value_that_returns_to_an_older_one_is_loaded(inbox):
    for name in ("Municipalidad B", "Municipalidad C", "Municipalidad B "):
        inbox.write("entidades", f"muni,{name},PE,local,PEN")
        inbox.load_or_refuse()
    assert inbox.query("select arg_max(nombre, cargado_en), count(*) from raw.entidades") == [
        ("Municipalidad B", 3)
    ]


def test_file_that_comes_back_after_another_holds_again(inbox):
    """The row of the latest load holds, be the file one that was loaded before."""
    for name in ("Municipalidad B", "Municipalidad C", "Municipalidad B"):
        inbox.write("entidades", f"muni,{name},PE,local,PEN")
        report = inbox.load_or_refuse()
    assert accounting(report)["entidades.csv"] == (1, 1, 0, 0)
    assert inbox.query("select arg_max(nombre, cargado_en), count(*) from raw.entidades") == [
        ("Municipalidad B", 3)
    ]
    before = inbox.state()
    assert {file.status for file in inbox.load_or_refuse().files} == {UNCHANGED}
    assert inbox.state() == before


def test_order_of_loads_survives_a_clock_that_is_set_back(inbox, monkeypatch):
    """The file that comes back after another is the latest load, whatever the clock says."""

    class Clock(datetime):
        today = 30

        @classmethod
        def now(cls, zone):
            return datetime(2024, 1, cls.today, tzinfo=zone)

    monkeypatch.setattr(raw_tables, "datetime", Clock)
    for name, day in (("Municipalidad B", 30), ("Municipalidad C", 10), ("Municipalidad B", 11)):
        Clock.today = day
        inbox.write("entidades", f"muni,{name},PE,local,PEN")
        report = inbox.load_or_refuse()
    assert accounting(report)["entidades.csv"] == (1, 1, 0, 0)
    assert inbox.query("select arg_max(nombre, cargado_en) from raw.entidades") == [
        ("Municipalidad B",)
    ]
    assert inbox.query("""
        select count(distinct registrado_en) from raw.carga where tabla = 'entidades'
    """) == [(3,)]


def test_wrong_row_of_a_file_that_comes_back_is_set_aside_again(inbox):
    good, wrong = "muni,2023,6,gasto,X,1,1,1", "muni,2023,6,gasto,X,1,1,mil"
    for row in (wrong, good, wrong, wrong):
        inbox.write("presupuesto", "muni,2023,6,gasto,Y,2,2,2", row)
        report = inbox.load_or_refuse()
        read, loaded, quarantined, repeated = accounting(report)["presupuesto.csv"]
        assert read == loaded + quarantined + repeated == 2
        assert quarantined == (row == wrong)
    assert inbox.query("""
        select count(*), count(*) filter (where resuelta_en is null) from raw.cuarentena
    """) == [(2, 1)]


def test_later_registration_and_version_add_history(inbox):
    inbox.load_or_refuse()
    inbox.write("metas_ejecutadas", "muni,m,A1,1,2023-03-05,7,")
    inbox.write("metas_programadas", "muni,m,A1,1,1,2023-06-30,20,")
    report = inbox.load_or_refuse()
    assert report.loaded == 2
    assert inbox.query("select count(*), min(ejecucion_fisica) from raw.metas_ejecutadas") == [
        (2, 5)
    ]
    assert inbox.query("select list(meta_fisica order by version) from raw.metas_programadas") == [
        ([10, 20],)
    ]


REPAIRS = {
    "wrong_value": ("muni,m,A1,2,2023-03-01,abc,1", "muni,m,A1,2,2023-03-01,3,1"),
    "wrong_month": ("muni,m,A1,13,2023-03-01,3,1", "muni,m,A1,12,2023-03-01,3,1"),
    "unknown_activity": ("muni,m,A11,2,2023-03-01,3,1", "muni,m,A1,2,2023-03-01,3,1"),
    "rewritten_history": ("muni,m,A1,1,2023-02-10,6,50", "muni,m,A1,1,2023-02-11,6,50"),
    "several_at_once": ("muni,m,A1,13,2023-02-30,x,1", "muni,m,A1,12,2023-02-28,3,1"),
}


@pytest.mark.parametrize(("wrong", "right"), REPAIRS.values(), ids=REPAIRS)
def test_repaired_row_sent_again_is_resolved(inbox, wrong, right):
    inbox.load_or_refuse()
    inbox.write("metas_ejecutadas", wrong)
    assert inbox.load_or_refuse().quarantined == 1
    inbox.write("metas_ejecutadas", right)
    report = inbox.load_or_refuse()
    assert (report.loaded, report.resolved) == (1, 1)
    assert inbox.query(OPEN) == [(0,)]
    assert inbox.query("select count(*) from raw.cuarentena where resuelta_en is not null") == [
        (1,)
    ]


REGISTERED = "muni,m,A1,1,2023-02-10,5,50"
TOTAL = ",,TOTAL,,,5,50"


SIX_MONTHS = "muni,2023,6,gasto"


def test_budget_line_that_changed_its_name_is_told_to_count_twice(inbox):
    first = (
        f"{SIX_MONTHS},Bienes,1,2,3",
        f"{SIX_MONTHS},Personal,4,5,6",
        "muni,2023,3,gasto,X,7,,",
    )
    inbox.write("presupuesto", *first)
    assert notices(inbox.load_or_refuse()) == []
    inbox.write("presupuesto", first[0], f"{SIX_MONTHS},Personal y cargas,4,5,6")
    (told,) = notices(inbox.load_or_refuse())
    assert told.startswith("rubro «Personal» (muni, 2023, 6, gasto) se cargó antes, no está en")
    # What is said to be done about it, done; and a folder that only adds.
    inbox.write(
        "presupuesto",
        first[0], f"{SIX_MONTHS},Personal y cargas,4,5,6", f"{SIX_MONTHS},Personal,0,0,0",
    )  # fmt: skip
    assert notices(inbox.load_or_refuse()) == []
    inbox.write("presupuesto", first[0], f"{SIX_MONTHS},Personal y cargas,4,5,7")
    assert notices(inbox.load_or_refuse()) == []
    inbox.write("presupuesto", f"{SIX_MONTHS},Obras,8,,")
    assert notices(inbox.load_or_refuse()) == []


def notices(report) -> list[str]:
    (budget,) = (file for file in report.files if file.table == "presupuesto")
    return list(budget.notices)


def test_row_that_its_sender_took_out_is_resolved(inbox):
    """A line of totals can't be repaired: the file comes again without it."""
    inbox.write("metas_ejecutadas", REGISTERED, TOTAL)
    assert inbox.load_or_refuse().quarantined == 1
    inbox.write("metas_ejecutadas", REGISTERED, "muni,m,A1,2,2023-03-10,1,1")
    report = inbox.load_or_refuse()
    assert (report.loaded, report.resolved) == (1, 1)
    assert inbox.query(OPEN) == [(0,)]


def test_row_taken_out_at_the_second_correction_is_resolved_in_both(inbox):
    """The file in between brought nothing new, so that no row that was loaded speaks for it."""
    inbox.write("metas_ejecutadas", REGISTERED, TOTAL)
    inbox.load_or_refuse()
    inbox.write("metas_ejecutadas", TOTAL, REGISTERED)
    inbox.load_or_refuse()
    assert inbox.query(OPEN) == [(2,)]
    inbox.write("metas_ejecutadas", REGISTERED)
    assert inbox.load_or_refuse().resolved == 2
    assert inbox.query(OPEN) == [(0,)]


def test_row_that_is_wrong_in_another_way_waits_once(inbox):
    inbox.write("metas_ejecutadas", REGISTERED, "muni,m,A1,13,2023-03-10,1,1")
    inbox.load_or_refuse()
    inbox.write("metas_ejecutadas", REGISTERED, "muni,m,A1,14,2023-03-10,1,1")
    report = inbox.load_or_refuse()
    assert (report.quarantined, report.resolved) == (1, 1)
    assert inbox.query(OPEN) == [(1,)]


def test_row_that_is_rejected_again_repairs_none_of_its_key(inbox):
    """Nor does its file speak for the earlier one: it lacks a row that was loaded from it."""
    inbox.write("metas_ejecutadas", REGISTERED, "muni,m,A1,2,2023-03-10,abc,1")
    inbox.load_or_refuse()
    inbox.write("metas_ejecutadas", "muni,m,A1,2,2023-03-10,-1,1")
    assert inbox.load_or_refuse().resolved == 0
    assert inbox.query(OPEN) == [(2,)]
    inbox.write("metas_ejecutadas", "muni,m,A1,2,2023-03-10,1,1")
    assert inbox.load_or_refuse().resolved == 2
    assert inbox.query(OPEN) == [(0,)]


@pytest.mark.parametrize(
    "rows",
    [["muni,m,A1,2,2023-03-10,1,1"], [REGISTERED, TOTAL, "muni,m,A1,2,2023-03-10,1,1"]],
    ids=["the_next_month_under_the_same_name", "still_in_the_file"],
)
def test_row_that_its_sender_may_still_mean_stays_in_quarantine(inbox, rows):
    inbox.write("metas_ejecutadas", REGISTERED, TOTAL)
    inbox.load_or_refuse()
    inbox.write("metas_ejecutadas", *rows)
    assert inbox.load_or_refuse().resolved == 0
    assert inbox.query("select count(distinct fila_cruda) from raw.cuarentena") == [(1,)]
    assert inbox.query("select count(*) from raw.cuarentena where retirada_en is not null") == [
        (0,)
    ]


def test_row_taken_out_loads_when_its_file_comes_back(inbox):
    """It lacked its parent alone; nobody has to write it a second time."""
    waiting = "muni,m,A2,1,2023-02-10,1,1"
    inbox.write("metas_ejecutadas", REGISTERED, waiting)
    inbox.load_or_refuse()
    inbox.write("metas_ejecutadas", REGISTERED)
    inbox.load_or_refuse()
    assert inbox.query(OPEN) == [(0,)]
    inbox.write("metas_ejecutadas", REGISTERED, waiting)
    inbox.load_or_refuse()
    assert inbox.query(OPEN) == [(1,)]
    inbox.append("actividades", "muni,m,A2,E1,C1,Otra,,informe,acumulado_anual,,,")
    assert inbox.load_or_refuse().loaded == 2
    assert inbox.query(OPEN) == [(0,)]


def test_row_that_only_resembles_resolves_nothing(inbox):
    """An unknown activity is not repaired by another activity's equal figures."""
    inbox.append("actividades", "muni,m,A2,E1,C1,Otra,,informe,acumulado_anual,,,")
    inbox.load_or_refuse()
    inbox.write("metas_programadas", "muni,m,A9,2,0,2022-12-20,1,")
    assert inbox.load_or_refuse().quarantined == 1
    inbox.write("metas_programadas", "muni,m,A1,3,0,2022-12-20,1,", "muni,m,A2,2,0,2022-12-20,1,")
    report = inbox.load_or_refuse()
    assert (report.loaded, report.resolved) == (2, 0)
    assert inbox.query(OPEN) == [(1,)]


def test_one_row_is_no_repair_of_two(inbox):
    inbox.load_or_refuse()
    inbox.write("metas_programadas", "muni,m,A1,13,0,2022-12-20,1,", "muni,m,A1,14,0,2022-12-20,1,")
    inbox.load_or_refuse()
    inbox.write(
        "metas_programadas",
        "muni,m,A1,1,0,2022-12-20,10,100",
        "muni,m,A1,1,0,2022-12-20,10,100",
        "muni,m,A1,12,0,2022-12-20,1,",
    )
    assert inbox.load_or_refuse().resolved == 0
    assert inbox.query(OPEN) == [(2,)]


def test_rows_wait_for_their_parent(inbox):
    """The same file again loads what was missing only its parent, and nothing else."""
    inbox.append("metas_ejecutadas", "muni,m,A2,1,2023-02-10,1,1", "muni,m,A2,13,2023-02-10,1,1")
    assert inbox.load_or_refuse().quarantined == 2
    inbox.append("actividades", "muni,m,A2,E1,C1,Otra,,informe,acumulado_anual,,,")
    report = inbox.load_or_refuse()
    assert accounting(report)["metas_ejecutadas.csv"] == (3, 1, 1, 1)
    assert report.resolved == 1
    assert inbox.query(OPEN) == [(1,)]
    before = inbox.state()
    inbox.load_or_refuse()
    assert inbox.state() == before


def test_rows_wait_for_their_plan(inbox):
    """They name the plan that is missing; once it is there they load by themselves."""
    planes = (inbox.folder / "planes.csv").read_text(encoding="utf-8")
    rows = planes.splitlines()[1:]
    inbox.write("planes", *rows[1:])
    first = inbox.load_or_refuse()
    assert inbox.query("select distinct columna, motivo from raw.cuarentena") == [
        ("plan_id", "no existe el plan m de la entidad muni")
    ]
    (inbox.folder / "planes.csv").write_text(planes, encoding="utf-8")
    second = inbox.load_or_refuse()
    assert second.resolved == first.quarantined > 0
    assert second.quarantined == 0
    assert inbox.query(OPEN) == [(0,)]


def test_date_in_the_future_loads_when_its_day_comes(inbox):
    tomorrow = TODAY + timedelta(days=1)
    inbox.append("metas_ejecutadas", f"muni,m,A1,2,{tomorrow},1,1")
    assert inbox.load_or_refuse().quarantined == 1
    report = inbox.load_or_refuse(tomorrow)
    assert (report.loaded, report.resolved, report.quarantined) == (1, 1, 0)


def test_reprogrammed_periodicity_rules_the_months_that_follow(inbox):
    inbox.load_or_refuse()
    inbox.write("planes", "muni,m,POI,Plan mensual,2023,trimestral,regla,true,2022-12-20,")
    inbox.write("metas_ejecutadas", "muni,m,A1,2,2023-03-10,5,50.00")
    assert inbox.load_or_refuse().quarantined == 1


def test_quarantine_keeps_the_whole_row_as_written(inbox):
    inbox.append("metas_ejecutadas", "muni,m,A1,13,2023-03-01, 7 ,1.5")
    inbox.load_or_refuse()
    rows = inbox.query("""
        select tabla, archivo, fila, columna, texto, motivo,
            json_extract_string(fila_cruda, '$.ejecucion_fisica')
        from raw.cuarentena
    """)
    assert rows == [
        ("metas_ejecutadas", "metas_ejecutadas.csv", 3, "mes", "13", "mes 13 fuera de 1–12", " 7 ")
    ]


def test_refused_file_leaves_the_others_loaded_and_says_so(inbox):
    inbox.append("presupuesto", "muni,2023")
    with pytest.raises(LoadRefusedError, match=r"presupuesto\.csv, línea 3: tiene 2 campos") as no:
        inbox.load_or_refuse()
    assert "\n" not in str(no.value)
    assert not any("presupuesto.csv" in line for line in no.value.lines())
    assert any("entidades.csv" in line for line in no.value.lines())
    assert accounting(no.value.report)["entidades.csv"] == (1, 1, 0, 0)
    assert inbox.query("select count(*) from raw.presupuesto") == [(0,)]
    assert inbox.query("select count(*) from raw.carga where tabla = 'presupuesto'") == [(0,)]


def test_bands_with_a_gap_leave_everything_as_it_was(inbox):
    inbox.load_or_refuse()
    before = inbox.state()
    inbox.append("entidades", "b,B,PE,local,PEN")
    inbox.replace("semaforo_bandas", ",95,true,De", ",90,true,De")
    with pytest.raises(LoadRefusedError, match="hueco entre 90"):
        inbox.load_or_refuse()
    assert inbox.state() == before


def test_refused_bands_tell_of_their_rows_in_quarantine(inbox):
    inbox.replace("semaforo_bandas", "#d62828", "rojo")
    with pytest.raises(LoadRefusedError, match=r"fila 2: hex «rojo» no tiene la forma #rrggbb"):
        inbox.load_or_refuse()


def test_folder_that_is_none_or_empty(inbox, tmp_path):
    with pytest.raises(SemaforoError, match="no es una carpeta"):
        load_folder(inbox.build_db, tmp_path / "nada", today=TODAY, catalogs=inbox.catalogs)
    (tmp_path / "vacía").mkdir()
    with pytest.raises(SemaforoError, match="no tiene ningún CSV") as empty:
        load_folder(inbox.build_db, tmp_path / "vacía", today=TODAY, catalogs=inbox.catalogs)
    assert str(empty.value).endswith(
        "al menos entidades.csv, planes.csv, centros_costo.csv, objetivos.csv, acciones.csv, "
        "actividades.csv, metas_programadas.csv"
    )


def test_unreadable_link_is_refused(inbox):
    path = inbox.folder / "presupuesto.csv"
    path.unlink()
    path.symlink_to(inbox.folder / "no-está.csv")
    with pytest.raises(LoadRefusedError, match=r"presupuesto\.csv: es un enlace que no lleva"):
        load_folder(inbox.build_db, inbox.folder, today=TODAY, catalogs=inbox.catalogs)


def test_file_without_permission_is_refused_in_spanish(inbox, monkeypatch):
    def inspect(path, table):
        if table.name == "presupuesto":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return structure.inspect(path, table)

    monkeypatch.setattr(loading, "inspect", inspect)
    words = r"^presupuesto\.csv: no se puede leer: no hay permiso$"
    with pytest.raises(LoadRefusedError, match=words):
        inbox.load_or_refuse()


def test_folder_names_with_signs_of_patterns(inbox):
    folder = inbox.folder.with_name("entrega [1]* 'ñ'?")
    inbox.folder.rename(folder)
    inbox.age.__func__(type(inbox)(folder, inbox.build_db, inbox.catalogs))
    report = load_folder(inbox.build_db, folder, today=TODAY, catalogs=inbox.catalogs)
    assert report.read == report.loaded


# --- Catalogs ----------------------------------------------------------------------------------


def standing_method(inbox) -> list[tuple]:
    return inbox.query("""
        select arg_max(nombre, cargado_en), count(*) from raw.metodologias
        where metodologia_id = 'regla'
    """)


def ship(inbox, *names: str) -> None:
    for name in names:
        shutil.copy(inbox.folder / f"{name}.csv", inbox.catalogs)


def test_shipped_catalogs_are_always_there(inbox):
    ship(inbox, "metodologias", "semaforo_bandas")
    for name in ("metodologias", "semaforo_bandas"):
        (inbox.folder / f"{name}.csv").unlink()
    report = inbox.load_or_refuse()
    assert report.quarantined == 0
    assert standing_method(inbox) == [("Regla de prueba", 1)]


def test_shipped_tables_that_are_no_catalog_stay_out(inbox):
    shutil.copytree(inbox.folder, inbox.catalogs, dirs_exist_ok=True)
    inbox.keep({"metodologias"})
    inbox.load_or_refuse()
    assert inbox.query("select count(*) from raw.planes") == [(0,)]


def test_rows_of_a_folder_stand_over_catalogs_shipped_later(inbox):
    ship(inbox, "metodologias")
    inbox.replace("metodologias", "Regla de prueba", "La nuestra")
    inbox.load_or_refuse()
    shipped = inbox.catalogs / "metodologias.csv"
    shipped.write_text(shipped.read_text().replace("Regla de prueba", "Regla renombrada"))
    report = inbox.load_or_refuse()
    assert [file.status for file in report.files if file.shipped] == [LOADED]
    assert standing_method(inbox) == [("La nuestra", 3)]


def test_catalog_copied_into_the_folder_is_the_folders_own(inbox):
    ship(inbox, "metodologias")
    inbox.load_or_refuse()
    shipped = inbox.catalogs / "metodologias.csv"
    shipped.write_text(shipped.read_text().replace("Regla de prueba", "Regla renombrada"))
    inbox.load_or_refuse()
    assert standing_method(inbox) == [("Regla de prueba", 3)]


def test_shipped_folder_itself_is_loaded_once(inbox):
    inbox.age()
    report = load_folder(inbox.build_db, inbox.folder, today=TODAY, catalogs=inbox.folder)
    assert report.loaded == report.read
    assert len({file.file for file in report.files}) == len(report.files)
    assert standing_method(inbox) == [("Regla de prueba", 1)]


# --- Files on the move ---------------------------------------------------------------------------


def test_file_still_being_written_is_left_for_the_next_load(inbox):
    script = """
        import sys, time
        with open(sys.argv[1], "a") as file:
            file.write("muni,m,A1,2,2023-03-01,1,")
            file.flush()
            print("escribiendo", flush=True)
            sys.stdin.readline()
            file.write("9\\n")
    """
    path = inbox.folder / "metas_ejecutadas.csv"
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout.readline() == "escribiendo\n"
        during = inbox.load_or_refuse()
        writer.communicate("\n")
    left = {file.file: file.status for file in during.files}
    assert left["metas_ejecutadas.csv"] == PENDING
    assert inbox.query("select count(*) from raw.metas_ejecutadas") == [(0,)]
    after = inbox.load_or_refuse()
    assert accounting(after)["metas_ejecutadas.csv"] == (2, 2, 0, 0)


def test_file_that_grows_in_steps_is_left_for_the_next_load(inbox):
    """Whoever opens and closes the file for each line holds it open only now and then."""
    script = """
        import sys, time
        while True:
            with open(sys.argv[1], "a") as file:
                file.write("\\n")
            time.sleep(0.05)
    """
    path = inbox.folder / "presupuesto.csv"
    writer = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script), str(path)])
    try:
        size = path.stat().st_size
        while path.stat().st_size == size:
            time.sleep(0.01)
        report = load_folder(inbox.build_db, inbox.folder, today=TODAY, catalogs=inbox.catalogs)
    finally:
        writer.kill()
        writer.wait()
    assert {file.file: file.status for file in report.files}["presupuesto.csv"] == PENDING


class FullDisk:
    """A connection whose commits fail as DuckDB's do: the transaction is over then."""

    def __init__(self, connection):
        self._connection = connection

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def execute(self, statement, *parameters):
        if statement != "commit":
            return self._connection.execute(statement, *parameters)
        self._connection.execute("rollback")
        raise duckdb.TransactionException("Failed to commit: No space left on device")


def test_commit_that_the_disk_refuses_says_why(inbox, monkeypatch):
    @contextmanager
    def full(path):
        with opened(path) as connection:
            yield FullDisk(connection)

    opened = loading.open_database
    monkeypatch.setattr(loading, "open_database", full)
    with pytest.raises(duckdb.Error, match="No space left"):
        inbox.load_or_refuse()


def test_killed_load_never_was(inbox, tmp_path):
    """kill -9 at ten moments of a load; then the same load brings everything, once."""
    inbox.write(
        "actividades",
        *(f"muni,m,A{n},E1,C1,Otra,,informe,acumulado_anual,,," for n in range(1, 2001)),
    )
    inbox.write(
        "metas_programadas",
        *(f"muni,m,A{n},{m},0,2022-12-20,1," for n in range(1, 2001) for m in range(1, 14)),
    )
    inbox.write("metas_ejecutadas")
    inbox.age()
    script = f"""
        from datetime import date
        from pathlib import Path
        from orchestration.loading import load_folder
        load_folder(Path({str(inbox.build_db)!r}), Path({str(inbox.folder)!r}),
            today=date(2024, 1, 31), catalogs=Path({str(inbox.catalogs)!r}),
            progress=lambda *step: print(*step, flush=True))
        print("hecho", flush=True)
    """
    whole = {(0, 0, 0), (24_000, 2_000, 2_000)}
    for step in range(1, 16, 2):
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True
        ) as process:
            for line in process.stdout:
                if line.startswith("hecho") or int(line.split()[1]) >= step:
                    break
            time.sleep(0.02 * (step % 4))
            os.kill(process.pid, signal.SIGKILL)
        if inbox.build_db.exists():
            assert figures(inbox) in whole
    inbox.load_or_refuse()
    assert figures(inbox) == (24_000, 2_000, 2_000)


def figures(inbox) -> tuple[int, int, int]:
    if not inbox.query("select 1 from duckdb_tables() where schema_name = 'raw'"):
        return (0, 0, 0)
    (row,) = inbox.query("""
        select (select count(*) from raw.metas_programadas), (select count(*) from raw.actividades),
            (select count(*) from raw.cuarentena)
    """)
    return row


def test_rows_of_another_type_in_the_database_are_not_mixed(inbox):
    import duckdb

    inbox.build_db.parent.mkdir()
    with duckdb.connect(str(inbox.build_db)) as connection:
        connection.execute("create schema raw; create table raw.entidades (entidad_id integer)")
    with pytest.raises(SemaforoError, match=r"entidades\.entidad_id como INTEGER"):
        inbox.load_or_refuse()


def test_column_that_a_newer_contract_adds_is_added(inbox):
    import duckdb

    inbox.load_or_refuse()
    with duckdb.connect(str(inbox.build_db)) as connection:
        connection.execute("alter table raw.presupuesto drop column pim")
    inbox.append("presupuesto", "muni,2023,6,gasto,Bienes,1,2,3")
    inbox.load_or_refuse()
    assert inbox.query("select pim from raw.presupuesto where rubro = 'Bienes'") == [(2,)]


def test_thousands_stand_apart_as_in_the_rest_of_what_is_printed():
    assert [counted(number, "leída") for number in (1, 999, 3456)] == [
        "1 leída",
        "999 leídas",
        "3,456 leídas",
    ]


@pytest.mark.parametrize("day", [date(2024, 1, 31), date(2030, 6, 1)])
def test_report_prints_the_accounting(inbox, day):
    inbox.append("metas_ejecutadas", *(f"muni,m,A1,{m},2023-03-01,1,1" for m in range(13, 21)))
    text = "\n".join(inbox.load_or_refuse(day).lines())
    assert "metas_ejecutadas.csv: 9 leídas = 1 cargada + 8 en cuarentena + 0 repetidas" in text
    assert "metas_ejecutadas.csv, fila 3: mes 13 fuera de 1–12" in text
    assert "y 3 filas más en la tabla cuarentena" in text


def test_an_older_database_gets_new_tables_and_catalogs_without_a_folder(inbox):
    inbox.load()
    with duckdb.connect(str(inbox.build_db)) as connection:
        connection.execute("drop table raw.compromisos")
        loads = connection.execute("select count(*) from raw.carga").fetchone()
    report = load_folder(inbox.build_db, None, today=TODAY, catalogs=inbox.catalogs)
    assert report.files == ()
    assert inbox.query("select count(*) from raw.compromisos") == [(0,)]
    assert inbox.query("select count(*) from raw.carga") == [loads]


def test_a_chain_of_centres_ends_where_no_institution_has_a_level(inbox):
    """The base's C1 is the first level: C2 to C1000 load, and what hangs below them does not."""
    inbox.append(
        "centros_costo", *(f"muni,C{level},Centro,C{level - 1}," for level in range(2, 1004))
    )
    report = inbox.load()
    assert accounting(report)["centros_costo.csv"] == (1003, 1000, 3, 0)
    assert inbox.query("select texto, motivo from raw.cuarentena order by fila") == [
        (
            "C1000",
            "el centro de costo C1000, del que depende, está en el nivel 1000, el último que "
            "se admite",
        ),
        *(
            (
                f"C{level}",
                f"el centro de costo C{level}, del que depende, cuelga a su vez de esta fila o de "
                "una que no se cargó",
            )
            for level in (1001, 1002)
        ),
    ]
    assert inbox.query("select max(fila) from raw.centros_costo") == [(1001,)]
