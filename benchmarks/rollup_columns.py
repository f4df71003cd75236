"""Columns that the roll-ups by hand share: keys, colours, what every level adds up."""

PLAN = ["entidad_id", "plan_id"]
ACTIVITY = [*PLAN, "actividad_id"]
COLOURS = ["rojo", "naranja", "amarillo", "verde"]
SUMS = [
    "n_actividades", "n_sp", "n_si", *(f"n_{colour}" for colour in COLOURS), "n_en_promedio",
    "suma_avance", "peso_avance", "programado_financiero", "ejecutado_financiero",
    "suma_programado_anual", "peso_programado_anual", "suma_ejecutado_anual",
    "peso_ejecutado_anual",
]  # fmt: skip
