"""Tables of the evaluation report about what reprogramming changed and how the year will end.

Belongs here: versions of the plan, projection. Does not: a figure, the plan's own advance.
"""

from orchestration.reports.cells import advance_of, figure_of, head_of
from orchestration.reports.document import Light, Table, figures_row
from orchestration.reports.marts import Cut, Marts
from orchestration.reports.printing import COUNT, MONEY, PERCENT, NumberFormat

_NAMES = """
    names as (
        select entidad_id, plan_id, 'OEI' as nivel, oei_id as elemento_id, nombre
        from marts.dim_objetivo
        union all
        select entidad_id, plan_id, 'AEI', aei_id, nombre from marts.dim_accion
        union all
        select entidad_id, plan_id, 'AO', actividad_id, nombre from marts.dim_actividad
    )
"""

_ORDER = "case nivel when 'ENTIDAD' then 1 when 'OEI' then 2 when 'AEI' then 3 else 4 end"

_KINDS = ("aprobado", "consistente", "modificado")

_MEASURED = ("estado", "avance_fisico_pct", "semaforo_fisico")

_PIVOT = ", ".join(
    f"max({column}) filter (where version_plan = '{kind}') as {column}_{kind}"
    for kind in _KINDS
    for column in (
        "n_actividades",
        "programado_financiero_anual",
        *_MEASURED,
        "diferencia_avance_pct",
        "diferencia_financiera_anual",
    )
)

_VERSIONS = f"""
    with {_NAMES}
    select nivel, elemento_id, nombre, {_PIVOT}
    from marts.fct_avance_version
    left join names using (entidad_id, plan_id, nivel, elemento_id)
    where entidad_id = $entidad_id and plan_id = $plan_id and mes_corte = $mes_corte
        and nivel in ('ENTIDAD', 'OEI', 'AEI', 'AO')
    group by nivel, elemento_id, nombre
    order by {_ORDER}, elemento_id
"""

_PROJECTION = f"""
    with {_NAMES}
    select *
    from marts.fct_proyeccion
    left join names using (entidad_id, plan_id, nivel, elemento_id)
    where entidad_id = $entidad_id and plan_id = $plan_id and mes_corte = $mes_corte
        and nivel in ('ENTIDAD', 'OEI', 'AEI', 'AO')
    order by {_ORDER}, elemento_id
"""

_POINTS = NumberFormat(1)


def plan_versions(marts: Marts, cut: Cut, physical: dict[str, Light]) -> Table:
    """The same execution against the approved, the consistent and the modified plan."""
    body = []
    for row in marts.rows(_VERSIONS, **cut.key):
        cells = []
        for kind in _KINDS:
            measured = {name: row[f"{name}_{kind}"] for name in _MEASURED}
            cells += [
                figure_of(row, f"n_actividades_{kind}", COUNT),
                figure_of(row, f"programado_financiero_anual_{kind}", MONEY),
                advance_of(measured, physical),
            ]
        body.append(
            figures_row(
                _element(row),
                *cells,
                figure_of(row, "diferencia_financiera_anual_modificado", MONEY),
                figure_of(row, "diferencia_avance_pct_modificado", PERCENT),
                style="total" if row["nivel"] == "ENTIDAD" else "",
            )
        )
    head = head_of(
        "Elemento",
        *(f"{words}: {kind}" for kind in _KINDS for words in ("AO", "Monto del año", "Avance %")),
        "Monto: modificado − aprobado",
        "Avance: modificado − aprobado (puntos)",
    )
    widths = (44, *(7, 15, 10) * len(_KINDS), 15, 12)
    empty = "El plan no se reprogramó, o el corte no es el vigente: no hay versiones que comparar."
    return Table("Versiones del plan", widths, head, body, empty)


def projection(marts: Marts, cut: Cut, physical: dict[str, Light]) -> Table:
    """How the year is expected to end, and what must be executed each month to reach 100 %.

    What is projected has its colour also where the corte itself waits for its registration.
    """
    projected = marts.colours(cut, "fisico")
    body = [
        figures_row(
            _element(row),
            advance_of(row, physical),
            figure_of(
                row, "avance_proyectado_pct", _POINTS, projected.get(row["semaforo_proyectado"])
            ),
            figure_of(row, "proyectado_min_pct", _POINTS),
            figure_of(row, "proyectado_max_pct", _POINTS),
            figure_of(row, "probabilidad_rojo_pct", COUNT),
            figure_of(row, "ritmo_mensual_pct", _POINTS),
            figure_of(row, "necesario_mensual_pct", _POINTS),
            style="total" if row["nivel"] == "ENTIDAD" else "",
        )
        for row in marts.rows(_PROJECTION, **cut.key)
    ]
    head = head_of(
        "Elemento",
        "Avance al corte %",
        "Proyectado a fin de año %",
        "Mínimo esperado %",
        "Máximo esperado %",
        "Probabilidad de rojo %",
        "Ejecutado por mes (% de la meta anual)",
        "Necesario por mes (% de la meta anual)",
    )
    empty = "El plan terminó, no tiene seguimiento, o el corte no es el vigente: nada se proyecta."
    return Table("Proyección a fin de año", (60, *(13,) * 7), head, body, empty)


def _element(row: dict[str, object]) -> str:
    if row["nivel"] == "ENTIDAD":
        return "Entidad"
    return f"{row['nivel']} {row['elemento_id']} {row['nombre'] or ''}".strip()
