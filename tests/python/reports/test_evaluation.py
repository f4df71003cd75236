"""The evaluation report: every figure of its tables is the one of the marts."""

import pytest
from report_files import figures_of_page, pdf, rows, same, sheets, write

PLANS = [("301264", "poi-2023"), ("zed-ilo", "poi-2023"), ("301498", "pei-2022")]


@pytest.fixture(scope="module", params=PLANS, ids=lambda key: key[0])
def case(request, closed_warehouse, tmp_path_factory):
    entity, plan = request.param
    folder = tmp_path_factory.mktemp("evaluation")
    where = f"entidad_id = '{entity}' and plan_id = '{plan}'"
    (about,) = rows(closed_warehouse, f"select * from marts.dim_plan where {where}")
    path = write(closed_warehouse, "evaluacion", entity, plan, "xlsx", folder)
    return {
        "key": (entity, plan),
        "folder": folder,
        "plan": about,
        "at_cut": f"{where} and mes_corte = {about['corte_vigente']}",
        "sheets": sheets(path),
    }


def table(case, title: str) -> list[list[object]]:
    """Rows below the head of the table on a sheet: it starts two rows below its title."""
    cells = case["sheets"][title]
    start = next(number for number, row in enumerate(cells) if row[0] == title)
    return cells[start + 3 :]


def check(case, title: str, expected: list[dict], columns: list[str], first: int) -> None:
    """Hold the numeric columns from `first` on against the marts."""
    body = table(case, title)
    assert len(body) == len(expected)
    for line, row in zip(body, expected, strict=True):
        for at, column in enumerate(columns, start=first):
            figure = row[column]
            if column == "avance_fisico_pct" and figure is None:
                assert line[at] == row["estado"]
            else:
                assert same(line[at], figure), (title, column, line, row)


def test_implementation_by_objective_and_action(closed_warehouse, case):
    expected = rows(
        closed_warehouse,
        f"""
        select * from (
            select
                oei_id as grupo, '' as codigo, avance.*,
                resultado.n_indicadores, resultado.n_logrados, resultado.resultado_pct
            from marts.fct_avance_objetivo as avance
            left join marts.fct_resultado_objetivo as resultado
                using (entidad_id, plan_id, oei_id, mes_corte)
            union all by name
            select oei_id as grupo, aei_id as codigo, * from marts.fct_avance_accion
        ) where {case["at_cut"]} order by grupo, codigo
        """,
    )
    columns = [
        "n_actividades", "n_sp", "n_si", "avance_fisico_pct", "avance_parcial_pct",
        "programado_financiero", "ejecutado_financiero", "avance_financiero_pct",
        "n_indicadores", "n_logrados", "resultado_pct",
    ]  # fmt: skip
    check(case, "Implementación por OEI y AEI", expected, columns, first=1)


def test_by_unit(closed_warehouse, case):
    expected = rows(
        closed_warehouse,
        f"""
        select * from marts.fct_avance_centro_costo where {case["at_cut"]}
            and (alcance = 'propio' or centro_costo_id in (
                select centro_padre_id from marts.dim_centro_costo
                where entidad_id = '{case["key"][0]}'))
        order by centro_costo_id, alcance
        """,
    )
    columns = [
        "n_actividades", "n_sp", "n_si", "avance_fisico_pct", "suma_programada", "suma_ejecutada",
        "programado_financiero", "ejecutado_financiero", "avance_financiero_pct",
    ]  # fmt: skip
    check(case, "Por unidad", expected, columns, first=2)


def test_lights(closed_warehouse, case):
    found = {(row[0], row[1][2:]): row[2] for row in table(case, "Semaforización")}
    names = {
        "OEI": "OEI: ejecución física", "AEI": "AEI: ejecución física",
        "AO": "AO: ejecución física", "IND_OEI": "Indicadores de OEI",
        "IND_AEI": "Indicadores de AEI",
    }  # fmt: skip
    expected = rows(
        closed_warehouse, f"select * from marts.rpt_semaforizacion where {case['at_cut']}"
    )
    assert expected
    assert found == {(names[row["nivel"]], row["etiqueta"]): row["cantidad"] for row in expected}


def test_budget(closed_warehouse, case):
    expected = rows(
        closed_warehouse,
        f"""
        select * from marts.fct_presupuesto
        where entidad_id = '{case["key"][0]}' and anio = {case["plan"]["anio"]}
            and mes_corte = {case["plan"]["corte_vigente"]}
        order by tipo desc, rubro = 'TOTAL', rubro
        """,
    )
    if not expected:
        assert table(case, "Presupuesto")[0][0].startswith("No hay presupuesto")
        return
    columns = ["pia", "pim", "modificacion", "ejecucion", "avance_pim_pct"]
    check(case, "Presupuesto", expected, columns, first=2)


def test_indicators(closed_warehouse, case):
    expected = rows(
        closed_warehouse,
        f"""
        select * from marts.fct_indicador where {case["at_cut"]}
        order by oei_id, elemento_id, indicador_id
        """,
    )
    if not expected:
        assert table(case, "Indicadores")[0][0].startswith("No hay resultados")
        return
    check(case, "Indicadores", expected, ["programado", "obtenido", "avance_pct"], first=2)


def test_critical_actions_are_those_of_the_worst_colour(closed_warehouse, case):
    expected = rows(
        closed_warehouse,
        f"""
        select aei_id, nombre from marts.fct_avance_accion
        join marts.dim_accion using (entidad_id, plan_id, aei_id)
        where {case["at_cut"]} and semaforo_fisico = 'rojo'
        order by avance_fisico_pct, aei_id
        """,
    )
    assert expected
    found = [row[0] for row in table(case, "AEI críticas")]
    assert found == [f"{row['aei_id']} {row['nombre']}" for row in expected]


def test_reconciliation_counts_everything_and_lists_what_differs(closed_warehouse, case):
    where = (
        f"entidad_id = '{case['key'][0]}' and mes_corte <= {case['plan']['corte_vigente']} "
        f"and (plan_id = '{case['key'][1]}' or plan_id is null or plan_id = '')"
    )
    (total,) = rows(
        closed_warehouse, f"select count(*) as n from marts.rpt_conciliacion where {where}"
    )
    assert sum(row[2] for row in table(case, "Conciliación con lo publicado")) == total["n"]
    listed = rows(
        closed_warehouse,
        f"""
        select documento, nivel, elemento_id, medida, valor_publicado, valor_calculado
        from marts.rpt_conciliacion
        where {where} and resultado != 'coincide' and not starts_with(medida, 'poi_')
        """,
    )
    found = {
        (row[0], row[1], row[2], row[3], row[4], row[5], row[6])
        for row in table(case, "Cifras que no coinciden")
    }
    assert {(key[0], key[2], key[3], key[4], key[5]) for key in found} == {
        (
            row["documento"], row["nivel"], row["elemento_id"], row["medida"],
            float(row["valor_publicado"]),
        )
        for row in listed
    }  # fmt: skip


def test_published_plan_versions_are_printed_as_published(closed_warehouse, case):
    expected = rows(
        closed_warehouse,
        f"""
        select medida, valor_publicado from marts.rpt_conciliacion
        where entidad_id = '{case["key"][0]}' and starts_with(medida, 'poi_')
        order by medida, documento
        """,
    )
    body = table(case, "Versiones del plan publicadas")
    if not expected:
        assert body[0][0].startswith("Ningún documento")
        return
    assert [(row[0], row[2]) for row in body] == [
        (row["medida"], float(row["valor_publicado"])) for row in expected
    ]


def test_commitments_open_and_longest_overdue_first(closed_warehouse, case):
    expected = rows(
        closed_warehouse,
        f"""
        select compromiso_id, recomendacion, fecha_limite, dias_vencido from marts.fct_compromiso
        where entidad_id = '{case["key"][0]}' and plan_id = '{case["key"][1]}'
        order by not abierto, dias_vencido desc nulls last, compromiso_id
        """,
    )
    body = table(case, "Compromisos")
    if not expected:
        assert body[0][0].startswith("No hay compromisos")
        return
    assert [(row[0], row[1], row[9]) for row in body] == [
        (row["compromiso_id"], row["recomendacion"], row["dias_vencido"]) for row in expected
    ]
    # Days that a spreadsheet sorts and filters as such.
    assert [row[4] and row[4].date() for row in body] == [row["fecha_limite"] for row in expected]


@pytest.mark.slow
def test_pdf_holds_every_figure_of_the_page(closed_warehouse, case):
    html = write(closed_warehouse, "evaluacion", *case["key"], "html", case["folder"])
    done = pdf(write(closed_warehouse, "evaluacion", *case["key"], "pdf", case["folder"]))
    assert done.size == pytest.approx((841.89, 595.28), abs=0.1)
    assert done.figures() == figures_of_page(html)


def test_activities_that_are_only_counted_are_neither_complete_nor_not(case):
    summary = {row[0]: row[1] for row in table(case, "Resumen")}
    known = case["key"][0] != "301498"
    for words in ("AO sin programación (S.P.)", "AO con seguimiento incompleto (S.I.)"):
        assert (summary[words] != "sin detalle") == known
