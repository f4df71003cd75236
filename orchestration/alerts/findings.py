"""Open findings, read unit by unit from what is published.

Belongs here: the rows of fct_alerta with the words of the catalog. Does not: who is told of them,
or any rule.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

import duckdb

from expectations.rules import SEVERITIES
from orchestration.errors import SemaforoError
from orchestration.failures import of_this_version, require_published
from orchestration.nearest import known_ones
from orchestration.settings import WarehousePaths

_ROWS_AT_ONCE = 5000

_OPEN = """
    select
        coalesce(alerta.entidad_id, '') as entidad_id,
        coalesce(entidad.nombre, alerta.entidad_id, '') as entidad,
        coalesce(alerta.centro_costo_id, '') as centro_costo_id,
        coalesce(centro.nombre, alerta.centro_costo_id, '') as centro,
        alerta.alerta_id,
        alerta.regla_id,
        regla.titulo,
        alerta.severidad,
        regla.significado,
        regla.que_hacer,
        regla.responsable,
        coalesce(alerta.plan_id, '') as plan_id,
        coalesce(plan.nombre, alerta.plan_id, '') as plan,
        alerta.nivel,
        coalesce(alerta.elemento_id, '') as elemento_id,
        coalesce(actividad.nombre, accion.nombre, objetivo.nombre, '') as elemento,
        alerta.mes,
        alerta.detalle,
        alerta.valor,
        alerta.abierta_desde,
        alerta.aperturas
    from marts.fct_alerta as alerta
    join catalogos.reglas_calidad as regla using (regla_id)
    left join marts.dim_entidad as entidad on alerta.entidad_id = entidad.entidad_id
    left join marts.dim_centro_costo as centro
        on alerta.entidad_id = centro.entidad_id
        and alerta.centro_costo_id = centro.centro_costo_id
    left join marts.dim_plan as plan
        on alerta.entidad_id = plan.entidad_id and alerta.plan_id = plan.plan_id
    left join marts.dim_actividad as actividad
        on alerta.nivel = 'AO' and alerta.entidad_id = actividad.entidad_id
        and alerta.plan_id = actividad.plan_id and alerta.elemento_id = actividad.actividad_id
    left join marts.dim_accion as accion
        on alerta.nivel = 'AEI' and alerta.entidad_id = accion.entidad_id
        and alerta.plan_id = accion.plan_id and alerta.elemento_id = accion.aei_id
    left join marts.dim_objetivo as objetivo
        on alerta.nivel = 'OEI' and alerta.entidad_id = objetivo.entidad_id
        and alerta.plan_id = objetivo.plan_id and alerta.elemento_id = objetivo.oei_id
    where alerta.resuelta_en is null and ($entidad is null or alerta.entidad_id = $entidad)
    order by entidad_id, centro_costo_id, list_position($severidades, alerta.severidad),
        regla_id, plan_id, elemento_id, mes, alerta_id
"""


@dataclass(frozen=True, order=True)
class Unit:
    """Whom a digest is for.

    Attributes:
        entity: entidad_id; empty = of no entity, such as a file that did not load whole.
        centre: centro_costo_id; empty = the entity's planning office.
        entity_name: name of the entity.
        centre_name: name of the centre.
    """

    entity: str
    centre: str
    entity_name: str
    centre_name: str

    @property
    def name(self) -> str:
        """Name to call the unit by."""
        return self.centre_name or "Oficina de planeamiento"


@dataclass(frozen=True)
class Finding:
    """One open finding, with what the catalog says of its rule.

    Attributes:
        alert_id: identity from one refresh to the next.
        rule: code of the rule; `title`, `meaning`, `to_do` and `owner` are the catalog's.
        severity: of SEVERITIES.
        plan, plan_name: plan, or empty.
        level, element, element_name: what it is about.
        month: month of the plan's year, or None.
        detail: the finding in a sentence.
        value: what was measured, in the unit of the rule, or None.
        open_since: report date of the refresh that opened it.
        openings: how often it was opened.
    """

    alert_id: str
    rule: str
    title: str
    severity: str
    meaning: str
    to_do: str
    owner: str
    plan: str
    plan_name: str
    level: str
    element: str
    element_name: str
    month: int | None
    detail: str
    value: Decimal | None
    open_since: date
    openings: int

    @property
    def rank(self) -> int:
        """Place of its severity, 0 = worst."""
        return SEVERITIES.index(self.severity)


@dataclass(frozen=True)
class Published:
    """The publication that readers see, open for reading."""

    connection: duckdb.DuckDBPyConnection
    number: int
    as_of: date

    def open_findings(self, entity: str | None) -> Iterator[tuple[Unit, list[Finding]]]:
        """Give each unit with its open findings, worst first."""
        found = self.rows(_OPEN, {"entidad": entity, "severidades": list(SEVERITIES)})
        for unit, rows in groupby(found, key=_unit):
            yield unit, [Finding(*row[4:]) for row in rows]

    def rows(self, query: str, parameters: dict[str, object] | None = None) -> Iterator[tuple]:
        """Run a query and give its rows, a piece at a time."""
        # A cursor of its own: the next query would end this one.
        cursor = self.connection.cursor().execute(query, parameters)
        while piece := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from piece

    def entities(self) -> list[str]:
        """List the published entities."""
        return [
            row[0] for row in self.rows("select entidad_id from marts.dim_entidad order by all")
        ]


def _unit(row: tuple) -> Unit:
    entity, entity_name, centre, centre_name = row[:4]
    return Unit(entity, centre, entity_name, centre_name)


def require_private(paths: WarehousePaths) -> None:
    """Refuse what is only a copy of a publication: addresses are private and stay behind.

    Raises:
        SemaforoError: says where to ask.
    """
    if not paths.build_db.exists():
        raise SemaforoError(
            f"{paths.root} no tiene la base privada con los correos; avise donde corre "
            "«semaforo refresh»"
        )


@contextmanager
def published(paths: WarehousePaths) -> Iterator[Published]:
    """Open what is published.

    Raises:
        SemaforoError: nothing is published, or another version of semaforo did it.
    """
    require_published(paths.published)
    # Both through the folder that `current` names now: a refresh may replace it meanwhile.
    folder = paths.current.resolve()
    manifest = json.loads((folder / paths.manifest.name).read_text(encoding="utf-8"))
    with (
        of_this_version(paths.published),
        duckdb.connect(str(folder / paths.published.name), read_only=True) as connection,
    ):
        yield Published(
            connection, manifest["publicacion"], date.fromisoformat(manifest["fecha_reporte"])
        )


def check_entity(marts: Published, entity: str | None) -> None:
    """Refuse an entity that is not published.

    Raises:
        SemaforoError: names those that are.
    """
    known = marts.entities()
    if entity is not None and entity not in known:
        raise SemaforoError(
            f"--entidad: no hay nada publicado de «{entity}»; {known_ones(entity, known)}"
        )
