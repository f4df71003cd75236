"""Tables of the evaluation report that hold the plan against something else.

Belongs here: budget, published versions, reconciliation, commitments, findings. Does not: the
plan's own advance.
"""

from orchestration.reports.cells import figure_of, head_of
from orchestration.reports.document import Cell, Table, figures_row
from orchestration.reports.marts import Cut, Marts, Row, gravity
from orchestration.reports.printing import COUNT, MONEY, PERCENT, QUANTITY, NumberFormat

_BUDGET = """
    select *
    from marts.fct_presupuesto
    where entidad_id = $entidad_id and anio = $anio and mes_corte = $mes_corte
    order by tipo desc, rubro = 'TOTAL', rubro
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

# Whether a figure other than those of versions was published and agrees.
_AGREEING = f"""
    select 1
    from marts.rpt_conciliacion
    where {_OF_THIS_CUT}
        and resultado = 'coincide' and medida not like 'poi!_%' escape '!'
    limit 1
"""

_VERSIONS = """
    select *
    from marts.rpt_conciliacion
    where entidad_id = $entidad_id and plan_id = $plan_id and mes_corte <= $mes_corte
        and medida like 'poi!_%' escape '!'
    order by medida, documento
"""

_FINDINGS = f"""
    select *
    from marts.fct_alerta
    where entidad_id = $entidad_id and resuelta_en is null
        and (plan_id = $plan_id or plan_id is null)
    order by {gravity()}, regla_id, nivel, elemento_id, mes
"""

# What should have been done by now first, the longest overdue at the top.
_COMMITMENTS = """
    select compromiso.*, centro.nombre as centro
    from marts.fct_compromiso as compromiso
    left join marts.dim_centro_costo as centro using (entidad_id, centro_costo_id)
    where compromiso.entidad_id = $entidad_id and compromiso.plan_id = $plan_id
    order by
        not compromiso.abierto, compromiso.fecha_limite nulls last, compromiso.fecha_cierre,
        compromiso.compromiso_id
"""

_SITUATIONS = {
    "vencido": "vencido",
    "en_plazo": "en plazo",
    "sin_plazo": "sin plazo",
    "cumplido": "cumplido",
    "descartado": "descartado",
}

_RESULTS = {
    "coincide": "coincide",
    "difiere_explicado": "difiere, explicado",
    "difiere": "difiere",
    "no_calculable": "no calculable",
}


def budget(marts: Marts, cut: Cut) -> Table:
    """Budget of the entity at the corte, by line and in total."""
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
            *(figure_of(row, column, MONEY) for column in ("pia", "pim", "modificacion")),
            figure_of(row, "ejecucion", MONEY),
            figure_of(row, "avance_pim_pct", PERCENT),
            style="total" if row["rubro"] == "TOTAL" else "",
        )
        for row in rows
    ]
    head = head_of("Tipo", "Rubro", "PIA", "PIM", "PIM − PIA", "Ejecución", "Avance PIM %")
    empty = "No hay presupuesto cargado a este corte."
    return Table("Presupuesto", (12, 50, 18, 18, 18, 18, 14), head, body, empty)


def versions(marts: Marts, cut: Cut) -> Table:
    """Figures of the plan's versions that documents publish; nothing else is known of them."""
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
    head = head_of("Medida", "Documento", "Publicado", "Conciliación", "Nota")
    empty = "Ningún documento cargado publica cifras de las versiones del plan."
    return Table("Versiones del plan publicadas", (32, 34, 18, 16, 60), head, body, empty)


def agreement(marts: Marts, cut: Cut) -> Table:
    """How many published figures agree with the computed ones, by document."""
    body = [
        figures_row(row["documento"], _RESULTS[row["resultado"]], Cell(row["cantidad"], COUNT))
        for row in marts.rows(_AGREEMENT, **cut.key)
    ]
    head = head_of("Documento", "Resultado", "Cifras publicadas")
    empty = "Ningún documento publicado que conciliar."
    return Table("Conciliación con lo publicado", (50, 30, 20), head, body, empty)


def differences(marts: Marts, cut: Cut) -> Table:
    """Published figures that are not the computed ones, or can't be computed, and why."""
    body = [
        figures_row(
            row["documento"],
            Cell(row["mes_corte"], COUNT),
            row["nivel"],
            row["elemento_id"],
            row["medida"],
            Cell(row["valor_publicado"], NumberFormat(row["decimales"], fixed=True)),
            figure_of(row, "valor_calculado", QUANTITY),
            figure_of(row, "diferencia", QUANTITY),
            _RESULTS[row["resultado"]],
            row["nota"],
        )
        for row in marts.rows(_DIFFERENCES, **cut.key)
    ]
    head = head_of(
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
    empty = "No hay cifras publicadas que comparar con las calculadas."
    if not body and marts.rows(_AGREEING, **cut.key):
        empty = "Toda cifra publicada que se puede calcular coincide."
    return Table("Cifras que no coinciden", widths, head, body, empty)


def commitments(marts: Marts, cut: Cut) -> Table:
    """The matrix with which an evaluation ends: what was recommended, to whom, by when, done?"""
    title = "Compromisos"
    head = head_of(
        "N.°", "Recomendación", "Elemento", "Responsable", "Fecha límite", "Veces aplazado",
        "Estado", "Avance %", "Situación", "Días vencido", "Cierre", "Evidencia",
    )  # fmt: skip
    widths = (13, 62, 18, 28, 13, 10, 12, 10, 14, 10, 13, 34)
    rows = marts.rows(_COMMITMENTS, entidad_id=cut.plan["entidad_id"], plan_id=cut.plan["plan_id"])
    body = [
        figures_row(
            row["compromiso_id"],
            row["recomendacion"],
            row["elemento_id"],
            f"{row['centro_costo_id']} {row['centro']}" if row["centro_costo_id"] else None,
            Cell(row["fecha_limite"]),
            figure_of(row, "aplazamientos", COUNT),
            row["estado"].replace("_", " "),
            figure_of(row, "avance_pct", PERCENT),
            _situation(row),
            figure_of(row, "dias_vencido", COUNT),
            Cell(row["fecha_cierre"]),
            row["evidencia"],
        )
        for row in rows
    ]
    return Table(title, widths, head, body, "No hay compromisos registrados de este plan.")


def _situation(row: Row) -> str:
    """Situation of a commitment; of one that was fulfilled, whether in time."""
    in_time = {True: " a tiempo", False: " fuera de plazo", None: ""}[row["cumplido_a_tiempo"]]
    return f"{_SITUATIONS[row['situacion']]}{in_time}"


def findings(marts: Marts, cut: Cut) -> Table:
    """Open data-quality and performance findings."""
    title = "Hallazgos abiertos"
    head = head_of("Severidad", "Regla", "Nivel", "Elemento", "Mes", "Detalle", "Valor")
    widths = (12, 14, 16, 24, 8, 86, 16)
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
