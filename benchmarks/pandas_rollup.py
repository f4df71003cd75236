"""The roll-up by hand in pandas: months as matrices, levels as sums of a long table.

Belongs here: from versions and registrations to the figures, states and colours of activities,
actions, objectives, entities and centres. Does not: reading the warehouse, comparing (yardsticks).
"""

import numpy as np
import pandas as pd

from benchmarks.rollup_columns import ACTIVITY, COLOURS, PLAN, SUMS

MONTHS = np.arange(1, 13)
STATES = ["S.P.", "S.I.", "completo"]


def rollup(files: dict[str, str]) -> dict[str, pd.DataFrame]:
    """Roll up what the Parquet files hold; gives a frame for each level."""
    bands, plans = pd.read_parquet(files["bands"]), pd.read_parquet(files["plans"])
    long = _coloured(_activities(files), bands)
    _add_terms(long)

    def level(key: list[str]) -> pd.DataFrame:
        return long.groupby([*PLAN, *key, "mes_corte"], as_index=False, sort=False)[SUMS].sum()

    def finished(sums: pd.DataFrame) -> pd.DataFrame:
        methods = plans[[*PLAN, "metodologia_id"]]
        return _coloured(_with_percentages(sums).merge(methods, on=PLAN), bands)

    centres = level(["centro_costo_id"])
    above = centres.merge(
        pd.read_parquet(files["centres"]),
        left_on=["entidad_id", "centro_costo_id"],
        right_on=["entidad_id", "descendiente_id"],
        suffixes=("_propio", ""),
    )
    totals = above.groupby([*PLAN, "centro_costo_id", "mes_corte"], as_index=False, sort=False)
    centres = pd.concat(
        [centres.assign(alcance="propio"), totals[SUMS].sum().assign(alcance="total")]
    )
    actions = finished(_of_activities(level(["aei_id"])))
    of_actions = actions.merge(pd.read_parquet(files["actions"]), on=[*PLAN, "aei_id"])
    objectives = finished(_of_elements(of_actions, ["oei_id"]))
    of_objectives = objectives.merge(pd.read_parquet(files["objectives"]), on=[*PLAN, "oei_id"])
    entities = _entities(of_actions, of_objectives, plans)
    medians = long.groupby([*PLAN, "mes_corte"], as_index=False)["avance_fisico_pct"].median()
    medians = medians.rename(columns={"avance_fisico_pct": "mediana_actividades_pct"})
    return {
        "activities": long,
        "actions": actions,
        "objectives": objectives,
        "entities": finished(entities).merge(medians, on=[*PLAN, "mes_corte"]),
        "centres": finished(_of_activities(centres)),
    }


def _activities(files: dict[str, str]) -> pd.DataFrame:
    """One row per activity and corte, without colours."""
    programmed = _twelve(
        pd.read_parquet(files["versions"]),
        "version",
        {"meta_fisica": "pf", "meta_financiera": "pm"},
    )
    executed = _twelve(
        pd.read_parquet(files["registrations"]),
        "fecha_registro",
        {"ejecucion_fisica": "ef", "ejecucion_financiera": "em"},
    )
    years = pd.read_parquet(files["activities"]).set_index(ACTIVITY)
    years["metodologia_id"] = years["metodologia_id"].astype("category")
    years = years.join(programmed).join(executed)
    columns = [f"{measure}{month:02d}" for measure in ("pf", "pm", "ef", "em") for month in MONTHS]
    wide = years.reindex(columns=columns)

    def matrix(measure: str) -> np.ndarray:
        return wide[[f"{measure}{month:02d}" for month in MONTHS]].to_numpy()

    cut, figures = _figures(
        years,
        pf=np.nan_to_num(matrix("pf")),
        ef=matrix("ef"),
        pm=np.nan_to_num(matrix("pm")),
        em=np.nan_to_num(matrix("em")),
    )
    kept = years[["aei_id", "oei_id", "centro_costo_id", "metodologia_id", "peso"]]
    cuts = [
        kept.assign(mes_corte=i + 1, **{name: values[:, i] for name, values in figures.items()})[
            cut[:, i]
        ]
        for i in range(12)
    ]
    long = pd.concat(cuts).reset_index()
    long["estado"] = pd.Categorical.from_codes(long["estado"], STATES)
    return long


def _twelve(frame: pd.DataFrame, order: str, values: dict[str, str]) -> pd.DataFrame:
    latest = frame.sort_values(order).drop_duplicates([*ACTIVITY, "mes"], keep="last")
    wide = latest.pivot(index=ACTIVITY, columns="mes", values=list(values))
    wide.columns = [f"{values[name]}{month:02d}" for name, month in wide.columns]
    return wide


def _figures(years: pd.DataFrame, *, pf, ef, pm, em) -> tuple[np.ndarray, dict]:
    """Which cortes an activity (row) has, and its figures at each (column), of arrays of months."""

    def of_plan(name: str) -> np.ndarray:
        return years[name].to_numpy()[:, None]

    in_quarter = ~of_plan("trimestral") | (MONTHS % 3 == 0)
    cut = (of_plan("ultimo_corte") >= MONTHS) & in_quarter
    due = (of_plan("meses_exigibles") >= MONTHS) & in_quarter
    missing = np.cumsum(np.isnan(ef) & due, axis=1) > 0
    ef = np.nan_to_num(ef)
    programmed, executed = np.cumsum(pf, axis=1), np.cumsum(ef, axis=1)
    kind = years["tipo_agregacion"].to_numpy()
    last = kind == "acumulado_mensual"
    programmed[last], executed[last] = _last_positive(pf[last]), _last_positive(ef[last])
    mean = (kind == "no_acumulado") & years["promedia"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(pf[mean] > 0, ef[mean] / pf[mean], 0)
        counted = np.cumsum(pf[mean] > 0, axis=1)
        advance = 100 * executed / programmed
        advance[mean] = 100 * np.cumsum(ratios, axis=1) / counted
        programmed[mean] = counted
        year = programmed[:, -1:]
        of_year = np.where(executed >= year, 100, 100 * executed / year)
        of_year[mean] = 100 * np.cumsum(np.minimum(ratios, 1), axis=1) / year[mean]
        money_programmed, money_executed = np.cumsum(pm, axis=1), np.cumsum(em, axis=1)
        money = 100 * money_executed / money_programmed
        programme_of_year = 100 * programmed / year
    without = programmed == 0
    incomplete = missing & ~without & of_plan("bloquea")
    scale = of_plan("escala")
    advance = np.floor(np.fmin(advance, of_plan("tope_pct")) * scale + 0.5 + 1e-7) / scale
    advance[without | incomplete] = np.nan
    return cut, {
        "estado": np.where(without, 0, np.where(incomplete, 1, 2)),
        "avance_fisico_pct": advance,
        "programado_financiero": money_programmed,
        "ejecutado_financiero": money_executed,
        "avance_financiero_pct": np.where(money_programmed == 0, np.nan, money),
        "programado_anual_pct": np.where(year == 0, np.nan, programme_of_year),
        "ejecutado_anual_pct": np.where(year == 0, np.nan, of_year),
    }


def _last_positive(values: np.ndarray) -> np.ndarray:
    index = np.maximum.accumulate(np.where(values > 0, np.arange(12), -1), axis=1)
    found = np.take_along_axis(values, np.maximum(index, 0), axis=1)
    return np.where(index >= 0, found, 0)


def _coloured(frame: pd.DataFrame, bands: pd.DataFrame) -> pd.DataFrame:
    methods = frame["metodologia_id"].astype("category")
    codes = methods.cat.codes.to_numpy()
    for scope in ("fisico", "financiero"):
        figure = frame[f"avance_{scope}_pct"].to_numpy().round(9)
        colour = np.full(len(frame), -1, dtype=np.int8)
        for band in bands[bands["ambito"] == scope].itertuples():
            above = figure >= band.desde if band.incluye_desde else figure > band.desde
            below = figure <= band.hasta if band.incluye_hasta else figure < band.hasta
            of_method = codes == methods.cat.categories.get_indexer([band.metodologia_id])[0]
            colour[of_method & above & below] = COLOURS.index(band.color)
        frame[f"semaforo_{scope}"] = pd.Categorical.from_codes(colour, COLOURS)
    return frame


def _add_terms(long: pd.DataFrame) -> None:
    """Add the columns whose sums are those of every level."""
    long["n_actividades"] = 1
    long["n_sp"] = long["estado"] == "S.P."
    long["n_si"] = long["estado"] == "S.I."
    for colour in COLOURS:
        long[f"n_{colour}"] = long["semaforo_fisico"] == colour
    long["n_en_promedio"] = ~long["n_sp"] | long["avance_fisico_pct"].notna()
    for figure, name in [
        ("avance_fisico_pct", "avance"),
        ("programado_anual_pct", "programado_anual"),
        ("ejecutado_anual_pct", "ejecutado_anual"),
    ]:
        long[f"suma_{name}"] = long["peso"] * long[figure]
        long[f"peso_{name}"] = long["peso"].where(long[figure].notna())


def _state(incomplete: pd.Series, in_mean: pd.Series) -> np.ndarray:
    return np.where(incomplete > 0, "S.I.", np.where(in_mean == 0, "S.P.", "completo"))


def _of_activities(sums: pd.DataFrame) -> pd.DataFrame:
    sums["avance_parcial_pct"] = sums["suma_avance"] / sums["peso_avance"].replace(0, np.nan)
    sums["avance_fisico_pct"] = sums["avance_parcial_pct"].where(sums["n_si"] == 0)
    sums["estado"] = _state(sums["n_si"], sums["n_en_promedio"])
    return sums


def _element_sums(elements: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Sums and means of the elements below."""
    present, partial = elements["avance_fisico_pct"].notna(), elements["avance_parcial_pct"].notna()
    terms = elements.assign(
        elementos_si=elements["estado"] == "S.I.",
        elementos_en_promedio=(elements["estado"] != "S.P.") | present,
        suma_elementos=elements["peso"] * elements["avance_fisico_pct"],
        peso_elementos=elements["peso"].where(present),
        suma_parciales=elements["peso"] * elements["avance_parcial_pct"],
        peso_parciales=elements["peso"].where(partial),
    )
    return terms.groupby([*PLAN, *key, "mes_corte"], as_index=False, sort=False)[
        [
            *SUMS, "elementos_si", "elementos_en_promedio", "suma_elementos", "peso_elementos",
            "suma_parciales", "peso_parciales",
        ]
    ].sum()  # fmt: skip


def _of_elements(elements: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    sums = _element_sums(elements, key)
    advance = sums["suma_elementos"] / sums["peso_elementos"].replace(0, np.nan)
    sums["avance_fisico_pct"] = advance.where(sums["elementos_si"] == 0)
    sums["avance_parcial_pct"] = sums["suma_parciales"] / sums["peso_parciales"].replace(0, np.nan)
    sums["estado"] = _state(sums["elementos_si"], sums["elementos_en_promedio"])
    return sums


def _entities(actions: pd.DataFrame, objectives: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """The mean of each plan over what its method names."""
    key = [*PLAN, "mes_corte"]
    over = {
        "objetivos": _of_elements(objectives, []),
        "acciones": _of_elements(actions, []),
        "actividades": _of_activities(_element_sums(objectives, [])),
    }
    chosen = pd.concat(
        [
            frame.merge(plans.loc[plans["promedio_entidad"] == name, PLAN], on=PLAN)
            for name, frame in over.items()
        ]
    )
    figures = ["avance_fisico_pct", "avance_parcial_pct", "estado"]
    return over["objetivos"][[*key, *SUMS]].merge(chosen[[*key, *figures]], on=key)


def _with_percentages(sums: pd.DataFrame) -> pd.DataFrame:
    for part, whole, name in [
        ("suma_programado_anual", "peso_programado_anual", "programado_anual_pct"),
        ("suma_ejecutado_anual", "peso_ejecutado_anual", "ejecutado_anual_pct"),
    ]:
        sums[name] = sums[part] / sums[whole].replace(0, np.nan)
    programmed = sums["programado_financiero"].replace(0, np.nan)
    sums["avance_financiero_pct"] = 100 * sums["ejecutado_financiero"] / programmed
    return sums
