"""Publish what dbt built: a database for BI, Parquet copies, a manifest, all three at once.

Belongs here: what is copied, in which order, how readers come to see it. Does not: any figure.
Each publication is a folder of its own in `versions`, complete before anyone sees it;
replacing the link `current` publishes it. The one before is kept for readers on their way.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from orchestration.contract import contract
from orchestration.errors import SemaforoError
from orchestration.settings import (
    PUBLISHED_STORAGE_VERSION,
    WarehousePaths,
    database_settings,
)

MARTS = "marts"
CATALOGS = "catalogos"

# One entity, then one year of it, is what readers ask for: sorted so, DuckDB skips the rest.
SORT_COLUMNS = ("entidad_id", "anio", "plan_id", "mes_corte", "mes")

# Where a table has a row per activity and month, DuckDB puts so many entities in order in memory;
# all those of a country it would sort on the disk, at twice the cost.
ENTITIES_AT_ONCE = 250

# The default level takes a quarter more time for a fortieth less of space.
_PARQUET = "format parquet, compression zstd, compression_level 1"

OnTable = Callable[[str, int, int], None]
"""Told of each table to publish: its name, its number from 1, how many there are."""


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
        return f'"{self.schema}"."{self.name}"'


@dataclass(frozen=True)
class Publication:
    """What readers now see: its number and the rows of each table."""

    number: int
    rows: dict[str, int]


def publish(
    paths: WarehousePaths,
    *,
    as_of: date,
    target: str,
    on_table: OnTable = lambda name, number, total: None,
) -> Publication:
    """Copy marts and catalogs out of the build database and show them to readers.

    Needs the lock of the warehouse. Until the last step readers see the publication before.

    Raises:
        SemaforoError: the copy is not what was built; nothing is published.
    """
    before = _current_number(paths)
    _keep_only(paths, before)
    number = before + 1
    folder = paths.versions / _folder_name(number)
    folder.mkdir(parents=True)
    try:
        rows = _fill(folder, paths, as_of=as_of, target=target, number=number, on_table=on_table)
    except BaseException:
        # A full disk is what most often ends here: give back what the attempt took.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _show(paths, folder)
    # A reader may just have followed the link to the publication before: it goes next time.
    _keep_only(paths, before, number)
    return Publication(number, rows)


def _fill(
    folder: Path,
    paths: WarehousePaths,
    *,
    as_of: date,
    target: str,
    number: int,
    on_table: OnTable,
) -> dict[str, int]:
    """Write a whole publication into its folder and bring it to the disk."""
    database = folder / paths.published.name
    rows, loads = _write_database(paths.build_db, database, on_table)
    _verify(database, rows)
    _write_parquet(database, folder / paths.parquet.name, rows)
    manifest = _describe(number, as_of, target, rows, loads)
    (folder / paths.manifest.name).write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    for path in [*folder.rglob("*"), folder, folder.parent]:
        _sync(path)
    return rows


def _current_number(paths: WarehousePaths) -> int:
    """Number of the publication that readers see; 0 where there is none."""
    return int(paths.current.resolve().name) if paths.current.is_symlink() else 0


def _folder_name(number: int) -> str:
    return f"{number:06d}"


def _keep_only(paths: WarehousePaths, *numbers: int) -> None:
    """Delete every publication but these, with what a killed refresh left half written."""
    if not paths.versions.exists():
        return
    kept = {_folder_name(number) for number in numbers}
    for folder in paths.versions.iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder)


def _write_database(
    build_db: Path, published: Path, on_table: OnTable
) -> tuple[dict[str, int], list[dict]]:
    with duckdb.connect(str(build_db), read_only=True, config=database_settings()) as connection:
        connection.execute("set enable_progress_bar = false")
        # Of activities at each corte DuckDB expects a few rows, and would keep millions in memory
        # to look up those of small tables in them. The marts name the large table first.
        connection.execute("set disabled_optimizers = 'build_side_probe_side'")
        tables = _tables(connection)
        if not tables:
            raise SemaforoError("no hay nada que publicar: los modelos no dejaron ninguna tabla")
        connection.execute(
            f"attach '{_quoted(published)}' as published "
            f"(read_write, storage_version '{PUBLISHED_STORAGE_VERSION}')"
        )
        for schema in sorted({table.schema for table in tables}):
            connection.execute(f'create schema published."{schema}"')
        rows = {}
        for index, table in enumerate(tables, start=1):
            on_table(table.name, index, len(tables))
            rows[f"{table.schema}.{table.name}"] = _copy(connection, table)
        loads = _loads(connection)
        connection.execute("detach published")
    return rows, loads


def _tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
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
            source=f'"{schema}"."{relation}"',
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


def _copy(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Copy one table, sorted for readers, with its comments. Returns its rows."""
    names = [name for name, _ in table.columns]
    order = [name for name in SORT_COLUMNS if name in names]
    order += [name for name in names if name not in order][: 4 - len(order)]
    order_by = ", ".join(f'"{name}"' for name in order)
    target = f"published.{table.qualified}"
    count = 0
    for block in _blocks(connection, names):
        into = f"insert into {target}" if count else f"create or replace table {target} as"
        (copied,) = connection.execute(
            f"{into} select * from {table.source} where {block} order by {order_by}"
        ).fetchone()
        count += copied
    if table.comment:
        connection.execute(f"comment on table {target} is '{_quoted(table.comment)}'")
    for name, comment in table.columns:
        if comment:
            connection.execute(f"comment on column {target}.\"{name}\" is '{_quoted(comment)}'")
    return count


def _blocks(connection: duckdb.DuckDBPyConnection, columns: list[str]) -> list[str]:
    """Conditions that part a table of these columns into pieces, in the order of readers."""
    if "actividad_id" not in columns or not {"mes", "mes_corte"} & set(columns):
        return ["true"]
    first_of_each = [
        entity
        for (entity,) in connection.execute(
            """
            select entidad_id
            from (select entidad_id, row_number() over (order by entidad_id) - 1 as lugar
                from staging.stg_entidades)
            where lugar > 0 and lugar % ? = 0 order by entidad_id
            """,
            [ENTITIES_AT_ONCE],
        ).fetchall()
    ]
    from_on = ["true", *(f"entidad_id >= '{_quoted(entity)}'" for entity in first_of_each)]
    up_to = [*(f"entidad_id < '{_quoted(entity)}'" for entity in first_of_each), "true"]
    return [f"{start} and {end}" for start, end in zip(from_on, up_to, strict=True)]


def _loads(connection: duckdb.DuckDBPyConnection) -> list[dict]:
    """Which files the figures stand on: every load of the warehouse, in its order."""
    cursor = connection.execute(
        "select carga_id, tabla, archivo, cargadas from raw.carga order by registrado_en, tabla"
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _verify(published: Path, rows: dict[str, int]) -> None:
    """Read the published file anew, as a reader will, and hold it against what was written."""
    with duckdb.connect(str(published), read_only=True) as connection:
        (storage,) = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone()
        if not storage.startswith(PUBLISHED_STORAGE_VERSION):
            raise SemaforoError(f"la base publicada salió en formato {storage}; no se publica")
        for table, expected in rows.items():
            (found,) = connection.execute(f"select count(*) from {table}").fetchone()
            if found != expected:
                raise SemaforoError(
                    f"la copia de {table} tiene {found} filas y debía tener {expected}; "
                    "no se publica"
                )


def _write_parquet(published: Path, folder: Path, rows: dict[str, int]) -> None:
    with duckdb.connect(str(published), read_only=True, config=database_settings()) as connection:
        connection.execute("set enable_progress_bar = false")
        for table in rows:
            name = table.split(".")[1]
            (folder / name).mkdir(parents=True)
            file = folder / name / f"{name}.parquet"
            connection.execute(f"copy {table} to '{_quoted(file)}' ({_PARQUET})")


def _describe(
    number: int, as_of: date, target: str, rows: dict[str, int], loads: list[dict]
) -> dict:
    return {
        "publicacion": number,
        "fecha_reporte": as_of.isoformat(),
        "publicado_en": datetime.now().astimezone().isoformat(timespec="seconds"),
        "motor": target,
        "versiones": {
            "semaforo": version("semaforo"),
            "dbt": version("dbt-core"),
            "duckdb": duckdb.__version__,
            "almacenamiento": PUBLISHED_STORAGE_VERSION,
        },
        "tablas": rows,
        "cargas": loads,
    }


def _show(paths: WarehousePaths, folder: Path) -> None:
    """Make `folder` the publication that readers see, in one step."""
    for path in (paths.published, paths.parquet, paths.manifest):
        _point(path, Path(paths.current.name) / path.name)
    _point(paths.current, folder.relative_to(paths.root))
    _sync(paths.root)


def _point(link: Path, target: Path) -> None:
    """Make `link` lead to `target`; a reader finds the old or the new one, never none."""
    if link.is_symlink() and link.readlink() == target:
        return
    if link.is_dir() and not link.is_symlink():
        # A backup restored without its links holds folders in their place.
        shutil.rmtree(link)
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _quoted(text: str | Path) -> str:
    return str(text).replace("'", "''")
