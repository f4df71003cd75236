"""Rows of the published marts for one plan and corte, as a report needs them.

Belongs here: which rows and columns. Does not: arithmetic, layout.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.rules import SEVERITIES
from orchestration.due import waiting
from orchestration.errors import MisuseError, SemaforoError
from orchestration.failures import of_this_version, require_published
from orchestration.months import means_month
from orchestration.nearest import known_ones
from orchestration.reports.document import Light
from orchestration.reports.printing import day

Row = dict[str, object]

_PLAN_TYPES = {
    "POI": "Plan Operativo Institucional",
    "PEI": "Plan Estratégico Institucional",
    "POA": "Programa Operativo Anual",
}

# A method may have no bands for a scope (decision 29).
NO_BANDS = "La metodología del plan no tiene bandas de semáforo: sus avances no llevan color."

_PERIODS = {3: "Primer trimestre", 6: "Primer semestre", 12: "Anual"}


def gravity(severity: str = "severidad") -> str:
    """Give the SQL of a severity's place, 1 = the gravest, for queries that list those first."""
    return f"list_position({list(SEVERITIES)}, {severity})"


@dataclass(frozen=True)
class Cut:
    """A plan at one of its cortes: what every report is about.

    Attributes:
        plan: the row of dim_plan with the entity's name and currency.
        mes: the corte, a month of the plan's year.
        mes_nombre: its name.
    """

    plan: Row
    mes: int
    mes_nombre: str

    @property
    def key(self) -> dict[str, object]:
        """Parameters of the queries of this cut."""
        return {
            "entidad_id": self.plan["entidad_id"],
            "plan_id": self.plan["plan_id"],
            "mes_corte": self.mes,
        }

    @property
    def months(self) -> list[int]:
        """Months that the report has a column for: quarter ends in a quarterly plan."""
        step = 3 if self.plan["periodicidad"] == "trimestral" else 1
        return list(range(step, self.mes + 1, step))

    @property
    def has_follow_up(self) -> bool:
        """Whether anything but the programming of the plan is known."""
        return bool(self.plan["con_seguimiento"])

    @property
    def waiting(self) -> str:
        """Why the figures have no colour yet; empty once the registration of the corte is due."""
        return waiting(self.plan, self.mes, self.mes_nombre)

    @property
    def plan_type(self) -> str:
        """Kind of plan in full."""
        return _PLAN_TYPES[self.plan["tipo"]]

    @property
    def period(self) -> str:
        """Months that the report covers, as the official titles name them."""
        first = "Enero" if self.mes == 1 else f"Enero a {self.mes_nombre}"
        return _PERIODS.get(self.mes, first)

    @property
    def entity_line(self) -> str:
        """Who reports, in which currency."""
        plan = self.plan
        return f"{plan['entidad']} ({plan['entidad_id']}) · {plan['nombre']} · en {plan['moneda']}"

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below the title of every report."""
        waiting = (self.waiting,) if self.waiting else ()
        return (self.period.upper(), self.entity_line, self.date_line, *waiting)

    @property
    def date_line(self) -> str:
        """As of which day the figures are."""
        return f"Corte: {self.mes_nombre} de {self.plan['anio']}, al " + day(
            self.plan["fecha_reporte"]
        )


class Marts:
    """The published database, open for reading."""

    def __init__(self, published: Path, *, threads: int | None = None):
        """Open the database, its work for this many threads; default, as many as processors.

        Raises:
            SemaforoError: nothing is published there.
        """
        require_published(published)
        self.published = published
        self._connection = duckdb.connect(
            str(published), read_only=True, config={} if threads is None else {"threads": threads}
        )

    def __enter__(self) -> "Marts":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def rows(self, query: str, **parameters: object) -> list[Row]:
        """Run a query; one dict per row, decimals exact.

        Raises:
            SemaforoError: the publication is of another version of semaforo.
        """
        with of_this_version(self.published):
            cursor = self._connection.execute(query, parameters or None)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def cut(self, entity: str, plan: str, month: str | None) -> Cut:
        """Find a plan and one of its cortes, as 6 or junio; by default the one to look at today.

        Raises:
            MisuseError: `month` is no month.
            SemaforoError: no such plan, it has no programming, or no such corte.
        """
        plans = self.rows(
            """
            select plan.*, entidad.nombre as entidad, entidad.moneda, entidad.pais
            from marts.dim_plan as plan
            join marts.dim_entidad as entidad using (entidad_id)
            order by plan.entidad_id, plan.plan_id
            """
        )
        found = [row for row in plans if (row["entidad_id"], row["plan_id"]) == (entity, plan)]
        if not found:
            known = [f"{row['entidad_id']} {row['plan_id']}" for row in plans]
            raise SemaforoError(
                f"no hay plan «{plan}» de la entidad «{entity}»; "
                + known_ones(f"{entity} {plan}", known)
            )
        cuts = self.rows(
            """
            select distinct avance.mes_corte, periodo.nombre_mes
            from marts.fct_avance_entidad as avance
            join marts.dim_periodo as periodo
                on avance.anio = periodo.anio and avance.mes_corte = periodo.mes
            where avance.entidad_id = $entidad_id and avance.plan_id = $plan_id
            order by avance.mes_corte
            """,
            entidad_id=entity,
            plan_id=plan,
        )
        if not cuts:
            raise SemaforoError(
                f"el plan {plan} de {entity} no tiene metas programadas al "
                f"{day(found[0]['fecha_reporte'])}, así que no hay nada que informar; cargue su "
                "metas_programadas.csv, o calcule a otra fecha"
            )
        wanted = found[0]["corte_vigente"]
        if month is not None:
            wanted = self._month(month, found[0]["anio"])
        for cut in cuts:
            if cut["mes_corte"] == wanted:
                return Cut(found[0], wanted, cut["nombre_mes"])
        listed = ", ".join(str(cut["mes_corte"]) for cut in cuts)
        raise SemaforoError(f"el plan {plan} de {entity} no tiene corte {wanted}; tiene: {listed}")

    def _month(self, text: str, year: int) -> int:
        months = self.rows(
            "select mes, nombre_mes from marts.dim_periodo where anio = $anio", anio=year
        )
        for row in months:
            if means_month(text, row["mes"], row["nombre_mes"]):
                return row["mes"]
        raise MisuseError(f"--corte: «{text}» no es un mes; escriba, por ejemplo, 6 o junio")

    def light(self, band: Row) -> Light:
        """The colour of a band: a row with `letra` and `hex`."""
        return Light(band["letra"], band["hex"])

    def lights(self, cut: Cut, scope: str) -> dict[str, Light]:
        """Colours that advances have at a corte: none while its registration is not due."""
        return {} if cut.waiting else self.colours(cut, scope)

    def colours(self, cut: Cut, scope: str) -> dict[str, Light]:
        """Colours of the plan's method in a scope (`fisico`, `financiero`, `indicador`)."""
        bands = self.rows(
            """
            select color, letra, hex from marts.dim_semaforo
            where metodologia_id = $metodologia_id and ambito = $ambito
            """,
            metodologia_id=cut.plan["metodologia_id"],
            ambito=scope,
        )
        return {band["color"]: self.light(band) for band in bands}

    def entity(self, cut: Cut) -> Row:
        """Figures of the entity at a corte, and whether its activities are known one by one."""
        (figures,) = self.rows(
            """
            select
                *,
                n_actividades - n_si as n_completas,
                exists (
                    select 1 from marts.fct_avance_actividad as actividad
                    where actividad.entidad_id = $entidad_id and actividad.plan_id = $plan_id
                        and actividad.mes_corte = $mes_corte
                ) as con_actividades
            from marts.fct_avance_entidad
            where entidad_id = $entidad_id and plan_id = $plan_id and mes_corte = $mes_corte
            """,
            **cut.key,
        )
        return figures

    def colour_counts(self, cut: Cut) -> list[Row]:
        """Elements of each level by colour, worst colour first."""
        return self.rows(
            """
            select cuentas.nivel, cuentas.color, cuentas.cantidad, cuentas.etiqueta,
                banda.letra, banda.hex
            from marts.rpt_semaforizacion as cuentas
            join marts.dim_semaforo as banda
                on cuentas.color = banda.color and banda.metodologia_id = $metodologia_id
                and banda.ambito
                    = case when cuentas.nivel like 'IND%' then 'indicador' else 'fisico' end
            where cuentas.entidad_id = $entidad_id and cuentas.plan_id = $plan_id
                and cuentas.mes_corte = $mes_corte
            order by cuentas.nivel, banda.orden
            """,
            metodologia_id=cut.plan["metodologia_id"],
            **cut.key,
        )
