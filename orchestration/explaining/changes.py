"""What changed of a figure since the publication before the one that readers see.

Belongs here: both figures side by side, the activities whose figures moved, and the rows that came
in between. Does not: words or layout.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from orchestration.explaining.naming import Asked
from orchestration.explaining.reading import Build, Row
from orchestration.settings import WarehousePaths

_TABLES = {
    "AO": ("fct_avance_actividad", "actividad_id"),
    "AEI": ("fct_avance_accion", "aei_id"),
    "OEI": ("fct_avance_objetivo", "oei_id"),
    "CC": ("fct_avance_centro_costo", "centro_costo_id"),
    "ENTIDAD": ("fct_avance_entidad", "entidad_id"),
}

_AT_CUT = "entidad_id = $entidad_id and plan_id = $plan_id and mes_corte = $mes_corte"

# The activities below the element, as they are now and as they were: one may have moved.
_BELOW = {
    "AO": "actividad_id = $elemento_id",
    "AEI": "aei_id = $elemento_id",
    "OEI": "oei_id = $elemento_id",
    "ENTIDAD": "entidad_id = $elemento_id",
    "CC": """
        (entidad_id, centro_costo_id) in (
            select entidad_id, descendiente_id from intermediate.int_centro_descendiente
            where centro_costo_id = $elemento_id
                and ($alcance = 'total' or descendiente_id = $elemento_id)
        )
    """,
}

_COLUMNS = (
    "avance_fisico_pct", "estado", "origen", "programado_fisico", "ejecutado_fisico",
    "programado_financiero", "ejecutado_financiero", "aei_id", "centro_costo_id",
)  # fmt: skip


@dataclass
class Changes:
    """What is different from the publication before.

    Attributes:
        number: number of that publication.
        as_of: date as of which it was computed.
        before: its row of the element; None = it had none.
        now: the row of the element in what is built.
        activities: activities below whose figures are not the same, before and now.
        rows: versions, registrations and reports that came in between (int_explicacion_registro).
        due: months without registration whose deadline passed in between (int_explicacion_mes).
    """

    number: int
    as_of: date
    before: Row | None
    now: Row | None
    activities: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    due: list[Row] = field(default_factory=list)


def compare(build: Build, paths: WarehousePaths, asked: Asked) -> Changes | None:
    """Hold what is built against the publication before; None where there is no other."""
    folder = _before(paths)
    if folder is None:
        return None
    manifest = json.loads((folder / paths.manifest.name).read_text(encoding="utf-8"))
    as_of = date.fromisoformat(manifest["fecha_reporte"])
    published = datetime.fromisoformat(manifest["publicado_en"]).astimezone(UTC)
    database = str(folder / paths.published.name).replace("'", "''")
    build.run(f"attach '{database}' as anterior (read_only)")
    values = asked.key | {
        "antes": as_of,
        "ahora": asked.plan["fecha_reporte"],
        "publicado": published.replace(tzinfo=None),
    }
    table, column = _TABLES[asked.level]
    where = f"{_AT_CUT} and {column} = $elemento_id"
    if asked.level == "CC":
        where += " and alcance = $alcance"
    found = Changes(
        number=int(folder.name),
        as_of=as_of,
        before=_first(build, f"select * from anterior.marts.{table} where {where}", values),
        now=_first(build, f"select * from marts.{table} where {where}", values),
    )
    found.activities = build.rows(_moved(asked.level), **values)
    found.rows = build.rows(_arrived(asked.level), **values)
    found.due = build.rows(_fell_due(asked.level), **values)
    return found


def _before(paths: WarehousePaths) -> Path | None:
    """Folder of the publication before the one that readers see."""
    if not paths.current.is_symlink():
        return None
    current = int(paths.current.resolve().name)
    others = [folder for folder in paths.versions.iterdir() if folder.name.isdigit()]
    earlier = [folder for folder in others if int(folder.name) < current]
    return max(earlier, key=lambda folder: int(folder.name), default=None)


def _first(build: Build, query: str, values: Row) -> Row | None:
    return next(iter(build.rows(query, **values)), None)


def _moved(level: str) -> str:
    pairs = ", ".join(
        f"antes.{name} as {name}_antes, ahora.{name} as {name}_ahora" for name in _COLUMNS
    )
    differ = " or ".join(f"antes.{name} is distinct from ahora.{name}" for name in _COLUMNS)
    below = f"{_AT_CUT} and {_BELOW[level]}"
    return f"""
        with antes as (select * from anterior.marts.fct_avance_actividad where {below}),
        ahora as (select * from marts.fct_avance_actividad where {below})
        select
            coalesce(ahora.actividad_id, antes.actividad_id) as actividad_id,
            antes.actividad_id is null as nueva, ahora.actividad_id is null as retirada, {pairs}
        from antes full join ahora on antes.actividad_id = ahora.actividad_id
        where antes.actividad_id is null or ahora.actividad_id is null or {differ}
        order by 1
    """


def _arrived(level: str) -> str:
    return f"""
        select * from intermediate.int_explicacion_registro
        where entidad_id = $entidad_id and plan_id = $plan_id and mes <= $mes_corte
            and (fecha > $antes or cargado_en > $publicado)
            and (
                (nivel = $nivel and elemento_id = $elemento_id)
                or (nivel = 'AO' and elemento_id in (
                    select actividad_id from marts.fct_avance_actividad
                    where {_AT_CUT} and {_BELOW[level]}
                ))
            )
        order by elemento_id, mes, tipo, version, fecha
    """


def _fell_due(level: str) -> str:
    return f"""
        select * from intermediate.int_explicacion_mes
        where entidad_id = $entidad_id and plan_id = $plan_id and mes <= $mes_corte
            and falta and fecha_limite >= $antes and fecha_limite < $ahora
            and actividad_id in (
                select actividad_id from marts.fct_avance_actividad
                where {_AT_CUT} and {_BELOW[level]} and estado = 'S.I.'
            )
        order by actividad_id, mes
    """
