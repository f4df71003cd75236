"""The steps of a figure, as the models hold them.

Belongs here: which rows of which model a step is. Does not: words about them, or their layout.
"""

from dataclasses import dataclass, field

from orchestration.errors import SemaforoError
from orchestration.explaining.naming import Asked
from orchestration.explaining.reading import Build, Row

# Up to so many activities are followed down to their registrations without being asked to.
FOLLOWED = 8

_KEY = "entidad_id = $entidad_id and plan_id = $plan_id"
_ELEMENT = f"{_KEY} and mes_corte = $mes_corte and nivel = $nivel and elemento_id = $elemento_id"

_FIGURE = f"""
    select * from intermediate.int_explicacion_elemento
    where {_ELEMENT} and alcance = $alcance
"""

_PARTS = f"""
    select * from intermediate.int_explicacion_parte
    where {_ELEMENT} and alcance = $alcance
    order by parte_id
"""

# What of the entity's mean each action brings, where the mean is over activities.
_BY_ACTION = f"""
    select accion.*, nombre.nombre
    from intermediate.int_avance_accion as accion
    join staging.stg_acciones as nombre using (entidad_id, plan_id, aei_id)
    where accion.{_KEY.replace(" and ", " and accion.")} and accion.mes_corte = $mes_corte
    order by accion.aei_id
"""

_ACTIVITY = f"""
    select
        dim.actividad_id, dim.nombre, dim.unidad_medida, dim.tipo_agregacion, dim.aei_id,
        dim.oei_id, dim.centro_costo_id, acumulada.meses_programados, acumulada.meses_faltantes,
        acumulada.es_promedio_mensual
    from marts.dim_actividad as dim
    join intermediate.int_actividad_acumulada as acumulada
        using (entidad_id, plan_id, actividad_id)
    where {_KEY} and actividad_id = $elemento_id and acumulada.mes_corte = $mes_corte
"""

# Each month beside what has accumulated up to it, which is the activity's own figure at that corte.
_MONTHS = """
    select
        mes.*, corte.programado_fisico as programado_acumulado,
        corte.ejecutado_fisico as ejecutado_acumulado, corte.avance_fisico_pct, corte.estado
    from intermediate.int_explicacion_mes as mes
    left join intermediate.int_avance_actividad as corte
        on mes.entidad_id = corte.entidad_id and mes.plan_id = corte.plan_id
        and mes.actividad_id = corte.actividad_id and mes.mes = corte.mes_corte
    where mes.entidad_id = $entidad_id and mes.plan_id = $plan_id
        and mes.actividad_id = $elemento_id and mes.mes <= $mes_corte
    order by mes.mes
"""

_REGISTRATIONS = f"""
    select * from intermediate.int_explicacion_registro
    where {_KEY} and nivel = 'AO' and elemento_id = $elemento_id and tipo <> 'reporte'
        and mes <= $mes_corte
    order by mes, tipo desc, version, fecha
"""

_REPORTED = f"""
    select * from intermediate.int_explicacion_registro
    where {_KEY} and nivel = $nivel and elemento_id = $elemento_id and tipo = 'reporte'
        and mes = $mes_corte
"""


@dataclass
class Explained:
    """One element, its figure and what it is made of.

    Attributes:
        figure: row of int_explicacion_elemento.
        parts: rows of int_explicacion_parte.
        activity: what an activity is, None at other levels.
        months: rows of int_explicacion_mes, of an activity that is followed.
        registrations: rows of int_explicacion_registro, of an activity that is followed.
        reported: the reported result that gives or completes the figure.
        by_action: rows of int_avance_accion, where an entity's mean is over its activities.
        below: elements of its parts, as far as they are followed.
    """

    figure: Row
    parts: list[Row] = field(default_factory=list)
    activity: Row | None = None
    months: list[Row] = field(default_factory=list)
    registrations: list[Row] = field(default_factory=list)
    reported: Row | None = None
    by_action: list[Row] = field(default_factory=list)
    below: list["Explained"] = field(default_factory=list)


def explain_element(build: Build, asked: Asked, *, whole: bool) -> Explained:
    """Collect the steps of a figure.

    Args:
        build: where the models are.
        asked: the element.
        whole: follow every activity down to its registrations, however many there are.

    Raises:
        SemaforoError: the element has no row at the corte.
    """
    explained = _explain(build, asked, asked.level, asked.element, asked.scope)
    if explained is None:
        raise SemaforoError(
            f"{asked.element} no tiene cifra al corte {asked.corte}: no tiene actividades ni "
            "resultado reportado"
        )
    _follow(build, asked, explained, whole=whole, root=True)
    return explained


def _explain(
    build: Build, asked: Asked, level: str, element: str, scope: str = ""
) -> Explained | None:
    key = asked.at(level, element, scope)
    figures = build.rows(_FIGURE, **key)
    if not figures:
        return None
    explained = Explained(figures[0])
    if figures[0]["origen"] == "reportado":
        explained.reported = next(iter(build.rows(_REPORTED, **key)), None)
    if level == "AO":
        (explained.activity,) = build.rows(_ACTIVITY, **key)
    else:
        explained.parts = build.rows(_PARTS, **key)
    return explained


def _follow(
    build: Build, asked: Asked, explained: Explained, *, whole: bool, root: bool = False
) -> None:
    """Go down: to elements always, to activities where they are few or all are wanted."""
    level = explained.figure["nivel"]
    if level == "AO":
        key = asked.at("AO", str(explained.figure["elemento_id"]))
        explained.months = build.rows(_MONTHS, **key)
        explained.registrations = build.rows(_REGISTRATIONS, **key)
        return
    activities = [part for part in explained.parts if part["parte_nivel"] == "AO"]
    if level == "ENTIDAD" and activities:
        explained.by_action = build.rows(_BY_ACTION, **asked.key)
    if activities and not whole and (len(activities) > FOLLOWED or not root):
        return
    if level == "ENTIDAD" and not whole:
        return
    for part in explained.parts:
        below = _explain(build, asked, str(part["parte_nivel"]), str(part["parte_id"]))
        if below is not None:
            _follow(build, asked, below, whole=whole)
            explained.below.append(below)
