"""The same roll-up by hand, in pandas and in polars: what the models are held against.

Belongs here: from versions and registrations to the advance of each activity at each corte, the
means of actions and of entities. Does not: reported results, weights, budget, indicators, which
the models do beside it; plans that have them are left out of the comparison, not of the work.
Both keep everything in memory, count in binary floats, and store nothing.
"""

import time
from collections.abc import Callable

import duckdb

from benchmarks.stages import RAW_FACTS, Bench

ACTIVITY = ["entidad_id", "plan_id", "actividad_id"]
ACTION = ["entidad_id", "plan_id", "aei_id"]
MONTHS = [f"{month:02d}" for month in range(1, 13)]

# Differences allowed between exact decimals rounded half up and binary floats, in points.
TOLERANCE = 0.011


def _inputs(bench: Bench) -> dict[str, "duckdb.DuckDBPyRelation"]:
    """Write what the roll-up reads as Parquet, once: reading it is part of the roll-up."""
    bench.parquet.mkdir(exist_ok=True)
    selects = {
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
            select entidad_id, plan_id, actividad_id, aei_id, tipo_agregacion,
                planes.ultimo_corte, planes.meses_exigibles,
                planes.periodicidad = 'trimestral' as trimestral,
                planes.regla_no_acumulado = 'promedio_mensual' as promedia,
                planes.sin_seguimiento = 'bloquear' as bloquea
            from staging.stg_actividades join intermediate.int_plan as planes
                using (entidad_id, plan_id)""",
    }
    with bench.connect(read_only=True) as connection:
        for name, select in selects.items():
            file = bench.parquet / f"{name}.parquet"
            if not file.exists():
                connection.execute(f"copy ({select}) to '{file}' (format parquet)")
    return {name: str(bench.parquet / f"{name}.parquet") for name in selects}


def pandas_rollup(bench: Bench) -> dict:
    """Roll up in pandas; says how many figures differ from the models'."""
    import numpy as np
    import pandas as pd

    files = _inputs(bench)
    started, cpu = time.perf_counter(), time.process_time()

    def twelve(frame: pd.DataFrame, order: str, values: dict[str, str]) -> pd.DataFrame:
        latest = frame.sort_values(order).drop_duplicates([*ACTIVITY, "mes"], keep="last")
        wide = latest.pivot(index=ACTIVITY, columns="mes", values=list(values))
        wide.columns = [f"{values[name]}{month:02d}" for name, month in wide.columns]
        return wide

    programmed = twelve(
        pd.read_parquet(files["versions"]),
        "version",
        {"meta_fisica": "pf", "meta_financiera": "pm"},
    )
    executed = twelve(
        pd.read_parquet(files["registrations"]),
        "fecha_registro",
        {"ejecucion_fisica": "ef", "ejecucion_financiera": "em"},
    )
    years = pd.read_parquet(files["activities"]).set_index(ACTIVITY)
    years = years.join(programmed).join(executed)
    columns = [prefix + month for prefix in ("pf", "pm", "ef", "em") for month in MONTHS]
    wide = years.reindex(columns=columns)

    def matrix(prefix: str) -> np.ndarray:
        return wide[[prefix + month for month in MONTHS]].to_numpy()

    figures = _figures(
        np,
        years,
        pf=np.nan_to_num(matrix("pf")),
        ef=matrix("ef"),
        pm=np.nan_to_num(matrix("pm")),
        em=np.nan_to_num(matrix("em")),
    )
    long = pd.concat(
        [
            pd.DataFrame(
                {"aei_id": years["aei_id"], **{k: v[:, i] for k, v in figures.items()}},
                index=years.index,
            )
            .assign(mes_corte=i + 1)
            .loc[lambda frame: frame["corte"]]
            for i in range(12)
        ]
    ).reset_index()
    actions = long.groupby([*ACTION, "mes_corte"], as_index=False).agg(
        parcial=("avance", "mean"), n_si=("si", "sum"), em=("em", "sum"), pm=("pm", "sum")
    )
    entities = long.groupby(["entidad_id", "plan_id", "mes_corte"], as_index=False).agg(
        parcial=("avance", "mean"), mediana=("avance", "median"), em=("em", "sum")
    )
    seconds, processor = time.perf_counter() - started, time.process_time() - cpu
    return {
        "rows": bench.count(*RAW_FACTS),
        "seconds": seconds,
        "processor": processor,
        "different": _different(bench, long, actions, entities),
    }


def _figures(np, years, *, pf, ef, pm, em) -> dict:
    """State and advance of each activity (row) at each corte (column), of arrays of months."""
    month = np.arange(1, 13)
    kind = years["tipo_agregacion"].to_numpy()
    quarterly = years["trimestral"].to_numpy()[:, None]
    cut = (month <= years["ultimo_corte"].to_numpy()[:, None]) & (~quarterly | (month % 3 == 0))
    due = (month <= years["meses_exigibles"].to_numpy()[:, None]) & (~quarterly | (month % 3 == 0))
    missing = np.cumsum(np.isnan(ef) & due, axis=1) > 0
    ef = np.nan_to_num(ef)
    programmed, executed = np.cumsum(pf, axis=1), np.cumsum(ef, axis=1)
    last = kind == "acumulado_mensual"
    programmed[last], executed[last] = _last_positive(np, pf[last]), _last_positive(np, ef[last])
    mean = (kind == "no_acumulado") & years["promedia"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        advance = 100 * executed / programmed
        ratios = np.where(pf[mean] > 0, ef[mean] / pf[mean], 0)
        counted = np.cumsum(pf[mean] > 0, axis=1)
        advance[mean] = 100 * np.cumsum(ratios, axis=1) / counted
    programmed[mean] = counted
    without = programmed == 0
    incomplete = missing & ~without & years["bloquea"].to_numpy()[:, None]
    advance = np.floor(np.minimum(advance, 100) * 100 + 0.5 + 1e-7) / 100
    advance[without | incomplete] = np.nan
    return {
        "corte": cut,
        "si": incomplete,
        "avance": advance,
        "pm": np.cumsum(pm, axis=1),
        "em": np.cumsum(em, axis=1),
    }


def _last_positive(np, values):
    index = np.maximum.accumulate(np.where(values > 0, np.arange(12), -1), axis=1)
    found = np.take_along_axis(values, np.maximum(index, 0), axis=1)
    return np.where(index >= 0, found, 0)


def polars_rollup(bench: Bench) -> dict:
    """Roll up in polars; says how many figures differ from the models'."""
    import polars as pl

    files = _inputs(bench)
    started, cpu = time.perf_counter(), time.process_time()

    def latest(name: str, order: str, values: dict[str, str]) -> pl.DataFrame:
        """One row per month first: far cheaper than twelve filters of the history."""
        months = (
            pl.scan_parquet(files[name])
            .sort(order)
            .unique([*ACTIVITY, "mes"], keep="last")
            .collect()
        )
        return months.group_by(ACTIVITY).agg(
            pl.when(pl.col("mes") == month).then(pl.col(value)).max().alias(f"{prefix}{month:02d}")
            for value, prefix in values.items()
            for month in range(1, 13)
        )

    programmed = latest("versions", "version", {"meta_fisica": "pf", "meta_financiera": "pm"})
    executed = latest(
        "registrations",
        "fecha_registro",
        {"ejecucion_fisica": "ef", "ejecucion_financiera": "em"},
    )
    years = (
        pl.read_parquet(files["activities"])
        .join(programmed, on=ACTIVITY, how="left")
        .join(executed, on=ACTIVITY, how="left")
    )
    long = pl.concat([_polars_cut(pl, years.lazy(), month) for month in range(1, 13)]).collect()
    actions = long.group_by([*ACTION, "mes_corte"]).agg(
        parcial=pl.col("avance").mean(), n_si=pl.col("si").sum(), em=pl.col("em").sum(),
        pm=pl.col("pm").sum(),
    )  # fmt: skip
    entities = long.group_by(["entidad_id", "plan_id", "mes_corte"]).agg(
        parcial=pl.col("avance").mean(), mediana=pl.col("avance").median(), em=pl.col("em").sum()
    )
    seconds, processor = time.perf_counter() - started, time.process_time() - cpu
    frames = [frame.to_arrow() for frame in (long, actions, entities)]
    return {
        "rows": bench.count(*RAW_FACTS),
        "seconds": seconds,
        "processor": processor,
        "different": _different(bench, *frames),
    }


def _polars_cut(pl, years, cut: int):
    """Figures of every activity at one corte."""

    def months(prefix: str) -> list:
        return [pl.col(f"{prefix}{month:02d}").fill_null(0) for month in range(1, cut + 1)]

    def last(prefix: str):
        return pl.coalesce(
            [pl.when(value > 0).then(value) for value in reversed(months(prefix))] + [pl.lit(0.0)]
        )

    averaged = (pl.col("tipo_agregacion") == "no_acumulado") & pl.col("promedia")
    pairs = list(zip(months("pf"), months("ef"), strict=True))
    ratios = pl.sum_horizontal([pl.when(p > 0).then(e / p).otherwise(0.0) for p, e in pairs])
    counted = pl.sum_horizontal([(p > 0).cast(pl.Float64) for p, _ in pairs])
    missing = pl.any_horizontal(
        [
            pl.col(f"ef{month:02d}").is_null()
            & (pl.col("meses_exigibles") >= month)
            & (pl.lit(month % 3 == 0) | ~pl.col("trimestral"))
            for month in range(1, cut + 1)
        ]
    )
    kind = pl.col("tipo_agregacion") == "acumulado_mensual"
    programmed = (
        pl.when(averaged).then(counted).when(kind).then(last("pf"))
        .otherwise(pl.sum_horizontal(months("pf")))
    )  # fmt: skip
    executed = (
        pl.when(averaged).then(ratios).when(kind).then(last("ef"))
        .otherwise(pl.sum_horizontal(months("ef")))
    )  # fmt: skip
    return (
        years.filter(
            (pl.col("ultimo_corte") >= cut) & (pl.lit(cut % 3 == 0) | ~pl.col("trimestral"))
        )
        .select(
            *ACTIVITY,
            "aei_id",
            pl.lit(cut).alias("mes_corte"),
            programmed.alias("p"),
            executed.alias("e"),
            (missing & pl.col("bloquea")).alias("falta"),
            pl.sum_horizontal(months("pm")).alias("pm"),
            pl.sum_horizontal(months("em")).alias("em"),
        )
        .with_columns(si=pl.col("falta") & (pl.col("p") != 0))
        .with_columns(
            avance=pl.when((pl.col("p") != 0) & ~pl.col("si")).then(
                (pl.min_horizontal(100 * pl.col("e") / pl.col("p"), 100.0) * 100 + 0.5 + 1e-7)
                .floor() / 100
            )
        )
        .drop("p", "e", "falta")
    )  # fmt: skip


def _different(bench: Bench, long, actions, entities) -> int:
    """Count the figures that are not the models': frames are read by their names in the SQL."""
    compared = {
        "long": ("intermediate.int_avance_actividad", [*ACTIVITY, "mes_corte"],
            {"avance": "avance_fisico_pct", "em": "ejecutado_financiero"}),
        "actions": ("intermediate.int_avance_accion", [*ACTION, "mes_corte"],
            {"parcial": "avance_parcial_pct", "n_si": "n_si", "pm": "programado_financiero"}),
        "entities": ("intermediate.int_avance_entidad", ["entidad_id", "plan_id", "mes_corte"],
            {"mediana": "mediana_actividades_pct", "em": "ejecutado_financiero"}),
    }  # fmt: skip
    different = 0
    with bench.connect(read_only=True) as connection:
        for frame, (model, key, figures) in compared.items():
            unequal = " or ".join(
                f"abs(coalesce(hand.{ours}, -1) - coalesce(model.{theirs}::double, -1)) "
                f"> {TOLERANCE}"
                for ours, theirs in figures.items()
            )
            (count,) = connection.execute(f"""
                with model as (
                    select model.* from {model} as model
                    anti join staging.stg_resultados_reportados using (entidad_id, plan_id)
                    semi join (
                        select entidad_id, plan_id from intermediate.int_plan
                        where ponderacion = 'simple'
                    ) using (entidad_id, plan_id)
                ),
                hand as (
                    select * from {frame}
                    semi join (select distinct entidad_id, plan_id from model)
                        using (entidad_id, plan_id)
                )
                select count(*) from hand full join model using ({", ".join(key)})
                where hand.entidad_id is null or model.entidad_id is null or {unequal}
            """).fetchone()
            different += count
    return different


STAGES: dict[str, Callable[[Bench], dict]] = {
    "pandas_rollup": pandas_rollup,
    "polars_rollup": polars_rollup,
}
