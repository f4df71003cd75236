"""The steps of a figure, as the models hold them.

Belongs here: which rows of which model a step is. Does not: words about them, or their layout.
"""

from dataclasses import dataclass, field

from orchestration.errors import SemaforoError
from orchestration.explaining.naming import Asked
from orchestration.explaining.reading import Build, Row

# Up to so many activities are followed down to their registrations without being asked to.
FOLLOWED = 8

_PLAN = "entidad_id = $entidad_id and plan_id = $plan_id"
_ELEMENT = "nivel = $nivel and elemento_id = $elemento_id"

# What of the entity's mean each action brings, where the mean is over activities.
_BY_ACTION = """
    select accion.*, nombre.nombre
    from intermediate.int_avance_accion as accion
    join staging.stg_acciones as nombre using (entidad_id, plan_id, aei_id)
    where accion.entidad_id = $entidad_id and accion.plan_id = $plan_id
        and accion.mes_corte = $mes_corte
    order by accion.aei_id
"""

_ANY_ACTIVITY = f"""
    select 1 from intermediate.int_avance_actividad where {_PLAN} and mes_corte = $mes_corte limit 1
"""


@dataclass(frozen=True)
class _Rows:
    """Rows of a model by element: `query` gives the plan's, `one` picks those of an element."""

    query: str
    one: str
    key: tuple[str, ...]
    order: str


_FIGURE = _Rows(
    f"select * from intermediate.int_explicacion_elemento "
    f"where {_PLAN} and mes_corte = $mes_corte and alcance = $alcance",
    _ELEMENT,
    ("nivel", "elemento_id"),
    "elemento_id",
)

_PARTS = _Rows(
    f"select * from intermediate.int_explicacion_parte "
    f"where {_PLAN} and mes_corte = $mes_corte and alcance = $alcance",
    _ELEMENT,
    ("nivel", "elemento_id"),
    "parte_id",
)

_ACTIVITY = _Rows(
    f"""
    select
        dim.actividad_id, dim.nombre, dim.unidad_medida, dim.tipo_agregacion, dim.aei_id,
        dim.oei_id, dim.centro_costo_id, dim.ponderacion,
        case when acumulada.es_promedio_mensual then acumulada.meses_programados end
            as meses_programados,
        acumulada.meses_faltantes, acumulada.es_promedio_mensual
    from marts.dim_actividad as dim
    join intermediate.int_actividad_acumulada as acumulada
        using (entidad_id, plan_id, actividad_id)
    where {_PLAN} and acumulada.mes_corte = $mes_corte
    """,
    "actividad_id = $elemento_id",
    ("actividad_id",),
    "actividad_id",
)

# Each month beside what has accumulated up to it, which is the activity's own figure at that corte.
_MONTHS = _Rows(
    """
    select
        mes.*, corte.programado_fisico as programado_acumulado,
        corte.ejecutado_fisico as ejecutado_acumulado, corte.avance_fisico_pct, corte.estado
    from intermediate.int_explicacion_mes as mes
    left join intermediate.int_avance_actividad as corte
        on mes.entidad_id = corte.entidad_id and mes.plan_id = corte.plan_id
        and mes.actividad_id = corte.actividad_id and mes.mes = corte.mes_corte
    where mes.entidad_id = $entidad_id and mes.plan_id = $plan_id and mes.mes <= $mes_corte
    """,
    "mes.actividad_id = $elemento_id",
    ("actividad_id",),
    "mes",
)

_REGISTRATIONS = _Rows(
    f"""
    select * from intermediate.int_explicacion_registro
    where {_PLAN} and nivel = 'AO' and tipo <> 'reporte' and mes <= $mes_corte
    """,
    "elemento_id = $elemento_id",
    ("elemento_id",),
    "mes, tipo desc, version, fecha",
)

_REPORTED = _Rows(
    f"""
    select * from intermediate.int_explicacion_registro
    where {_PLAN} and tipo = 'reporte' and vigente and mes = $mes_corte
    """,
    _ELEMENT,
    ("nivel", "elemento_id"),
    "elemento_id",
)


class _Shelf:
    """Rows by element: fetched one by one, or those of the plan at once where all are wanted."""

    def __init__(self, build: Build, asked: Asked, *, whole: bool) -> None:
        self._build = build
        self._asked = asked
        self._whole = whole
        self._held: dict[_Rows, dict[tuple[object, ...], list[Row]]] = {}

    def of(self, rows: _Rows, level: str, element: str, scope: str = "") -> list[Row]:
        """Give the rows of an element."""
        values = self._asked.at(level, element, scope)
        if not self._whole or scope:
            query = f"{rows.query} and {rows.one} order by {rows.order}"
            return self._build.rows(query, **values)
        if rows not in self._held:
            held: dict[tuple[object, ...], list[Row]] = {}
            for row in self._build.rows(f"{rows.query} order by {rows.order}", **values):
                held.setdefault(tuple(row[name] for name in rows.key), []).append(row)
            self._held[rows] = held
        key = (level, element)[-len(rows.key) :]
        return self._held[rows].get(key, [])

    def whole_plan(self, query: str) -> list[Row]:
        """Give rows of the plan at the corte."""
        return self._build.rows(query, **self._asked.key)


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
    shelf = _Shelf(build, asked, whole=whole)
    explained = _explain(shelf, asked.level, asked.element, asked.scope)
    if explained is None:
        own = asked.level == "CC" and asked.scope == "propio"
        below = own and _explain(shelf, asked.level, asked.element, "total") is not None
        advice = "; las de los centros que tiene debajo: --alcance total" if below else ""
        raise SemaforoError(
            f"{asked.element} no tiene cifra al corte {asked.corte}: no tiene actividades ni "
            f"resultado reportado{advice}"
        )
    _follow(shelf, explained, whole=whole, root=True)
    return explained


def has_activities(build: Build, asked: Asked) -> bool:
    """Say whether the plan has activities at the corte: some know only reported results."""
    return build.first(_ANY_ACTIVITY, **asked.key) is not None


def _explain(shelf: _Shelf, level: str, element: str, scope: str = "") -> Explained | None:
    figures = shelf.of(_FIGURE, level, element, scope)
    if not figures:
        return None
    explained = Explained(figures[0])
    if figures[0]["origen"] == "reportado":
        explained.reported = next(iter(shelf.of(_REPORTED, level, element)), None)
    if level == "AO":
        (explained.activity,) = shelf.of(_ACTIVITY, level, element)
    else:
        explained.parts = shelf.of(_PARTS, level, element, scope)
    return explained


def _follow(shelf: _Shelf, explained: Explained, *, whole: bool, root: bool = False) -> None:
    """Go down: to elements always, to activities where they are few or all are wanted."""
    level = explained.figure["nivel"]
    if level == "AO":
        element = str(explained.figure["elemento_id"])
        explained.months = shelf.of(_MONTHS, "AO", element)
        explained.registrations = shelf.of(_REGISTRATIONS, "AO", element)
        return
    activities = [part for part in explained.parts if part["parte_nivel"] == "AO"]
    if level == "ENTIDAD" and activities:
        explained.by_action = shelf.whole_plan(_BY_ACTION)
    if activities and not whole and (len(activities) > FOLLOWED or not root):
        return
    if level == "ENTIDAD" and not whole:
        return
    for part in explained.parts:
        below = _explain(shelf, str(part["parte_nivel"]), str(part["parte_id"]))
        if below is not None:
            _follow(shelf, below, whole=whole)
            explained.below.append(below)
