"""The follow-up report (Reporte de seguimiento) in the official layout.

Belongs here: which figure stands in which row, in which order. Does not: a figure, a file format.
The monthly layout is that of the municipality of La Victoria, the quarterly one that of ZED ILO's
annex: a heading per OEI and AEI, a row PROGRAMADO and a row EJECUTADO per AO, a subtotal per AEI.
"""

from orchestration.reports.cells import WITHOUT_ADVANCE, advance_of
from orchestration.reports.document import Cell, Document, Light, Row, Table
from orchestration.reports.marts import NO_BANDS, Cut, Marts
from orchestration.reports.marts import Row as Figures
from orchestration.reports.method import notes
from orchestration.reports.printing import (
    COUNT,
    MONEY,
    PERCENT,
    QUANTITY,
    NumberFormat,
    label,
)
from orchestration.reports.seguimiento_columns import DETAILS, MONTHLY, QUARTERLY, Columns

_ACTIVITIES = """
    select
        avance.*,
        actividad.nombre,
        actividad.prioridad,
        actividad.unidad_medida,
        actividad.tipo_agregacion,
        centro.nombre as centro
    from marts.fct_avance_actividad as avance
    join marts.dim_actividad as actividad using (entidad_id, plan_id, actividad_id)
    join marts.dim_centro_costo as centro
        on avance.entidad_id = centro.entidad_id
        and avance.centro_costo_id = centro.centro_costo_id
    where avance.entidad_id = $entidad_id and avance.plan_id = $plan_id
        and avance.mes_corte = $mes_corte
    order by avance.oei_id, avance.aei_id, avance.actividad_id
"""

_MONTHS = """
    select *
    from marts.fct_meta_mensual
    where entidad_id = $entidad_id and plan_id = $plan_id and mes <= $mes_corte
"""

_ACTIONS = """
    select avance.*, accion.nombre
    from marts.fct_avance_accion as avance
    join marts.dim_accion as accion using (entidad_id, plan_id, aei_id)
    where avance.entidad_id = $entidad_id and avance.plan_id = $plan_id
        and avance.mes_corte = $mes_corte
    order by avance.oei_id, avance.aei_id
"""

_OBJECTIVES = """
    select avance.*, objetivo.nombre
    from marts.fct_avance_objetivo as avance
    join marts.dim_objetivo as objetivo using (entidad_id, plan_id, oei_id)
    where avance.entidad_id = $entidad_id and avance.plan_id = $plan_id
        and avance.mes_corte = $mes_corte
    order by avance.oei_id
"""

MONTHS_BESIDE_MONEY = 6
"""Months that fit twice on an A4 page: with more, money has a table of its own on paper."""


def follow_up_report(marts: Marts, cut: Cut) -> Document:
    """Lay out the follow-up report of a plan at a corte."""
    plan = cut.plan
    entity = marts.entity(cut)
    with_money = bool(entity["programado_financiero"] or entity["ejecutado_financiero"])
    layout = QUARTERLY if plan["periodicidad"] == "trimestral" else MONTHLY
    whole = Columns(layout, cut.months, with_money=with_money)
    after = [_colour_counts(marts, cut)] if cut.has_follow_up else []
    on_paper = []
    if with_money and len(cut.months) > MONTHS_BESIDE_MONEY:
        physical = Columns(layout, cut.months, with_money=False)
        money = Columns(layout, cut.months, with_physical=False)
        on_paper = [
            _table("Seguimiento físico", marts, cut, entity, physical),
            _table("Seguimiento financiero", marts, cut, entity, money),
            *after,
        ]
    return Document(
        title=f"REPORTE DE SEGUIMIENTO DEL {cut.plan_type.upper()} {plan['anio']}",
        lines=cut.lines,
        tables=[_table("Seguimiento", marts, cut, entity, whole), *after],
        notes=notes(plan),
        one_sheet=True,
        on_paper=on_paper,
    )


def _table(title: str, marts: Marts, cut: Cut, entity: Figures, columns: Columns) -> Table:
    body = _body(marts, cut, columns) + _totals(entity, cut, columns)
    return Table(title, columns.widths, columns.head(), body)


def _body(marts: Marts, cut: Cut, columns: Columns) -> list[Row]:
    lights = marts.lights(cut, "fisico")
    months: dict[str, dict[int, Figures]] = {}
    for row in marts.rows(_MONTHS, **cut.key):
        months.setdefault(row["actividad_id"], {})[row["mes"]] = row
    activities: dict[str, list[Row]] = {}
    for row in marts.rows(_ACTIVITIES, **cut.key):
        pair = _activity(row, months.get(row["actividad_id"], {}), cut, columns, lights)
        activities.setdefault(row["aei_id"], []).extend(pair)
    actions: dict[str, list[Row]] = {}
    for row in marts.rows(_ACTIONS, **cut.key):
        block = [
            _heading(row["aei_id"], row["nombre"], "action", columns),
            *activities.get(row["aei_id"], []),
        ]
        if cut.has_follow_up:
            block.append(_subtotal(row, columns, lights))
        actions.setdefault(row["oei_id"], []).extend(block)
    body = []
    for row in marts.rows(_OBJECTIVES, **cut.key):
        body.append(_heading(row["oei_id"], row["nombre"], "objective", columns))
        body.extend(actions.get(row["oei_id"], []))
    return body


def _heading(code: str, name: str, style: str, columns: Columns) -> Row:
    cell = Cell(f"{code} {name}", columns=columns.last + 1)
    return Row({0: cell}, style, keep_with_next=True)


def _activity(
    figures: Figures,
    months: dict[int, Figures],
    cut: Cut,
    columns: Columns,
    lights: dict[str, Light],
) -> list[Row]:
    """PROGRAMADO and EJECUTADO of one AO; without follow-up only the first."""
    deep = 2 if cut.has_follow_up else 1
    details = (
        f"{figures['actividad_id']} - {figures['nombre']}",
        figures["centro"],
        label(figures["prioridad"]),
        figures["unidad_medida"],
        label(figures["tipo_agregacion"]),
    )
    programmed = {at: Cell(text, rows=deep) for at, text in enumerate(details)}
    programmed |= _figures_of("programado", columns.layout.programmed, figures, months, columns)
    if columns.with_physical:
        programmed[columns.advance] = Cell(**_advance(figures, lights), rows=deep)
    rows = [Row(programmed, keep_with_next=cut.has_follow_up)]
    if cut.has_follow_up:
        executed = _figures_of("ejecutado", columns.layout.executed, figures, months, columns)
        rows.append(Row(executed))
    return rows


def _figures_of(
    kind: str, words: str, figures: Figures, months: dict[int, Figures], columns: Columns
) -> dict[int, Cell]:
    """Cells of one row of an AO; `kind` is programado or ejecutado."""
    cells = {DETAILS - 1: Cell(words)}
    physical, money = f"{kind}_fisico", f"{kind}_financiero"
    for at, month in enumerate(columns.months):
        of_month = months.get(month, {})
        if columns.with_physical:
            cells[DETAILS + at] = Cell(of_month.get(physical), QUANTITY)
        if columns.with_money:
            cells[columns.money + at] = Cell(of_month.get(money), MONEY)
    if columns.with_physical:
        cells[columns.accumulated] = _accumulated(figures, physical)
    if columns.with_money:
        cells[columns.money_accumulated] = Cell(figures[money], MONEY)
    return cells


def _accumulated(figures: Figures, column: str) -> Cell:
    if figures[column] is None and figures["tipo_agregacion"] == "no_acumulado":
        return Cell("-", align="right")
    return Cell(figures[column], QUANTITY)


def _advance(figures: Figures, lights: dict[str, Light]) -> dict[str, object]:
    """What stands as advance: the figure with its colour, or the state in its place."""
    if figures["avance_fisico_pct"] is not None:
        return {
            "value": figures["avance_fisico_pct"],
            "number": PERCENT,
            "light": lights.get(figures["semaforo_fisico"]),
        }
    words = {"S.I.": "S.I.", "S.P.": "S.P.", "completo": WITHOUT_ADVANCE}
    return {"value": words.get(figures["estado"]), "align": "right"}


def _subtotal(figures: Figures, columns: Columns, lights: dict[str, Light]) -> Row:
    code = figures["aei_id"]
    cells: dict[int, Cell] = {}
    if columns.with_physical:
        words = f"EJECUCIÓN FÍSICA POR {code}:"
        cells[0] = Cell(words, columns=columns.advance, align="right")
        cells[columns.advance] = Cell(**_advance(figures, lights))
    if columns.with_money:
        words = f"EJECUCIÓN FINANCIERA POR {code}:"
        first = columns.money if columns.with_physical else 0
        across = columns.money_accumulated - first
        cells[first] = Cell(words, columns=across, align="right")
        cells[columns.money_accumulated] = Cell(figures["ejecutado_financiero"], MONEY)
    return Row(cells, "subtotal")


def _totals(entity: Figures, cut: Cut, columns: Columns) -> list[Row]:
    totals: list[tuple[str, str, NumberFormat]] = [
        ("PROMEDIO DE EJECUCIÓN FÍSICA (%)", "avance_fisico_pct", PERCENT),
        (f"MEDIANA DEL AV% DEL {cut.plan['tipo']}", "mediana_actividades_pct", PERCENT),
        ("TOTAL DE PROGRAMACIÓN FINANCIERA", "programado_financiero", MONEY),
        ("TOTAL DE EJECUCIÓN FINANCIERA", "ejecutado_financiero", MONEY),
    ]
    # Of activities that a source only counts nobody knows whose information is complete.
    totals += (
        [
            ("AO CON INFORMACIÓN COMPLETA", "n_completas", COUNT),
            ("AO CON INFORMACIÓN INCOMPLETA", "n_si", COUNT),
            ("AO SIN PROGRAMACIÓN (S.P.)", "n_sp", COUNT),
        ]
        if entity["con_actividades"]
        else [("AO SEGÚN LA FUENTE, SIN DETALLE DE ACTIVIDADES", "n_actividades", COUNT)]
    )
    rows = []
    for words, column, number in totals:
        if not (columns.with_money if number is MONEY else columns.with_physical):
            continue
        if column != "programado_financiero" and not cut.has_follow_up:
            continue
        figure = Cell(entity[column], number)
        if column == "avance_fisico_pct" and entity[column] is None:
            figure = advance_of(entity, {})
        cells = {0: Cell(words, columns=columns.last), columns.last: figure}
        rows.append(Row(cells, "total"))
    return rows


def _colour_counts(marts: Marts, cut: Cut) -> Table:
    """How many AEI and AO are of each colour, as the official report's last table."""
    if cut.waiting:
        return Table("Semáforo", (34,), [], [], cut.waiting)
    levels = {"OEI": "Objetivos Estratégicos", "AEI": "Acciones Estratégicas"}
    levels["AO"] = "Actividades Operativas (Ejecución física)"
    counts: dict[str, list[Figures]] = {}
    for row in marts.colour_counts(cut):
        if row["nivel"] in levels:
            counts.setdefault(row["nivel"], []).append(row)
    bands = next(iter(counts.values()), [])
    head = Row({0: Cell(f"Año: {cut.plan['anio']}")}, "head")
    for at, band in enumerate(bands, start=1):
        head.cells[at] = Cell(band["etiqueta"], light=marts.light(band), align="center")
    body = [
        Row({0: Cell(words)} | {at: Cell(row["cantidad"], COUNT) for at, row in enumerate(rows, 1)})
        for level, words in levels.items()
        if (rows := counts.get(level))
    ]
    if not bands:
        return Table("Semáforo", (34,), [head], [], NO_BANDS)
    return Table("Semáforo", (34,) + (16,) * len(bands), [head], body)
