"""The small plan, moved to the months around today: its next deadline is the end of this month."""

from datetime import date

import small_plan


def month_to_register(today: date) -> tuple[int, int]:
    """Year and month whose registration falls due this month: the method gives one month."""
    return (today.year - 1, 12) if today.month == 1 else (today.year, today.month - 1)


def tables(today: date) -> dict[str, list[dict]]:
    """Give the plan of that year, programmed in every month; only A1 registered that month."""
    year, month = month_to_register(today)
    made = small_plan.tables()
    made["planes"] = [row | {"anio": year} for row in made["planes"]]
    made["metas_programadas"] = [
        row | {"mes": number, "fecha_version": f"{year - 1}-12-20"}
        for row in made["metas_programadas"]
        if row["mes"] == 1
        for number in range(1, 13)
    ]
    made["metas_ejecutadas"] = [
        small_plan.executed_row("A1", month, today.replace(day=1).isoformat(), 10)
    ]
    return made
