"""The evaluation report (Informe de evaluación): its tables, in the order of the official ones.

Belongs here: which figure stands in which table. Does not: a figure, a file format.
Tables follow the evaluations of ZED ILO (2023) and of Ilo's municipality (2022).
"""

from orchestration.reports.cells import advance_of, figure_of, head_of
from orchestration.reports.document import Cell, Document, Light, Table, figures_row
from orchestration.reports.evaluacion_control import (
    agreement,
    budget,
    commitments,
    differences,
    findings,
    versions,
)
from orchestration.reports.evaluacion_prospectiva import plan_versions, projection
from orchestration.reports.marts import NO_BANDS, Cut, Marts
from orchestration.reports.marts import Row as Figures
from orchestration.reports.method import notes
from orchestration.reports.printing import (
    COUNT,
    MONEY,
    PERCENT,
    QUANTITY,
)

_LEVELS = """
    select
        avance.oei_id as grupo, 1 as orden, avance.oei_id as codigo, objetivo.nombre,
        resultado.n_indicadores, resultado.n_logrados, resultado.resultado_pct,
        resultado.semaforo as semaforo_resultado,
        avance.* exclude (oei_id)
    from marts.fct_avance_objetivo as avance
    join marts.dim_objetivo as objetivo using (entidad_id, plan_id, oei_id)
    left join marts.fct_resultado_objetivo as resultado
        using (entidad_id, plan_id, oei_id, mes_corte)
    where avance.entidad_id = $entidad_id and avance.plan_id = $plan_id
        and avance.mes_corte = $mes_corte
    union all by name
    select
        avance.oei_id as grupo, 2 as orden, avance.aei_id as codigo, accion.nombre,
        avance.* exclude (oei_id, aei_id)
    from marts.fct_avance_accion as avance
    join marts.dim_accion as accion using (entidad_id, plan_id, aei_id)
    where avance.entidad_id = $entidad_id and avance.plan_id = $plan_id
        and avance.mes_corte = $mes_corte
    order by grupo, orden, codigo
"""

# The figures with dependencies are listed for centres that have any: for the others they repeat.
_CENTRES = """
    select avance.*, centro.nombre
    from marts.fct_avance_centro_costo as avance
    join marts.dim_centro_costo as centro using (entidad_id, centro_costo_id)
    where avance.entidad_id = $entidad_id and avance.plan_id = $plan_id
        and avance.mes_corte = $mes_corte
        and (
            avance.alcance = 'propio'
            or exists (
                select 1 from marts.dim_centro_costo as hijo
                where hijo.entidad_id = avance.entidad_id
                    and hijo.centro_padre_id = avance.centro_costo_id
            )
        )
    order by avance.centro_costo_id, avance.alcance
"""

_INDICATORS = """
    select *
    from marts.fct_indicador
    where entidad_id = $entidad_id and plan_id = $plan_id and mes_corte = $mes_corte
    order by oei_id, elemento_id, indicador_id
"""

# The worst colour of the method, worst first: an advance that is null has no colour.
_CRITICAL = """
    select avance.*, accion.nombre
    from marts.fct_avance_accion as avance
    join marts.dim_accion as accion using (entidad_id, plan_id, aei_id)
    where avance.entidad_id = $entidad_id and avance.plan_id = $plan_id
        and avance.mes_corte = $mes_corte
        and avance.semaforo_fisico = (
            select arg_min(color, orden) from marts.dim_semaforo
            where metodologia_id = $metodologia_id and ambito = 'fisico'
        )
    order by avance.avance_fisico_pct, avance.aei_id
"""

_LEVEL_NAMES = {
    "OEI": "OEI: ejecución física",
    "AEI": "AEI: ejecución física",
    "AO": "AO: ejecución física",
    "IND_OEI": "Indicadores de OEI",
    "IND_AEI": "Indicadores de AEI",
}


def evaluation_report(marts: Marts, cut: Cut) -> Document:
    """Lay out the evaluation report of a plan at a corte."""
    entity = marts.entity(cut)
    physical = marts.lights(cut, "fisico")
    money = marts.lights(cut, "financiero")
    tables = [
        _summary(cut, entity, physical, money),
        _implementation(marts, cut, physical, money),
        _by_unit(marts, cut, physical, money),
        _lights(marts, cut),
        _indicators(marts, cut),
        _critical(marts, cut, physical),
        budget(marts, cut),
        plan_versions(marts, cut, physical),
        versions(marts, cut),
        projection(marts, cut, physical),
        agreement(marts, cut),
        differences(marts, cut),
        commitments(marts, cut),
        findings(marts, cut),
    ]
    return Document(
        title=f"INFORME DE EVALUACIÓN DEL {cut.plan_type.upper()} {cut.plan['anio']}",
        lines=cut.lines,
        tables=tables,
        notes=notes(cut.plan),
        one_sheet=False,
    )


def _money(figures: Figures, lights: dict[str, Light]) -> list[Cell]:
    light = lights.get(figures["semaforo_financiero"])
    return [
        figure_of(figures, "programado_financiero", MONEY),
        figure_of(figures, "ejecutado_financiero", MONEY),
        figure_of(figures, "avance_financiero_pct", PERCENT, light),
    ]


def _summary(
    cut: Cut, entity: Figures, physical: dict[str, Light], money: dict[str, Light]
) -> Table:
    programmed, executed, advance = _money(entity, money)

    def known(column: str) -> Cell:
        """How many activities are so, where they are known one by one."""
        if entity["con_actividades"]:
            return figure_of(entity, column, COUNT)
        return Cell("sin detalle", align="right")

    executed_of_year = figure_of(entity, "ejecutado_anual_pct", PERCENT)
    if cut.waiting:
        executed_of_year = Cell("por vencer", align="right")
    rows = [
        ("Avance físico (%)", advance_of(entity, physical)),
        ("Avance de las AO que tienen cifra (%)", figure_of(entity, "avance_parcial_pct", PERCENT)),
        ("Mediana del avance de las AO (%)", figure_of(entity, "mediana_actividades_pct", PERCENT)),
        ("Programación financiera", programmed),
        ("Ejecución financiera", executed),
        ("Avance financiero (%)", advance),
        (
            "Meta del año programada hasta el corte (%)",
            figure_of(entity, "programado_anual_pct", PERCENT),
        ),
        ("Meta del año ejecutada hasta el corte (%)", executed_of_year),
        ("Actividades operativas (AO)", figure_of(entity, "n_actividades", COUNT)),
        ("AO sin programación (S.P.)", known("n_sp")),
        ("AO con seguimiento incompleto (S.I.)", known("n_si")),
    ]
    body = [figures_row(words, cell) for words, cell in rows]
    return Table("Resumen", (60, 24), head_of("Cifra", "Valor"), body)


def _implementation(
    marts: Marts, cut: Cut, physical: dict[str, Light], money: dict[str, Light]
) -> Table:
    result_lights = marts.colours(cut, "indicador")
    body = []
    for row in marts.rows(_LEVELS, **cut.key):
        result = result_lights.get(row["semaforo_resultado"])
        cells = (
            f"{row['codigo']} {row['nombre']}",
            figure_of(row, "n_actividades", COUNT),
            figure_of(row, "n_sp", COUNT),
            figure_of(row, "n_si", COUNT),
            advance_of(row, physical),
            figure_of(row, "avance_parcial_pct", PERCENT),
            *_money(row, money),
            figure_of(row, "n_indicadores", COUNT),
            figure_of(row, "n_logrados", COUNT),
            figure_of(row, "resultado_pct", PERCENT, result),
        )
        body.append(figures_row(*cells, style="action" if row["orden"] == 1 else ""))
    head = head_of(
        "OEI / AEI",
        "AO",
        "S.P.",
        "S.I.",
        "Avance físico %",
        "Avance parcial %",
        "Programado",
        "Ejecutado",
        "Avance financiero %",
        "Indicadores",
        "Logrados",
        "Resultado %",
    )
    widths = (56, 7, 7, 7, 11, 11, 16, 16, 12, 11, 10, 11)
    return Table("Implementación por OEI y AEI", widths, head, body)


def _by_unit(marts: Marts, cut: Cut, physical: dict[str, Light], money: dict[str, Light]) -> Table:
    scopes = {"propio": "propio", "total": "con sus dependencias"}
    body = [
        figures_row(
            f"{row['centro_costo_id']} {row['nombre']}",
            scopes[row["alcance"]],
            figure_of(row, "n_actividades", COUNT),
            figure_of(row, "n_sp", COUNT),
            figure_of(row, "n_si", COUNT),
            advance_of(row, physical),
            figure_of(row, "suma_programada", QUANTITY),
            figure_of(row, "suma_ejecutada", QUANTITY),
            *_money(row, money),
        )
        for row in marts.rows(_CENTRES, **cut.key)
    ]
    head = head_of(
        "Centro de costo",
        "Alcance",
        "AO",
        "S.P.",
        "S.I.",
        "Avance físico %",
        "Suma de metas programadas",
        "Suma de metas ejecutadas",
        "Programado",
        "Ejecutado",
        "Avance financiero %",
    )
    widths = (50, 14, 7, 7, 7, 11, 14, 14, 16, 16, 12)
    empty = "Ningún centro de costo tiene actividades en este plan."
    return Table("Por unidad", widths, head, body, empty)


def _lights(marts: Marts, cut: Cut) -> Table:
    body = [
        figures_row(
            _LEVEL_NAMES[row["nivel"]],
            Cell(row["etiqueta"], light=marts.light(row)),
            Cell(row["cantidad"], COUNT),
        )
        for row in ([] if cut.waiting else marts.colour_counts(cut))
    ]
    empty = cut.waiting or (NO_BANDS if cut.has_follow_up else "Sin seguimiento no hay semáforo.")
    return Table("Semaforización", (44, 30, 12), head_of("Nivel", "Banda", "Cantidad"), body, empty)


def _indicators(marts: Marts, cut: Cut) -> Table:
    lights = marts.colours(cut, "indicador")
    achieved = {True: "sí", False: "no", None: None}
    body = [
        figures_row(
            row["indicador_id"],
            row["elemento_id"],
            figure_of(row, "programado", QUANTITY),
            figure_of(row, "obtenido", QUANTITY),
            figure_of(row, "avance_pct", PERCENT, lights.get(row["semaforo"])),
            achieved[row["logrado"]],
        )
        for row in marts.rows(_INDICATORS, **cut.key)
    ]
    head = head_of("Indicador", "OEI / AEI", "Programado", "Obtenido", "Avance %", "Logrado")
    empty = "No hay resultados de indicadores a este corte."
    return Table("Indicadores", (40, 24, 16, 16, 14, 12), head, body, empty)


def _critical(marts: Marts, cut: Cut, physical: dict[str, Light]) -> Table:
    method = cut.plan["metodologia_id"]
    body = [
        figures_row(
            f"{row['aei_id']} {row['nombre']}",
            figure_of(row, "n_actividades", COUNT),
            *(figure_of(row, f"n_{colour}", COUNT) for colour in physical),
            advance_of(row, physical),
        )
        for row in ([] if cut.waiting else marts.rows(_CRITICAL, metodologia_id=method, **cut.key))
    ]
    head = head_of("AEI", "AO", *(f"AO en {colour}" for colour in physical), "Avance físico %")
    widths = (70, 8, *(11,) * len(physical), 14)
    empty = cut.waiting or "Ninguna AEI está en el peor color del semáforo."
    return Table("AEI críticas", widths, head, body, empty)
