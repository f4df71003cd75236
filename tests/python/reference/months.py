"""`fct_meta_mensual`: what is programmed and registered for each month, side by side."""

from __future__ import annotations

from .inputs import Row
from .plans import Plan


def monthly_rows(plan: Plan) -> list[Row]:
    """One row per activity and month that has a programme or a registration."""
    rows = []
    for activity in plan.activities:
        name = activity["actividad_id"]
        programme = plan.programme.get(name, {})
        registrations = plan.registrations.get(name, {})
        for month in sorted(programme.keys() | registrations.keys()):
            target, actual = programme.get(month, {}), registrations.get(month, {})
            executed = actual if plan.tracked else {}
            first = plan.first_physical.get((name, month))
            rows.append(
                plan.key
                | {
                    "actividad_id": name,
                    "mes": month,
                    "programado_fisico": target.get("meta_fisica"),
                    "ejecutado_fisico": executed.get("ejecucion_fisica"),
                    "programado_financiero": target.get("meta_financiera"),
                    "ejecutado_financiero": executed.get("ejecucion_financiera"),
                    "version": target.get("version"),
                    "fecha_registro": actual.get("fecha_registro"),
                    "registrado_a_tiempo": (
                        None if first is None else first <= plan.deadline(month)
                    ),
                }
            )
    return rows
