"""The roll-up by hand in polars: expressions over twelve months, levels as sums of a long table.

Belongs here: from versions and registrations to the figures, states and colours of activities,
actions, objectives, entities and centres. Does not: reading the warehouse, comparing (yardsticks).
"""

import polars as pl

from benchmarks.rollup_columns import ACTIVITY, COLOURS, PLAN, SUMS


def rollup(files: dict[str, str]) -> dict[str, pl.DataFrame]:
    """Roll up what the Parquet files hold; gives a frame for each level."""
    bands = pl.read_parquet(files["bands"])
    plans = pl.scan_parquet(files["plans"])
    years = _years(files).lazy()
    long = pl.concat([_at_cut(years, month) for month in range(1, 13)])
    long = long.with_columns(_colours(bands)).with_columns(_terms()).collect()

    def finished(sums: pl.LazyFrame) -> pl.DataFrame:
        methods = plans.select(*PLAN, "metodologia_id")
        return sums.with_columns(_percentages()).join(methods, on=PLAN).with_columns(
            _colours(bands)
        ).collect()  # fmt: skip

    def level(key: list[str]) -> pl.LazyFrame:
        return long.lazy().group_by([*PLAN, *key, "mes_corte"]).agg(pl.col(SUMS).sum())

    centres = level(["centro_costo_id"]).collect().lazy()
    tree = pl.scan_parquet(files["centres"])
    totals = (
        centres.join(
            tree.rename({"centro_costo_id": "arriba"}),
            left_on=["entidad_id", "centro_costo_id"],
            right_on=["entidad_id", "descendiente_id"],
        )
        .group_by([*PLAN, pl.col("arriba").alias("centro_costo_id"), "mes_corte"])
        .agg(pl.col(SUMS).sum())
    )
    centres = pl.concat(
        [
            centres.with_columns(alcance=pl.lit("propio")),
            totals.with_columns(alcance=pl.lit("total")),
        ]
    )
    actions = finished(level(["aei_id"]).with_columns(_of_activities()))
    of_actions = actions.lazy().join(pl.scan_parquet(files["actions"]), on=[*PLAN, "aei_id"])
    objectives = finished(_of_elements(of_actions, ["oei_id"]))
    of_objectives = objectives.lazy().join(
        pl.scan_parquet(files["objectives"]), on=[*PLAN, "oei_id"]
    )
    medians = (
        long.lazy()
        .group_by([*PLAN, "mes_corte"])
        .agg(mediana_actividades_pct=pl.col("avance_fisico_pct").median())
    )
    entities = _entities(of_actions, of_objectives, plans).join(medians, on=[*PLAN, "mes_corte"])
    return {
        "activities": long,
        "actions": actions,
        "objectives": objectives,
        "entities": finished(entities),
        "centres": finished(centres.with_columns(_of_activities())),
    }


def _years(files: dict[str, str]) -> pl.DataFrame:
    """One row per activity with twelve months of each measure."""

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
    return years.with_columns(
        mensual=pl.col("tipo_agregacion") == "acumulado_mensual",
        media=(pl.col("tipo_agregacion") == "no_acumulado") & pl.col("promedia"),
    ).with_columns(anual=_accumulated("pf", 12))


def _months(prefix: str, cut: int) -> list[pl.Expr]:
    return [pl.col(f"{prefix}{month:02d}").fill_null(0) for month in range(1, cut + 1)]


def _accumulated(prefix: str, cut: int) -> pl.Expr:
    """Programme or execution up to a month, by the activity's kind; of a mean, its months."""
    months = _months(prefix, cut)
    last = pl.coalesce(
        [pl.when(value > 0).then(value) for value in reversed(months)] + [pl.lit(0.0)]
    )
    of_mean = {
        "pf": pl.sum_horizontal([(p > 0).cast(pl.Float64) for p in _months("pf", cut)]),
        "ef": pl.sum_horizontal(_ratios(cut)),
    }[prefix]
    return (
        pl.when(pl.col("media")).then(of_mean)
        .when(pl.col("mensual")).then(last)
        .otherwise(pl.sum_horizontal(months))
    )  # fmt: skip


def _ratios(cut: int) -> list[pl.Expr]:
    pairs = zip(_months("pf", cut), _months("ef", cut), strict=True)
    return [pl.when(p > 0).then(e / p).otherwise(0.0) for p, e in pairs]


def _at_cut(years: pl.LazyFrame, cut: int) -> pl.LazyFrame:
    """Figures of every activity that has this corte, without colours."""
    missing = pl.any_horizontal(
        [
            pl.col(f"ef{month:02d}").is_null()
            & (pl.col("meses_exigibles") >= month)
            & (pl.lit(month % 3 == 0) | ~pl.col("trimestral"))
            for month in range(1, cut + 1)
        ]
    )
    capped_ratios = pl.sum_horizontal([pl.min_horizontal(ratio, 1.0) for ratio in _ratios(cut)])
    programmed, executed, year = pl.col("p"), pl.col("e"), pl.col("anual")
    return (
        years.filter(
            (pl.col("ultimo_corte") >= cut) & (pl.lit(cut % 3 == 0) | ~pl.col("trimestral"))
        )
        .with_columns(
            p=_accumulated("pf", cut),
            e=_accumulated("ef", cut),
            s=capped_ratios,
            falta=missing & pl.col("bloquea"),
            programado_financiero=pl.sum_horizontal(_months("pm", cut)),
            ejecutado_financiero=pl.sum_horizontal(_months("em", cut)),
        )
        .with_columns(
            estado=pl.when(programmed == 0).then(pl.lit("S.P."))
            .when(pl.col("falta")).then(pl.lit("S.I."))
            .otherwise(pl.lit("completo"))
        )
        .select(
            *ACTIVITY, "aei_id", "oei_id", "centro_costo_id", "metodologia_id", "peso",
            "programado_financiero", "ejecutado_financiero", "estado",
            mes_corte=pl.lit(cut),
            avance_fisico_pct=pl.when(pl.col("estado") == "completo").then(
                (pl.min_horizontal(100 * executed / programmed, "tope_pct")
                    * pl.col("escala") + 0.5 + 1e-7).floor() / pl.col("escala")
            ),
            avance_financiero_pct=_percentage("ejecutado_financiero", "programado_financiero"),
            programado_anual_pct=_percentage("p", "anual"),
            ejecutado_anual_pct=pl.when(year > 0).then(
                pl.when(pl.col("media")).then(100 * pl.col("s") / year)
                .when(executed >= year).then(100.0)
                .otherwise(100 * executed / year)
            ),
        )
    )  # fmt: skip


def _percentage(part: str, whole: str) -> pl.Expr:
    return pl.when(pl.col(whole) != 0).then(100 * pl.col(part) / pl.col(whole))


def _colours(bands: pl.DataFrame) -> list[pl.Expr]:
    colours = []
    for scope in ("fisico", "financiero"):
        figure = pl.col(f"avance_{scope}_pct").round(9)
        colour = pl.lit(None, dtype=pl.String)
        for band in bands.filter(ambito=scope).iter_rows(named=True):
            above = figure >= band["desde"] if band["incluye_desde"] else figure > band["desde"]
            below = figure <= band["hasta"] if band["incluye_hasta"] else figure < band["hasta"]
            of_method = pl.col("metodologia_id") == band["metodologia_id"]
            colour = (
                pl.when(of_method & above & below).then(pl.lit(band["color"])).otherwise(colour)
            )
        colours.append(colour.alias(f"semaforo_{scope}"))
    return colours


def _terms() -> list[pl.Expr]:
    """Columns whose sums are those of every level."""
    terms = {
        "n_actividades": pl.lit(1),
        "n_sp": pl.col("estado") == "S.P.",
        "n_si": pl.col("estado") == "S.I.",
        **{f"n_{colour}": pl.col("semaforo_fisico") == colour for colour in COLOURS},
        "n_en_promedio": (pl.col("estado") != "S.P.") | pl.col("avance_fisico_pct").is_not_null(),
    }
    for figure, name in [
        ("avance_fisico_pct", "avance"),
        ("programado_anual_pct", "programado_anual"),
        ("ejecutado_anual_pct", "ejecutado_anual"),
    ]:
        terms[f"suma_{name}"] = pl.col("peso") * pl.col(figure)
        terms[f"peso_{name}"] = pl.when(pl.col(figure).is_not_null()).then(pl.col("peso"))
    return [term.alias(name) for name, term in terms.items()]


def _mean(total: str, weights: str) -> pl.Expr:
    return pl.when(pl.col(weights) != 0).then(pl.col(total) / pl.col(weights))


def _figures(total: str, partial: str, incomplete: str, in_mean: str) -> list[pl.Expr]:
    """Advance and state of an element from sums and weights of those below."""
    return [
        pl.when(pl.col(incomplete) == 0)
        .then(_mean(f"suma_{total}", f"peso_{total}"))
        .alias("avance_fisico_pct"),
        _mean(f"suma_{partial}", f"peso_{partial}").alias("avance_parcial_pct"),
        pl.when(pl.col(incomplete) > 0).then(pl.lit("S.I."))
        .when(pl.col(in_mean) == 0).then(pl.lit("S.P."))
        .otherwise(pl.lit("completo")).alias("estado"),
    ]  # fmt: skip


def _of_activities() -> list[pl.Expr]:
    return _figures("avance", "avance", "n_si", "n_en_promedio")


def _element_sums(elements: pl.LazyFrame, key: list[str]) -> pl.LazyFrame:
    """Sums and means of the elements below."""
    present, partial = pl.col("avance_fisico_pct"), pl.col("avance_parcial_pct")
    weight = pl.col("peso")
    return elements.group_by([*PLAN, *key, "mes_corte"]).agg(
        pl.col(SUMS).sum(),
        elementos_si=(pl.col("estado") == "S.I.").sum(),
        elementos_en_promedio=((pl.col("estado") != "S.P.") | present.is_not_null()).sum(),
        suma_elementos=(weight * present).sum(),
        peso_elementos=weight.filter(present.is_not_null()).sum(),
        suma_parciales=(weight * partial).sum(),
        peso_parciales=weight.filter(partial.is_not_null()).sum(),
    )


def _of_elements(elements: pl.LazyFrame, key: list[str]) -> pl.LazyFrame:
    return _element_sums(elements, key).with_columns(
        _figures("elementos", "parciales", "elementos_si", "elementos_en_promedio")
    )


def _entities(actions: pl.LazyFrame, objectives: pl.LazyFrame, plans: pl.LazyFrame) -> pl.LazyFrame:
    """The mean of each plan over what its method names."""
    key = [*PLAN, "mes_corte"]
    figures = ["avance_fisico_pct", "avance_parcial_pct", "estado"]
    of_objectives = _of_elements(objectives, [])
    over = {
        "objetivos": of_objectives,
        "acciones": _of_elements(actions, []),
        "actividades": _element_sums(objectives, []).with_columns(_of_activities()),
    }
    chosen = pl.concat(
        [
            frame.select(*key, *figures).join(plans.filter(promedio_entidad=name), on=PLAN)
            for name, frame in over.items()
        ]
    )
    return of_objectives.select(*key, *SUMS).join(chosen.select(*key, *figures), on=key)


def _percentages() -> list[pl.Expr]:
    """Money and plan progress of an element from its sums."""
    return [
        _mean("suma_programado_anual", "peso_programado_anual").alias("programado_anual_pct"),
        _mean("suma_ejecutado_anual", "peso_ejecutado_anual").alias("ejecutado_anual_pct"),
        _percentage("ejecutado_financiero", "programado_financiero").alias("avance_financiero_pct"),
    ]
