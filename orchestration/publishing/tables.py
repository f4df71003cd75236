"""Which tables are published, their order and the pieces in which they are copied.

Belongs here: what a published table is. Does not: how it is written (database, parquet).
"""

from dataclasses import dataclass

import duckdb

from orchestration.contract import contract

MARTS = "marts"
CATALOGS = "catalogos"

# One entity, then one year of it, is what readers ask for: sorted so, DuckDB skips the rest.
_ORDER = ("entidad_id", "anio", "plan_id", "mes_corte", "mes")

# The largest tables: a row per activity, action or centre and month. What they say of a plan
# follows from that plan alone, so that a publication takes the others from the one before
# (docs/scaling.md); with years side by side, those that nothing happened to stay whole.
BY_PLAN = (
    "fct_avance_accion",
    "fct_avance_actividad",
    "fct_avance_centro_costo",
    "fct_avance_version",
    "fct_completitud",
    "fct_meta_mensual",
    "rpt_aporte_actividad",
)
_ORDER_BY_PLAN = ("anio", "entidad_id", "plan_id", "mes_corte", "mes")

# So many plans of a year DuckDB puts in order in memory; those of a country it would sort on the
# disk, at twice the cost.
PLANS_AT_ONCE = 1250
_FEW = 100


@dataclass(frozen=True)
class Table:
    """A table to publish: where it is in the build database and where it goes."""

    source: str
    schema: str
    name: str
    comment: str | None
    columns: tuple[tuple[str, str | None], ...]

    @property
    def qualified(self) -> str:
        """Name in the published database."""
        return f"{self.schema}.{self.name}"

    @property
    def by_plan(self) -> bool:
        """Whether its rows of one plan follow from that plan alone."""
        return self.schema == MARTS and self.name in BY_PLAN

    @property
    def order_by(self) -> str:
        """The columns that its rows are sorted by."""
        names = [name for name, _ in self.columns]
        order = [name for name in (_ORDER_BY_PLAN if self.by_plan else _ORDER) if name in names]
        order += [name for name in names if name not in order][: 4 - len(order)]
        return ", ".join(f'"{name}"' for name in order)


def tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """List every mart and every catalog of the build database, with its comments."""
    catalogs = [f"stg_{table.name}" for table in contract().values() if table.catalog]
    relations = connection.execute(
        """
        select schema_name, relation, comment
        from (
            select schema_name, table_name as relation, comment from duckdb_tables()
            where not internal and not temporary
            union all
            select schema_name, view_name, comment from duckdb_views() where not internal
        )
        where schema_name = ? or (schema_name = 'staging' and list_contains(?, relation))
        order by schema_name, relation
        """,
        [MARTS, catalogs],
    ).fetchall()
    return [
        Table(
            source=f"{schema}.{relation}",
            schema=MARTS if schema == MARTS else CATALOGS,
            name=relation if schema == MARTS else relation.removeprefix("stg_"),
            comment=comment,
            columns=_columns(connection, schema, relation),
        )
        for schema, relation, comment in relations
    ]


def _columns(
    connection: duckdb.DuckDBPyConnection, schema: str, relation: str
) -> tuple[tuple[str, str | None], ...]:
    return tuple(
        connection.execute(
            """
            select column_name, comment from duckdb_columns()
            where schema_name = ? and table_name = ? order by column_index
            """,
            [schema, relation],
        ).fetchall()
    )


def pieces(connection: duckdb.DuckDBPyConnection, plans: str) -> list[str]:
    """Give conditions that part a table of BY_PLAN in its order; `plans` is a relation of them.

    A piece is of one year; other plans of that year may meet its condition too. Entities and names
    of plans are constants, which DuckDB carries into every scan and past every window.
    """
    found = connection.execute(
        f"""
        with counted as (
            select anio, entidad_id, plan_id,
                (rank() over (partition by anio order by entidad_id) - 1) // ? as pieza
            from {plans}
        )
        select anio, list(distinct entidad_id order by entidad_id),
            list(distinct plan_id order by plan_id)
        from counted group by anio, pieza order by anio, pieza
        """,
        [PLANS_AT_ONCE],
    ).fetchall()
    return [
        f"anio = {year} and {_among('entidad_id', entities)} and {_among('plan_id', names)}"
        for year, entities, names in found
    ]


def _among(column: str, values: list[str]) -> str:
    """Write that a column is one of these sorted values, or where they are many, between them."""
    literals = [f"'{quoted(value)}'" for value in values]
    if len(values) > _FEW:
        return f"{column} between {literals[0]} and {literals[-1]}"
    return f"{column} in ({', '.join(literals)})"


def quoted(text: object) -> str:
    """Write text, or a path, as it stands between the quotes of SQL."""
    return str(text).replace("'", "''")
