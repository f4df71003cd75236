"""`semaforo check` says what a load would say, and keeps nothing."""

import io
import json

import pytest
from loading_inbox import TODAY
from rich.console import Console

from orchestration.check_table import print_check
from orchestration.checking import SHOWN_PROBLEMS, Problem, check_folder, known_database
from orchestration.errors import SemaforoError
from orchestration.settings import PROJECT_ROOT


def check(inbox, **options):
    inbox.age()
    return check_folder(inbox.folder, today=TODAY, catalogs=inbox.catalogs, **options)


def test_good_folder_has_no_problem_and_nothing_is_written(inbox):
    result = check(inbox)
    assert result.ok
    assert result.summary()[-1] == "Sin problemas: se puede cargar."
    assert not inbox.build_db.parent.exists()


def test_every_problem_is_told_with_file_row_and_column(inbox):
    inbox.append(
        "metas_programadas", "muni,m,A1,13,0,2022-12-20,x,1", "muni,m,A9,1,0,2022-12-20,1,"
    )
    inbox.append("presupuesto", "muni")
    result = check(inbox)
    assert set(result.problems) == {
        Problem("metas_programadas.csv", 3, "mes", "13", "mes 13 fuera de 1–12"),
        Problem("metas_programadas.csv", 3, "meta_fisica", "x", "meta_fisica «x» no es un número"),
        Problem(
            "metas_programadas.csv",
            4,
            "actividad_id",
            "A9",
            "no existe la actividad A9 en el plan m",
        ),
        Problem("presupuesto.csv", 3, None, None, "tiene 1 campo y los títulos son 8"),
    }
    assert result.summary()[-1] == "4 problemas."


def test_wrong_row_tells_its_unknown_parents_and_its_quarter_in_the_same_round(inbox):
    """One column of a row being wrong, what hangs on the others is told, and on it is not."""
    inbox.replace("planes", "mensual", "trimestral")
    inbox.append("centros_costo", "muni,,Sin código,U9,", "muni,U2,,U3,", "muni,U3,Tres,,")
    inbox.write(
        "metas_programadas",
        "muni,m,A1,3,0,2022-12-20,1,1",
        "muni,m,A9,3,0,2022-12-20,x,1",  # a value and the activity
        "muni,p9,A9,13,0,2022-12-20,1,1",  # a value and the plan, told before the activity
        "muni,m,A1,2,0,2022-12-20,x,1",  # a value and a month inside a quarter
        "muni,m,,2,0,2022-12-20,1,1",  # no activity: none is unknown
        "muni,m,A8,3,0,2022-12-20,1,1",  # twice, and of no activity
        "muni,m,A8,3,0,2022-12-20,2,1",
    )
    problems = check(inbox).problems
    key = "entidad_id, plan_id, actividad_id, mes, version"
    assert {(one.fila, one.columna) for one in problems if "centros" in one.archivo} == {
        (3, "centro_costo_id"), (3, "centro_padre_id"), (4, "nombre"),
    }  # fmt: skip
    found = {(one.fila, one.columna) for one in problems if one.archivo.startswith("metas_p")}
    assert found == {
        (3, "meta_fisica"), (3, "actividad_id"),
        (4, "mes"), (4, "plan_id"),
        (5, "meta_fisica"), (5, "mes"),
        (6, "actividad_id"), (6, "mes"),
        (7, key), (7, "actividad_id"), (8, key), (8, "actividad_id"),
    }  # fmt: skip


def test_json_is_for_machines(inbox):
    inbox.append("metas_programadas", "muni,m,A1,13,0,2022-12-20,1,1")
    (inbox.folder / "notas.txt").touch()
    answer = json.loads(check(inbox).as_json())
    assert answer["correcto"] is False
    assert answer["problemas"] == [
        {
            "archivo": "metas_programadas.csv",
            "fila": 3,
            "columna": "mes",
            "texto": "13",
            "motivo": "mes 13 fuera de 1–12",
        }
    ]
    (file,) = (one for one in answer["archivos"] if one["tabla"] == "metas_programadas")
    assert (file["leidas"], file["cargables"], file["con_problemas"]) == (2, 1, 1)
    assert answer["avisos"] == ["notas.txt: no se lee, solo los CSV del contrato"]


def test_table_for_people_is_cut_and_json_is_not(inbox):
    inbox.append("metas_programadas", *(f"muni,m,A1,{m},0,2022-12-20,1,\n" for m in range(13, 200)))
    result = check(inbox)
    assert len(result.rows()) == SHOWN_PROBLEMS
    assert len(result.rows(limit=None)) == len(json.loads(result.as_json())["problemas"]) == 187
    assert "Hay 87 problemas más" in " ".join(result.summary())


def test_problem_of_many_lines_is_shown_in_one(inbox):
    inbox.append("entidades", 'b,B,"P\nE",local,PEN')
    ((_, row, column, text, reason),) = check(inbox).rows()
    assert (row, column, text) == ("3", "pais", "P E")
    assert "\n" not in reason


def test_month_alone_is_checked_against_its_warehouse(inbox):
    inbox.load_or_refuse()
    before = inbox.state()
    for path in inbox.folder.iterdir():
        path.unlink()
    inbox.write("metas_ejecutadas", "muni,m,A1,2,2023-03-10,1,1", "muni,m,A1,1,2023-02-10,6,1")
    assert {one.fila for one in check(inbox).problems} == {2, 3}
    (problem,) = check(inbox, build_db=inbox.build_db).problems
    assert (problem.fila, problem.columna) == (3, "fecha_registro")
    assert inbox.state() == before


def test_row_in_quarantine_is_still_a_problem(inbox):
    inbox.append("metas_programadas", "muni,m,A1,13,0,2022-12-20,1,1")
    inbox.load_or_refuse()
    assert [one.fila for one in check(inbox, build_db=inbox.build_db).problems] == [3]


def test_what_only_the_warehouse_has_is_hinted_at(inbox):
    """Registrations alone name a plan that the folder lacks; the warehouse may have it."""
    inbox.load_or_refuse()
    for name in ("planes", "actividades"):
        (inbox.folder / f"{name}.csv").unlink()
    inbox.append("metas_ejecutadas", "muni,m,A1,2,2023-03-01,3,1")
    hint = "agregue --warehouse CARPETA"
    assert any(hint in line for line in check(inbox).summary())
    with_warehouse = check(inbox, build_db=inbox.build_db)
    assert with_warehouse.ok
    assert not any(hint in line for line in with_warehouse.summary())


def test_spreadsheet_named_like_a_table_is_no_clean_bill(inbox):
    (inbox.folder / "compromisos.xlsx").touch()
    said = check(inbox).summary()
    assert (
        "compromisos.xlsx: no se lee; guarde la hoja como CSV, con el nombre compromisos.csv"
        in said
    )
    assert said[-1] == "Sin problemas en lo que se lee: se puede cargar; lo demás queda fuera."


def printed(result, width) -> list[str]:
    """What stands on a terminal of so many columns."""
    file = io.StringIO()
    print_check(Console(file=file, width=width, force_terminal=True, color_system=None), result)
    return file.getvalue().splitlines()


def test_refused_file_is_told_first_and_what_waits_for_it_in_one_line(inbox):
    inbox.replace("planes", "plan_id", "plan")
    inbox.append("metas_programadas", "muni,m,A1,13,0,2022-12-20,1,1")
    result = check(inbox)
    assert result.problems[0].archivo == "planes.csv"
    assert [problem.archivo for problem in result.told] == ["planes.csv", "metas_programadas.csv"]
    rows = {(one.archivo, one.fila) for one in set(result.problems) - set(result.told)}
    assert ("metas_programadas.csv", 3) in rows
    files = {file for file, _ in rows}
    assert len(rows) > len(files) > 3
    said = (
        f"{len(rows)} filas de {len(files)} archivos dependen de planes.csv y esperan a que se "
        "corrija."
    )
    lines = result.summary()
    assert lines[0] == said
    assert lines[-1] == "2 problemas."
    assert not any("--warehouse" in line for line in lines)
    assert len(json.loads(result.as_json())["problemas"]) > len(rows)


def test_grandchildren_wait_for_the_refused_file_too(inbox):
    """A registration lacks its activity, which waits for its action."""
    (inbox.folder / "acciones.csv").write_bytes(b"")
    result = check(inbox)
    assert [problem.archivo for problem in result.told] == ["acciones.csv"]
    assert {one.archivo for one in result.waiting["acciones.csv"]} >= {
        "actividades.csv",
        "metas_programadas.csv",
        "metas_ejecutadas.csv",
    }


def test_rows_wait_for_a_file_that_is_only_named_otherwise(inbox):
    path = inbox.folder / "actividades.csv"
    path.rename(path.with_name("actividades - copia.csv"))
    result = check(inbox)
    assert [problem.archivo for problem in result.told] == ["actividades - copia.csv"]
    assert result.waiting.keys() == {"actividades - copia.csv"}


def test_row_whose_parent_no_refused_file_explains_is_told(inbox):
    inbox.append("presupuesto", "muni")
    inbox.append("centros_costo", "x,C9,Otro,,")
    inbox.append("metas_ejecutadas", "muni,m,A9,1,2023-02-10,1,1")
    result = check(inbox)
    assert not result.waiting
    assert {one.columna for one in result.told} == {None, "entidad_id", "actividad_id"}


def test_row_with_a_fault_of_its_own_takes_its_children_along(inbox):
    """What waits for a file and lacks another parent is told, and so are its children."""
    (inbox.folder / "acciones.csv").write_bytes(b"")
    inbox.append("actividades", "muni,m,A2,E1,C9,Otra,,informe,acumulado_anual,,,")
    inbox.append("metas_ejecutadas", "muni,m,A2,1,2023-02-10,1,1")
    told = {(one.archivo, one.columna) for one in check(inbox).told}
    assert told == {
        ("acciones.csv", None),
        ("actividades.csv", "centro_costo_id"),
        ("metas_ejecutadas.csv", "actividad_id"),
    }


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_no_name_is_cut_on_any_terminal(inbox, width):
    inbox.append("metas_ejecutadas", "muni,m,A1,2,2023-03-10,x,-1")
    inbox.append("resultados_reportados", "muni,m,6,AO,A9,,,,,,")
    inbox.append("presupuesto", "muni")
    lines = printed(check(inbox), width)
    text = "\n".join(lines)
    assert "…" not in text
    assert "ejecucion_financiera -1 es un valor negativo; el mínimo es 0" in text
    assert ("│" in text) == (width >= 200)
    if width <= 80:
        assert lines[:3] == [
            "presupuesto.csv, línea 3: tiene 1 campo y los títulos son 8",
            "metas_ejecutadas.csv, fila 3, ejecucion_fisica: ejecucion_fisica «x» no es un número",
            "metas_ejecutadas.csv, fila 3, ejecucion_financiera: ejecucion_financiera -1 es un "
            "valor negativo; el mínimo es 0",
        ]


def test_documentation_shows_what_is_printed(inbox):
    inbox.append(
        "metas_ejecutadas",
        "muni,M,A1,2,2023-03-10,5,1",
        "muni,m,AOI9,13,2023-03-10,5,1",
        "muni,m,AOI9,12,2023-03-10,5,1",
    )
    inbox.append("presupuesto", "muni,2023,6,gasto,X,1,2,3,4")
    text = (PROJECT_ROOT / "docs" / "loading.md").read_text(encoding="utf-8")
    shown = text.split("$ semaforo check entrega/\n")[1].split("```")[0].splitlines()
    lines = printed(check(inbox), 80)
    assert shown[:5] == lines[:5]
    assert lines[5].endswith("0 repetidas")
    assert set(shown[5:]) <= set(lines[5:])


def test_warehouse_that_is_none_is_said(tmp_path):
    (tmp_path / "archivo").touch()
    (tmp_path / "vacío").mkdir()
    for name, words in {
        "nada": "no es una carpeta que exista",
        "archivo": "no es una carpeta que exista",
        "vacío": "no tiene ningún almacén",
    }.items():
        with pytest.raises(SemaforoError, match=f"--warehouse: .*{name} {words}"):
            known_database(tmp_path / name)
    assert known_database(None) is None
