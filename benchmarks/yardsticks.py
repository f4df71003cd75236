"""The same roll-up by hand, in pandas and in polars: what the models are held against.

Belongs here: what the roll-up reads, what its result is, and how that is compared with the models'.
Does not: the work itself (pandas_rollup, polars_rollup); reported results, budget and indicators,
which the models do beside it. Plans with reported results are left out of the comparison, not of
the work. Both keep everything in memory, count in binary floats, and store nothing.
"""

import time
from collections.abc import Callable

from polars import DataFrame

from benchmarks import pandas_rollup, polars_rollup
from benchmarks.stages import RAW_FACTS, Bench

# Differences allowed between exact decimals rounded half up and binary floats, in points.
TOLERANCE = 0.011

_MONEY = ("programado_financiero", "ejecutado_financiero")
_COUNTS = ("n_actividades", "n_sp", "n_si", "n_rojo", "n_naranja", "n_amarillo", "n_verde")
_PERCENTAGES = (
    "avance_fisico_pct", "avance_financiero_pct", "programado_anual_pct", "ejecutado_anual_pct"
)  # fmt: skip
_TEXTS = ("estado", "semaforo_fisico", "semaforo_financiero")
_OF_LEVELS = (*_COUNTS, *_MONEY, *_PERCENTAGES, "avance_parcial_pct")

# Of each frame of the result: the model with the same rows, what names a row besides the plan, and
# the figures.
_RESULT = {
    "activities": ("int_avance_actividad", ("actividad_id",), (*_MONEY, *_PERCENTAGES)),
    "actions": ("int_avance_accion", ("aei_id",), _OF_LEVELS),
    "objectives": ("int_avance_objetivo", ("oei_id",), _OF_LEVELS),
    "entities": ("int_avance_entidad", (), (*_OF_LEVELS, "mediana_actividades_pct")),
    "centres": ("int_avance_centro_costo", ("centro_costo_id", "alcance"), _OF_LEVELS),
}

_INPUTS = {
    "versions": """
        select entidad_id, plan_id, actividad_id, mes, version,
            meta_fisica::double as meta_fisica, meta_financiera::double as meta_financiera
        from staging.stg_metas_programadas""",
    "registrations": """
        select entidad_id, plan_id, actividad_id, mes, fecha_registro,
            ejecucion_fisica::double as ejecucion_fisica,
            ejecucion_financiera::double as ejecucion_financiera
        from staging.stg_metas_ejecutadas""",
    "activities": """
        select entidad_id, plan_id, actividad_id, aei_id, oei_id, centro_costo_id,
            tipo_agregacion, planes.metodologia_id,
            case planes.ponderacion when 'simple' then 1
                else coalesce(actividades.ponderacion, 0) end::double as peso,
            planes.ultimo_corte, planes.meses_exigibles, planes.tope_pct::double as tope_pct,
            planes.escala_actividad::double as escala,
            planes.periodicidad = 'trimestral' as trimestral,
            planes.regla_no_acumulado = 'promedio_mensual' as promedia,
            planes.sin_seguimiento = 'bloquear' as bloquea
        from staging.stg_actividades as actividades
            join staging.stg_acciones using (entidad_id, plan_id, aei_id)
            join intermediate.int_plan as planes using (entidad_id, plan_id)""",
    "actions": """
        select entidad_id, plan_id, aei_id, oei_id,
            case planes.ponderacion when 'simple' then 1
                else coalesce(acciones.ponderacion, 0) end::double as peso
        from staging.stg_acciones as acciones
            join intermediate.int_plan as planes using (entidad_id, plan_id)""",
    "objectives": """
        select entidad_id, plan_id, oei_id,
            case planes.ponderacion when 'simple' then 1
                else coalesce(objetivos.ponderacion, 0) end::double as peso
        from staging.stg_objetivos as objetivos
            join intermediate.int_plan as planes using (entidad_id, plan_id)""",
    "plans": """
        select entidad_id, plan_id, metodologia_id, promedio_entidad from intermediate.int_plan""",
    "centres": """
        select entidad_id, centro_costo_id, descendiente_id
        from intermediate.int_centro_descendiente""",
    "bands": """
        select metodologia_id, ambito, color, incluye_desde, incluye_hasta,
            coalesce(desde::double, '-inf'::double) as desde,
            coalesce(hasta::double, 'inf'::double) as hasta
        from staging.stg_semaforo_bandas
        where ambito in ('fisico', 'financiero')""",
}


def _inputs(bench: Bench) -> dict[str, str]:
    """Write what the roll-up reads as Parquet, once: reading it is part of the roll-up."""
    bench.parquet.mkdir(exist_ok=True)
    with bench.connect(read_only=True) as connection:
        for name, select in _INPUTS.items():
            file = bench.parquet / f"{name}.parquet"
            if not file.exists():
                connection.execute(f"copy ({select}) to '{file}' (format parquet)")
    return {name: str(bench.parquet / f"{name}.parquet") for name in _INPUTS}


def _measured(bench: Bench, rollup: Callable[[dict[str, str]], dict]) -> dict:
    files = _inputs(bench)
    started, cpu = time.perf_counter(), time.process_time()
    frames = rollup(files)
    seconds, processor = time.perf_counter() - started, time.process_time() - cpu
    return {
        "rows": bench.count(*RAW_FACTS),
        "seconds": seconds,
        "processor": processor,
        "different": _different(bench, frames),
    }


def _different(bench: Bench, frames: dict) -> int:
    """Count the rows with a figure, state or colour that is not the models'."""
    different = 0
    with bench.connect(read_only=True) as connection:
        for name, (model, element, figures) in _RESULT.items():
            frame = frames[name]
            connection.register(
                "frame", frame.to_arrow() if isinstance(frame, DataFrame) else frame
            )
            unequal = " or ".join(
                [
                    f"abs(coalesce(hand.{figure}, -1) - coalesce(model.{figure}::double, -1)) "
                    f"> {TOLERANCE}"
                    for figure in figures
                ]
                + [f"hand.{text}::varchar is distinct from model.{text}" for text in _TEXTS]
            )
            key = ", ".join(["entidad_id", "plan_id", *element, "mes_corte"])
            ((count,),) = connection.execute(f"""
                with model as (
                    select model.* from intermediate.{model} as model
                    anti join staging.stg_resultados_reportados using (entidad_id, plan_id)
                ),
                hand as (
                    select * from frame
                    anti join staging.stg_resultados_reportados using (entidad_id, plan_id)
                )
                select count(*) from hand full join model using ({key})
                where hand.entidad_id is null or model.entidad_id is null or {unequal}
            """).fetchall()
            different += count
    return different


STAGES: dict[str, Callable[[Bench], dict]] = {
    "pandas_rollup": lambda bench: _measured(bench, pandas_rollup.rollup),
    "polars_rollup": lambda bench: _measured(bench, polars_rollup.rollup),
}
