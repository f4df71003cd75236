"""All marts of a folder of contract CSVs as of a date, and the key of each.

Only puts the parts together.
"""

from __future__ import annotations

from datetime import date

from .activity import activity_rows
from .budget import budget_rows
from .centres import centre_rows
from .indicators import indicator_rows, objective_results
from .inputs import Row, Tables
from .levels import action_rows, entity_rows, objective_rows
from .lights import light_rows
from .months import monthly_rows
from .plans import read_plans
from .schedule import schedule_rows

_PLAN = ("entidad_id", "plan_id")

KEYS: dict[str, tuple[str, ...]] = {
    "fct_meta_mensual": (*_PLAN, "actividad_id", "mes"),
    "fct_avance_actividad": (*_PLAN, "actividad_id", "mes_corte"),
    "fct_avance_accion": (*_PLAN, "aei_id", "mes_corte"),
    "fct_avance_objetivo": (*_PLAN, "oei_id", "mes_corte"),
    "fct_avance_entidad": (*_PLAN, "mes_corte"),
    "fct_avance_centro_costo": (*_PLAN, "centro_costo_id", "alcance", "mes_corte"),
    "fct_indicador": (*_PLAN, "indicador_id", "mes_corte"),
    "fct_resultado_objetivo": (*_PLAN, "oei_id", "mes_corte"),
    "fct_presupuesto": ("entidad_id", "anio", "mes_corte", "tipo", "rubro"),
    "rpt_semaforizacion": (*_PLAN, "mes_corte", "nivel", "color"),
    "rpt_cronograma_poa": (*_PLAN, "centro_costo_id", "nivel", "elemento_id", "mes"),
}


def compute(tables: Tables, as_of: date) -> dict[str, list[Row]]:
    """Rows of every table of `KEYS` as of a date, from the rows of a contract folder."""
    marts: dict[str, list[Row]] = {table: [] for table in KEYS}
    for plan in read_plans(tables, as_of):
        activities = activity_rows(plan)
        actions: list[Row] = []
        objectives: list[Row] = []
        for corte in plan.cortes:
            at_corte = [row for row in activities if row["mes_corte"] == corte]
            of_actions = action_rows(plan, at_corte, corte)
            of_objectives = objective_rows(plan, at_corte, of_actions, corte)
            actions += of_actions
            objectives += of_objectives
            marts["fct_avance_entidad"] += entity_rows(
                plan, at_corte, of_actions, of_objectives, corte
            )
            marts["fct_avance_centro_costo"] += centre_rows(plan, at_corte, corte)
        results = indicator_rows(plan)
        marts["fct_meta_mensual"] += monthly_rows(plan)
        marts["fct_avance_actividad"] += activities
        marts["fct_avance_accion"] += actions
        marts["fct_avance_objetivo"] += objectives
        marts["fct_indicador"] += results
        marts["fct_resultado_objetivo"] += objective_results(plan, results)
        marts["rpt_semaforizacion"] += light_rows(plan, activities, actions, objectives, results)
        marts["rpt_cronograma_poa"] += schedule_rows(plan)
    marts["fct_presupuesto"] = budget_rows(tables["presupuesto"])
    return marts
