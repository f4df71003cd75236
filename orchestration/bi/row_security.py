"""Which rows of each published table a unit's login may read. Pure: gives SQL, runs none.

Belongs here: the policy of each table. Does not: who the units are (table `acceso`), nor copying.
A table of which nothing is known here is for `semaforo_bi` alone.
"""

from collections.abc import Collection

# The same for every unit: calendar, bands, rules.
OPEN = frozenset({"dim_fecha", "dim_periodo", "dim_regla", "dim_semaforo"})
# What an institution prints in its own reports: every unit of it may read them whole.
OF_THE_ENTITY = frozenset(
    {
        "dim_entidad",
        "dim_plan",
        "dim_objetivo",
        "dim_accion",
        "fct_avance_entidad",
        "fct_avance_objetivo",
        "fct_avance_accion",
        "fct_indicador",
        "fct_resultado_objetivo",
        "fct_presupuesto",
        "rpt_semaforizacion",
    }
)

_ALL = "(select semaforo_privado.ve_todo(current_user))"
_CENTRE = (
    "(entidad_id, centro_costo_id) in "
    "(select c.entidad_id, c.centro_costo_id from semaforo_privado.centros(current_user) as c)"
)
_ACTIVITY = (
    "(entidad_id, plan_id, actividad_id) in (select a.entidad_id, a.plan_id, a.actividad_id "
    "from semaforo_privado.actividades(current_user) as a)"
)
_ENTITY = "entidad_id in (select c.entidad_id from semaforo_privado.centros(current_user) as c)"


def visible_rows(table: str, columns: Collection[str]) -> str:
    """Write the condition under which the current user may read a row of a table."""
    if table in OPEN:
        return "true"
    if {"entidad_id", "centro_costo_id"} <= set(columns):
        return f"{_ALL} or {_CENTRE}"
    if {"entidad_id", "plan_id", "actividad_id"} <= set(columns):
        return f"{_ALL} or {_ACTIVITY}"
    if table in OF_THE_ENTITY:
        return f"{_ALL} or {_ENTITY}"
    return _ALL
