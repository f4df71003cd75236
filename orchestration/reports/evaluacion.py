"""The evaluation report (Informe de evaluación): its tables, in the order of the official ones.

Belongs here: which figure stands in which table. Does not: a figure, a file format.
Tables follow the evaluations of ZED ILO (2023) and of Ilo's municipality (2022).
"""

from orchestration.reports.document import Cell, Document, Light, Row, Table, figures_row
from orchestration.reports.marts import Cut, Marts
from orchestration.reports.marts import Row as Figures
from orchestration.reports.method import notes
from orchestration.reports.printing import (
    COUNT,
    MONEY,
    PERCENT,
    QUANTITY,
    NumberFormat,
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

_ENTITY = """
    select *
    from marts.fct_avance_entidad
    where entidad_id = $entidad_id and plan_id = $plan_id and mes_corte = $mes_corte
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

_BUDGET = """
    select *
    from marts.fct_presupuesto
    where entidad_id = $entidad_id and anio = $anio and mes_corte = $mes_corte
    order by tipo desc, rubro = 'TOTAL', rubro
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

_OF_THIS_CUT = """
    entidad_id = $entidad_id and mes_corte <= $mes_corte
    and (plan_id = $plan_id or plan_id is null or plan_id = '')
"""

_AGREEMENT = f"""
    select documento, resultado, count(*) as cantidad
    from marts.rpt_conciliacion
    where {_OF_THIS_CUT}
    group by documento, resultado
    order by documento, resultado
"""

# Published versions of a plan have a table of their own.
_DIFFERENCES = f"""
    select *
    from marts.rpt_conciliacion
    where {_OF_THIS_CUT}
        and resultado != 'coincide' and medida not like 'poi!_%' escape '!'
    order by
        case resultado when 'difiere' then 1 when 'difiere_explicado' then 2 else 3 end,
        documento, nivel, elemento_id, medida, mes_corte
"""

_VERSIONS = """
    select *
    from marts.rpt_conciliacion
    where entidad_id = $entidad_id and plan_id = $plan_id and mes_corte <= $mes_corte
        and medida like 'poi!_%' escape '!'
    order by medida, documento
"""

_FINDINGS = """
    select *
    from marts.fct_alerta
    where entidad_id = $entidad_id and resuelta_en is null
        and (plan_id = $plan_id or plan_id is null)
    order by
        case severidad
            when 'critica' then 1 when 'alta' then 2 when 'media' then 3 else 4
        end,
        regla_id, nivel, elemento_id, mes
"""

_RESULTS = {
    "coincide": "coincide",
    "difiere_explicado": "difiere, explicado",
    "difiere": "difiere",
    "no_calculable": "no calculable",
}

_LEVEL_NAMES = {
    "OEI": "OEI: ejecución física",
    "AEI": "AEI: ejecución física",
    "AO": "AO: ejecución física",
    "IND_OEI": "Indicadores de OEI",
    "IND_AEI": "Indicadores de AEI",
}


def evaluation_report(marts: Marts, cut: Cut) -> Document:
    """Lay out the evaluation report of a plan at a corte."""
    (entity,) = marts.rows(_ENTITY, **cut.key)
    physical = marts.lights(cut, "fisico")
    money = marts.lights(cut, "financiero")
    tables = [
        _summary(entity, physical, money),
        _implementation(marts, cut, physical, money),
        _by_unit(marts, cut, physical, money),
        _lights(marts, cut),
        _indicators(marts, cut),
        _critical(marts, cut, physical),
        _budget(marts, cut),
        _versions(marts, cut),
        _agreement(marts, cut),
        _differences(marts, cut),
        _findings(marts, cut),
    ]
    return Document(
        title=f"INFORME DE EVALUACIÓN DEL {cut.plan_type.upper()} {cut.plan['anio']}",
        lines=(cut.period.upper(), cut.entity_line, cut.date_line),
        tables=tables,
        notes=notes(cut.plan),
        one_sheet=False,
    )


def _head(*texts: str) -> list[Row]:
    return [figures_row(*(Cell(text, align="center") for text in texts), style="head")]


def _figure(
    figures: Figures, column: str, number: NumberFormat, light: Light | None = None
) -> Cell:
    value = figures[column]
    return Cell(value, number, light if value is not None else None)


def _advance(figures: Figures, lights: dict[str, Light]) -> Cell:
    """Physical advance with its colour, or the state that stands in its place."""
    if figures["avance_fisico_pct"] is None:
        return Cell(label_of_state(figures["estado"]), align="right")
    light = lights.get(figures["semaforo_fisico"])
    return Cell(figures["avance_fisico_pct"], PERCENT, light)


def label_of_state(state: str) -> str:
    """Words of a state that has no figure."""
    return "sin seguimiento" if state == "sin_seguimiento" else state


def _money(figures: Figures, lights: dict[str, Light]) -> list[Cell]:
    light = lights.get(figures["semaforo_financiero"])
    return [
        _figure(figures, "programado_financiero", MONEY),
        _figure(figures, "ejecutado_financiero", MONEY),
        _figure(figures, "avance_financiero_pct", PERCENT, light),
    ]


def _summary(entity: Figures, physical: dict[str, Light], money: dict[str, Light]) -> Table:
    programmed, executed, advance = _money(entity, money)
    rows = [
        ("Avance físico (%)", _advance(entity, physical)),
        ("Avance de las AO que tienen cifra (%)", _figure(entity, "avance_parcial_pct", PERCENT)),
        ("Mediana del avance de las AO (%)", _figure(entity, "mediana_actividades_pct", PERCENT)),
        ("Programación financiera", programmed),
        ("Ejecución financiera", executed),
        ("Avance financiero (%)", advance),
        (
            "Meta del año programada hasta el corte (%)",
            _figure(entity, "programado_anual_pct", PERCENT),
        ),
        (
            "Meta del año ejecutada hasta el corte (%)",
            _figure(entity, "ejecutado_anual_pct", PERCENT),
        ),
        ("Actividades operativas (AO)", _figure(entity, "n_actividades", COUNT)),
        ("AO sin programación (S.P.)", _figure(entity, "n_sp", COUNT)),
        ("AO con seguimiento incompleto (S.I.)", _figure(entity, "n_si", COUNT)),
    ]
    body = [figures_row(words, cell) for words, cell in rows]
    return Table("Resumen", (60, 24), _head("Cifra", "Valor"), body)


def _implementation(
    marts: Marts, cut: Cut, physical: dict[str, Light], money: dict[str, Light]
) -> Table:
    result_lights = marts.lights(cut, "indicador")
    body = []
    for row in marts.rows(_LEVELS, **cut.key):
        result = result_lights.get(row["semaforo_resultado"])
        cells = (
            f"{row['codigo']} {row['nombre']}",
            _figure(row, "n_actividades", COUNT),
            _figure(row, "n_sp", COUNT),
            _figure(row, "n_si", COUNT),
            _advance(row, physical),
            _figure(row, "avance_parcial_pct", PERCENT),
            *_money(row, money),
            _figure(row, "n_indicadores", COUNT),
            _figure(row, "n_logrados", COUNT),
            _figure(row, "resultado_pct", PERCENT, result),
        )
        body.append(figures_row(*cells, style="action" if row["orden"] == 1 else ""))
    head = _head(
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
            _figure(row, "n_actividades", COUNT),
            _figure(row, "n_sp", COUNT),
            _figure(row, "n_si", COUNT),
            _advance(row, physical),
            _figure(row, "suma_programada", QUANTITY),
            _figure(row, "suma_ejecutada", QUANTITY),
            *_money(row, money),
        )
        for row in marts.rows(_CENTRES, **cut.key)
    ]
    head = _head(
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
        for row in marts.colour_counts(cut)
    ]
    empty = "Sin seguimiento no hay semáforo."
    return Table("Semaforización", (44, 30, 12), _head("Nivel", "Banda", "Cantidad"), body, empty)


def _indicators(marts: Marts, cut: Cut) -> Table:
    lights = marts.lights(cut, "indicador")
    achieved = {True: "sí", False: "no", None: None}
    body = [
        figures_row(
            row["indicador_id"],
            row["elemento_id"],
            _figure(row, "programado", QUANTITY),
            _figure(row, "obtenido", QUANTITY),
            _figure(row, "avance_pct", PERCENT, lights.get(row["semaforo"])),
            achieved[row["logrado"]],
        )
        for row in marts.rows(_INDICATORS, **cut.key)
    ]
    head = _head("Indicador", "OEI / AEI", "Programado", "Obtenido", "Avance %", "Logrado")
    empty = "No hay resultados de indicadores a este corte."
    return Table("Indicadores", (40, 24, 16, 16, 14, 12), head, body, empty)


def _critical(marts: Marts, cut: Cut, physical: dict[str, Light]) -> Table:
    method = cut.plan["metodologia_id"]
    body = [
        figures_row(
            f"{row['aei_id']} {row['nombre']}",
            _figure(row, "n_actividades", COUNT),
            *(_figure(row, f"n_{colour}", COUNT) for colour in physical),
            _advance(row, physical),
        )
        for row in marts.rows(_CRITICAL, metodologia_id=method, **cut.key)
    ]
    head = _head("AEI", "AO", *(f"AO en {colour}" for colour in physical), "Avance físico %")
    widths = (70, 8, *(11,) * len(physical), 14)
    empty = "Ninguna AEI está en el peor color del semáforo."
    return Table("AEI críticas", widths, head, body, empty)


def _budget(marts: Marts, cut: Cut) -> Table:
    rows = marts.rows(
        _BUDGET,
        entidad_id=cut.plan["entidad_id"],
        anio=cut.plan["anio"],
        mes_corte=cut.mes,
    )
    body = [
        figures_row(
            row["tipo"].capitalize(),
            row["rubro"],
            *(_figure(row, column, MONEY) for column in ("pia", "pim", "modificacion")),
            _figure(row, "ejecucion", MONEY),
            _figure(row, "avance_pim_pct", PERCENT),
            style="total" if row["rubro"] == "TOTAL" else "",
        )
        for row in rows
    ]
    head = _head("Tipo", "Rubro", "PIA", "PIM", "PIM − PIA", "Ejecución", "Avance PIM %")
    empty = "No hay presupuesto cargado a este corte."
    return Table("Presupuesto", (12, 50, 18, 18, 18, 18, 14), head, body, empty)


def _versions(marts: Marts, cut: Cut) -> Table:
    body = [
        figures_row(
            row["medida"],
            row["documento"],
            Cell(row["valor_publicado"], NumberFormat(row["decimales"], fixed=True)),
            _RESULTS[row["resultado"]],
            row["nota"],
        )
        for row in marts.rows(_VERSIONS, **cut.key)
    ]
    head = _head("Medida", "Documento", "Publicado", "Conciliación", "Nota")
    empty = "Ningún documento cargado publica cifras de las versiones del plan."
    return Table("Versiones del plan publicadas", (32, 34, 18, 16, 60), head, body, empty)


def _agreement(marts: Marts, cut: Cut) -> Table:
    body = [
        figures_row(row["documento"], _RESULTS[row["resultado"]], Cell(row["cantidad"], COUNT))
        for row in marts.rows(_AGREEMENT, **cut.key)
    ]
    head = _head("Documento", "Resultado", "Cifras publicadas")
    empty = "Ningún documento publicado que conciliar."
    return Table("Conciliación con lo publicado", (50, 30, 20), head, body, empty)


def _differences(marts: Marts, cut: Cut) -> Table:
    body = [
        figures_row(
            row["documento"],
            Cell(row["mes_corte"], COUNT),
            row["nivel"],
            row["elemento_id"],
            row["medida"],
            Cell(row["valor_publicado"], NumberFormat(row["decimales"], fixed=True)),
            _figure(row, "valor_calculado", QUANTITY),
            _figure(row, "diferencia", QUANTITY),
            _RESULTS[row["resultado"]],
            row["nota"],
        )
        for row in marts.rows(_DIFFERENCES, **cut.key)
    ]
    head = _head(
        "Documento",
        "Mes",
        "Nivel",
        "Elemento",
        "Medida",
        "Publicado",
        "Calculado",
        "Diferencia",
        "Resultado",
        "Nota",
    )
    widths = (26, 6, 14, 20, 22, 16, 16, 14, 14, 50)
    empty = "Toda cifra publicada que se puede calcular coincide."
    return Table("Cifras que no coinciden", widths, head, body, empty)


def _findings(marts: Marts, cut: Cut) -> Table:
    title = "Hallazgos abiertos"
    head = _head("Severidad", "Regla", "Nivel", "Elemento", "Mes", "Detalle", "Valor")
    widths = (12, 14, 10, 24, 8, 90, 16)
    if not marts.has_table("fct_alerta"):
        empty = "Esta publicación no trae hallazgos: las reglas de calidad no se han ejecutado."
        return Table(title, widths, head, [], empty)
    rows = marts.rows(_FINDINGS, entidad_id=cut.plan["entidad_id"], plan_id=cut.plan["plan_id"])
    body = [
        figures_row(
            row["severidad"],
            row["regla_id"],
            row["nivel"],
            row["elemento_id"],
            Cell(row["mes"], COUNT),
            row["detalle"],
            Cell(row["valor"], QUANTITY) if not isinstance(row["valor"], str) else row["valor"],
        )
        for row in rows
    ]
    return Table(title, widths, head, body, "Ningún hallazgo abierto.")
