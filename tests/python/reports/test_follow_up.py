"""The follow-up report: each of its cells is the figure of the marts, in every format."""

import re

import pytest
from report_files import figures_of_page, page, pdf, printed, rows, same, sheets, write

PLANS = [
    pytest.param(("301264", "poi-2023"), id="monthly-with-money"),
    pytest.param(("zed-ilo", "poi-2023"), id="quarterly"),
    pytest.param(("mdpyep", "poa-2017"), id="programming-only"),
    pytest.param(("301498", "pei-2022"), id="actions-without-activities"),
]
DETAILS = 6


class Sheet:
    """The one sheet of the report: its columns by heading, its rows by what they begin with."""

    def __init__(self, path, with_money, n_months):
        (self.rows,) = sheets(path).values()
        self.start = next(
            number for number, row in enumerate(self.rows) if str(row[5]).startswith("PROG")
        )
        self.n_months = n_months
        self.accumulated = DETAILS + n_months
        self.advance = self.accumulated + 1
        self.money = self.advance + 1
        self.last = self.money + n_months if with_money else self.advance

    def find(self, start: str) -> int:
        (found,) = [
            number
            for number, row in enumerate(self.rows)
            if number > self.start and isinstance(row[0], str) and row[0].startswith(start)
        ]
        return found


@pytest.fixture(scope="module", params=PLANS)
def case(request, closed_warehouse, tmp_path_factory):
    """A plan at its current corte, its report as XLSX, and what the marts say of it."""
    entity, plan = request.param
    folder = tmp_path_factory.mktemp("follow-up")
    where = f"entidad_id = '{entity}' and plan_id = '{plan}'"
    (about,) = rows(closed_warehouse, f"select * from marts.dim_plan where {where}")
    cut = about["corte_vigente"]
    at_cut = f"{where} and mes_corte = {cut}"
    (total,) = rows(closed_warehouse, f"select * from marts.fct_avance_entidad where {at_cut}")
    (known,) = rows(
        closed_warehouse, f"select count(*) as n from marts.fct_avance_actividad where {at_cut}"
    )
    with_money = bool(total["programado_financiero"] or total["ejecutado_financiero"])
    step = 3 if about["periodicidad"] == "trimestral" else 1
    months = list(range(step, cut + 1, step))
    path = write(closed_warehouse, "seguimiento", entity, plan, "xlsx", folder)
    return {
        "key": (entity, plan),
        "folder": folder,
        "plan": about,
        "total": total,
        "has_activities": known["n"] > 0,
        "where": where,
        "at_cut": at_cut,
        "months": months,
        "with_money": with_money,
        "sheet": Sheet(path, with_money, len(months)),
    }


def expected_advance(row):
    if row["avance_fisico_pct"] is not None:
        return row["avance_fisico_pct"]
    return row["estado"] if row["estado"] in {"S.I.", "S.P."} else None


def same_advance(cell, row):
    expected = expected_advance(row)
    return cell == expected if isinstance(expected, str) else same(cell, expected)


def test_every_activity_is_printed_as_the_marts_have_it(closed_warehouse, case):
    sheet, months = case["sheet"], case["months"]
    monthly = {
        (row["actividad_id"], row["mes"]): row
        for row in rows(
            closed_warehouse, f"select * from marts.fct_meta_mensual where {case['where']}"
        )
    }
    activities = rows(
        closed_warehouse,
        f"""
        select avance.*, actividad.nombre, actividad.unidad_medida, actividad.tipo_agregacion,
            centro.nombre as centro
        from marts.fct_avance_actividad as avance
        join marts.dim_actividad as actividad using (entidad_id, plan_id, actividad_id)
        join marts.dim_centro_costo as centro
            on centro.entidad_id = avance.entidad_id
            and centro.centro_costo_id = avance.centro_costo_id
        where avance.entidad_id = '{case["key"][0]}' and avance.plan_id = '{case["key"][1]}'
            and mes_corte = {months[-1]}
        """,
    )
    assert len(activities) == sum(
        1 for row in sheet.rows[sheet.start + 1 :] if str(row[5]).startswith("PROG")
    )
    for row in activities:
        at = sheet.find(f"{row['actividad_id']} - ")
        cells = sheet.rows[at]
        assert cells[0] == f"{row['actividad_id']} - {row['nombre']}"
        assert (cells[1], cells[3]) == (row["centro"], row["unidad_medida"])
        assert same_advance(cells[sheet.advance], row), row["actividad_id"]
        kinds = ["programado", "ejecutado"] if case["plan"]["con_seguimiento"] else ["programado"]
        for offset, kind in enumerate(kinds):
            line = sheet.rows[at + offset]
            assert str(line[5]).upper().startswith(kind[:3].upper())
            for place, month in enumerate(months):
                figures = monthly.get((row["actividad_id"], month), {})
                assert same(line[DETAILS + place], figures.get(f"{kind}_fisico"))
                if case["with_money"]:
                    money = figures.get(f"{kind}_financiero")
                    assert same(line[sheet.money + place], money)
            accumulated = row[f"{kind}_fisico"]
            if accumulated is None and row["tipo_agregacion"] == "no_acumulado":
                assert line[sheet.accumulated] == "-"
            else:
                assert same(line[sheet.accumulated], accumulated)
            if case["with_money"]:
                assert same(line[sheet.last], row[f"{kind}_financiero"])


def test_every_action_has_its_heading_and_its_subtotal(closed_warehouse, case):
    sheet = case["sheet"]
    actions = rows(
        closed_warehouse,
        f"""
        select * from marts.fct_avance_accion join marts.dim_accion
            using (entidad_id, plan_id, aei_id) where {case["at_cut"]}
        """,
    )
    assert actions
    for row in actions:
        assert sheet.rows[sheet.find(f"{row['aei_id']} ")][0] == f"{row['aei_id']} {row['nombre']}"
        if not case["plan"]["con_seguimiento"]:
            continue
        subtotal = sheet.rows[sheet.find(f"EJECUCIÓN FÍSICA POR {row['aei_id']}:")]
        assert same_advance(subtotal[sheet.advance], row)
        if case["with_money"]:
            assert subtotal[sheet.money] == f"EJECUCIÓN FINANCIERA POR {row['aei_id']}:"
            assert same(subtotal[sheet.last], row["ejecutado_financiero"])


def test_every_objective_has_its_heading(closed_warehouse, case):
    objectives = rows(closed_warehouse, f"select * from marts.dim_objetivo where {case['where']}")
    assert objectives
    for row in objectives:
        at = case["sheet"].find(f"{row['oei_id']} {row['nombre']}")
        assert case["sheet"].rows[at][0] == f"{row['oei_id']} {row['nombre']}"


def _counts_of(case) -> dict[str, str]:
    """Of activities that the source only counts nobody knows which are complete."""
    if case["has_activities"]:
        return {"AO CON INFORMACIÓN INCOMPLETA": "n_si", "AO SIN PROGRAMACIÓN": "n_sp"}
    return {"AO SEGÚN LA FUENTE, SIN DETALLE DE ACTIVIDADES": "n_actividades"}


def test_totals_are_those_of_the_entity(case):
    sheet, total = case["sheet"], case["total"]
    if not case["plan"]["con_seguimiento"]:
        # Nothing is known but the programme: no total of an execution is printed.
        begins = ("PROMEDIO", "MEDIANA", "TOTAL DE EJECUCIÓN", "AO CON", "AO SIN")
        assert not [row for row in sheet.rows if str(row[0]).startswith(begins)]
        return
    for words, column in {
        "PROMEDIO DE EJECUCIÓN FÍSICA": "avance_fisico_pct",
        "MEDIANA DEL AV%": "mediana_actividades_pct",
        **_counts_of(case),
    }.items():
        assert same(sheet.rows[sheet.find(words)][sheet.last], total[column]), words
    if case["has_activities"]:
        complete = total["n_actividades"] - total["n_si"]
        assert sheet.rows[sheet.find("AO CON INFORMACIÓN COMPLETA")][sheet.last] == complete
    else:
        assert not [row for row in sheet.rows if str(row[0]).startswith(("AO CON", "AO SIN"))]
    if case["with_money"]:
        for words, column in {
            "TOTAL DE PROGRAMACIÓN FINANCIERA": "programado_financiero",
            "TOTAL DE EJECUCIÓN FINANCIERA": "ejecutado_financiero",
        }.items():
            assert same(sheet.rows[sheet.find(words)][sheet.last], total[column])


def test_colour_counts_are_those_of_the_marts(closed_warehouse, case):
    sheet = case["sheet"]
    if not case["plan"]["con_seguimiento"]:
        assert not [row for row in sheet.rows if str(row[0]).startswith("Año:")]
        return
    for level, words in {"OEI": "Objetivos", "AEI": "Acciones", "AO": "Actividades"}.items():
        counts = [
            row["cantidad"]
            for row in rows(
                closed_warehouse,
                f"""
                select cuenta.cantidad from marts.rpt_semaforizacion as cuenta
                join marts.dim_semaforo as banda using (color)
                where {case["at_cut"]} and nivel = '{level}' and banda.ambito = 'fisico'
                    and banda.metodologia_id = '{case["plan"]["metodologia_id"]}'
                order by banda.orden
                """,
            )
        ]
        if not counts:
            # A plan of which no AO is known counts none.
            assert (level, case["key"]) == ("AO", ("301498", "pei-2022"))
            assert not [row for row in sheet.rows if str(row[0]).startswith(words)]
            continue
        assert sheet.rows[sheet.find(words)][1 : 1 + len(counts)] == counts


def test_page_prints_the_figures_half_up_with_thousands(closed_warehouse, case):
    path = write(closed_warehouse, "seguimiento", *case["key"], "html", case["folder"])
    by_code = {
        row[0].split(" - ")[0]: row
        for row in page(path).rows
        if len(row) > DETAILS and row[DETAILS - 1] in {"PROGRAMADO", "PROGR."}
    }
    activities = rows(
        closed_warehouse, f"select * from marts.fct_avance_actividad where {case['at_cut']}"
    )
    assert len(by_code) == len(activities)
    sheet = case["sheet"]
    for row in activities:
        cells = by_code[row["actividad_id"]]
        if row["programado_fisico"] is not None:
            assert cells[sheet.accumulated] == printed(row["programado_fisico"], 4)
        # A letter for who sees no colours, then the figure.
        shown = cells[sheet.advance]
        if row["avance_fisico_pct"] is not None:
            letter = row["semaforo_fisico"][0].upper()
            assert shown == f"{letter} {printed(row['avance_fisico_pct'], 2)}"
        else:
            assert shown == (expected_advance(row) or "")
        if case["with_money"]:
            money = printed(row["programado_financiero"], 2, fixed=True)
            assert cells[sheet.last] == money


@pytest.mark.slow
def test_pdf_holds_every_figure_of_the_page_on_a4_landscape(closed_warehouse, case):
    html = write(closed_warehouse, "seguimiento", *case["key"], "html", case["folder"])
    done = pdf(write(closed_warehouse, "seguimiento", *case["key"], "pdf", case["folder"]))
    assert done.size == pytest.approx((841.89, 595.28), abs=0.1)
    assert done.figures() == figures_of_page(html)
    for number, text in enumerate(done.pages, start=1):
        assert f"Página {number} de {len(done.pages)}" in text
        # The headings stand on every page that has rows of the table.
        if re.search(r"EJECUCIÓN FÍSICA POR \S*\d|PROGRAMADO|PROGR\.", text):
            assert "CENTRO" in text
            assert "PRIORIDAD" in text
