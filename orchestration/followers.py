"""Which plans were computed anew since publication and evaluation last took the figures over.

Belongs here: the memory of both, and whether what stands in the build database may be built upon.
Does not: what they do with it (publishing.basis, findings), or how plans come to be touched
(recalculation). Nothing is taken over after a computation from nothing.
"""

import duckdb

# Plans computed anew since, each as often as that happened.
PLANS_TO_PUBLISH = "raw.plan_sin_publicar"
PLANS_TO_JUDGE = "raw.plan_sin_juzgar"

# A row as long as plans are all that changed since.
PUBLISHED = "raw.publicado"
JUDGED = "raw.juzgado"

_TABLES = f"""
    create table if not exists {PUBLISHED} (
        publicacion integer,      -- number of the last publication
        bytes bigint,             -- size of its database
        modificado_ns bigint      -- when its database was last written, nanoseconds since 1970
    );
    create table if not exists {PLANS_TO_PUBLISH} (entidad_id varchar, plan_id varchar);
    create table if not exists {JUDGED} (evaluacion_id bigint);  -- whose findings hold
    create table if not exists {PLANS_TO_JUDGE} (entidad_id varchar, plan_id varchar);
"""


def note_computation(connection: duckdb.DuckDBPyConnection, *, only_touched: bool) -> None:
    """Remember that the models computed the plans of raw.plan_tocado anew, or everything."""
    connection.execute(_TABLES)
    if only_touched:
        for plans in (PLANS_TO_PUBLISH, PLANS_TO_JUDGE):
            connection.execute(
                f"insert into {plans} select entidad_id, plan_id from raw.plan_tocado"
            )
    else:
        connection.execute(f"delete from {PUBLISHED}; delete from {JUDGED}")


def note_taken_over(
    connection: duckdb.DuckDBPyConnection, mark: str, plans: str, *row: object
) -> None:
    """Remember in `mark` what was taken over, and that no plan of `plans` came since.

    Remembers nothing where the computation may not be built upon.
    """
    if not _finished(connection):
        return
    connection.execute(_TABLES)
    connection.execute(f"delete from {mark}; delete from {plans}")
    connection.execute(f"insert into {mark} values ({', '.join('?' * len(row))})", row)


def taken_over(connection: duckdb.DuckDBPyConnection, mark: str) -> tuple | None:
    """Give what `mark` remembers; None where nothing may be taken over from there."""
    if not _finished(connection) or not _holds(connection, mark):
        return None
    return connection.execute(f"select * from {mark}").fetchone()


def _finished(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether what stands in the build database is a whole computation of this machine."""
    return (
        _holds(connection, "raw.calculo")
        and connection.execute("select count(*) from raw.calculo where terminado").fetchone()[0]
        == 1
    )


def _holds(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    (found,) = connection.execute(
        "select count(*) from duckdb_tables() where schema_name || '.' || table_name = ?", [table]
    ).fetchone()
    return found == 1
