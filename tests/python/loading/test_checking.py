"""`semaforo check` says what a load would say, and keeps nothing."""

import json

from loading_inbox import TODAY

from orchestration.checking import SHOWN_PROBLEMS, Problem, check_folder


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
            "la actividad A9 no existe en el plan m",
        ),
        Problem("presupuesto.csv", 3, None, None, "tiene 1 campo y los títulos son 8"),
    }
    assert result.summary()[-1] == "4 problemas."


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
