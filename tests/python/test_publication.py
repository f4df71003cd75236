"""What readers see of a warehouse: whole, described, and never the raw data.

The first tests publish a build database made here; those on `small_warehouse` the real one.
"""

import json
import re
import shutil
from datetime import date

import duckdb
import pytest
import small_plan

from orchestration.errors import SemaforoError
from orchestration.publishing.publication import publish
from orchestration.settings import WarehousePaths

BUILD = """
    create or replace schema marts;
    create or replace schema staging;
    create or replace schema raw;
    create table marts.fct_uno as
        select 'e' || (x % 3) as entidad_id, 2024 - x % 2 as anio, x, {state} as estado
        from range(3000) as numbers(x) order by hash(x);
    create view marts.rpt_dos as select *, 1.5::decimal(18, 4) as medida from marts.fct_uno;
    comment on view marts.rpt_dos is 'Dos: una fila por x, con ''comillas''';
    comment on column marts.rpt_dos.medida is 'Medida, en %';
    create view staging.stg_metodologias as select 'ceplan' as metodologia_id;
    create view staging.stg_metas_ejecutadas as select 1 as privado;
    create table raw.carga as select 'abc' as carga_id, 'planes' as tabla,
        'planes.csv' as archivo, 7 as cargadas, now() as registrado_en;
"""


@pytest.fixture
def paths(tmp_path):
    paths = WarehousePaths(tmp_path / "warehouse")
    paths.private.mkdir(parents=True)
    return paths


def build_and_publish(paths: WarehousePaths, state: int):
    with duckdb.connect(str(paths.build_db)) as connection:
        connection.execute("drop schema if exists marts cascade; drop schema if exists raw cascade")
        connection.execute("drop schema if exists staging cascade")
        connection.execute(BUILD.format(state=state).replace("or replace ", ""))
    return publish(paths, as_of=date(2024, 5, 15), target="duckdb")


def read(paths: WarehousePaths, sql: str) -> list[tuple]:
    with duckdb.connect(str(paths.published), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_marts_and_catalogs_are_published_and_nothing_else(paths):
    publication = build_and_publish(paths, 1)
    assert publication.rows == {
        "marts.fct_uno": 3000,
        "marts.rpt_dos": 3000,
        "catalogos.metodologias": 1,
    }
    found = read(paths, "select schema_name || '.' || table_name from duckdb_tables()")
    assert {name for (name,) in found} == set(publication.rows)
    assert read(paths, "select count(*) from duckdb_views() where not internal") == [(0,)]


def test_file_is_in_the_format_that_bi_tools_read(paths):
    build_and_publish(paths, 1)
    (storage,) = read(
        paths, "select tags['storage_version'] from duckdb_databases() where not internal"
    )
    assert storage[0].startswith("v1.5.0")


def test_a_question_reads_no_more_rows_than_a_small_row_group(paths):
    build_and_publish(paths, 1)
    with duckdb.connect(str(paths.build_db)) as connection:
        connection.execute(
            "insert into marts.fct_uno select 'e4', 2024, x, 1 from range(90000) t(x)"
        )
    publish(paths, as_of=date(2024, 5, 15), target="duckdb")
    groups = read(
        paths,
        """
        select sum(count) from pragma_storage_info('marts.fct_uno')
        where column_name = 'x' and segment_type != 'VALIDITY' group by row_group_id
        """,
    )
    assert len(groups) > 2
    assert max(groups) <= (30720,)


def test_comments_and_types_come_along(paths):
    build_and_publish(paths, 1)
    assert read(paths, "select comment from duckdb_tables() where table_name = 'rpt_dos'") == [
        ("Dos: una fila por x, con 'comillas'",)
    ]
    assert read(
        paths, "select data_type, comment from duckdb_columns() where column_name = 'medida'"
    ) == [("DECIMAL(18,4)", "Medida, en %")]


def test_rows_are_stored_by_entity_and_year(paths):
    build_and_publish(paths, 1)
    stored = read(paths, "select entidad_id, anio from marts.fct_uno order by rowid")
    assert stored == sorted(stored)
    assert len(set(stored)) == 6


def test_parquet_copies_hold_the_same_rows(paths):
    publication = build_and_publish(paths, 1)
    for table, rows in publication.rows.items():
        name = table.split(".")[1]
        copy = f"read_parquet('{paths.parquet}/{name}/*.parquet')"
        assert read(paths, f"select count(*) from {copy}") == [(rows,)]
        assert read(paths, f"select count(*) from (from {table} except all from {copy})") == [(0,)]


def test_manifest_describes_the_publication(paths):
    build_and_publish(paths, 1)
    build_and_publish(paths, 2)
    manifest = json.loads(paths.manifest.read_text(encoding="utf-8"))
    assert manifest["publicacion"] == 2
    assert manifest["fecha_reporte"] == "2024-05-15"
    assert manifest["tablas"]["marts.fct_uno"] == 3000
    assert manifest["cargas"] == [
        {"carga_id": "abc", "tabla": "planes", "archivo": "planes.csv", "cargadas": 7}
    ]
    assert manifest["versiones"]["duckdb"] == duckdb.__version__


def test_reader_with_the_old_file_open_keeps_reading_it(paths):
    build_and_publish(paths, 1)
    old = duckdb.connect(str(paths.published), read_only=True)
    before = old.execute("select distinct estado from marts.fct_uno").fetchall()
    for state in (2, 3, 4):
        build_and_publish(paths, state)
    assert before == old.execute("select distinct estado from marts.rpt_dos").fetchall() == [(1,)]
    old.close()
    assert read(paths, "select distinct estado from marts.rpt_dos") == [(4,)]


def test_only_the_publication_before_is_kept(paths):
    for state in range(1, 5):
        build_and_publish(paths, state)
    assert sorted(folder.name for folder in paths.versions.iterdir()) == ["000003", "000004"]


def test_half_written_publication_of_a_killed_refresh_is_removed(paths):
    build_and_publish(paths, 1)
    left = paths.versions / "000002"
    left.mkdir()
    (left / "semaforo.duckdb").write_bytes(b"half")
    build_and_publish(paths, 2)
    assert read(paths, "select distinct estado from marts.fct_uno") == [(2,)]


def test_what_is_no_publication_is_left_where_it_is(paths):
    build_and_publish(paths, 1)
    (paths.versions / ".DS_Store").write_bytes(b"")
    (paths.versions / "notas").mkdir()
    build_and_publish(paths, 2)
    assert {path.name for path in paths.versions.iterdir()} == {
        ".DS_Store", "notas", "000001", "000002"
    }  # fmt: skip


def test_failure_leaves_the_old_publication_and_no_rest_of_the_new(paths):
    build_and_publish(paths, 1)
    with duckdb.connect(str(paths.build_db)) as connection:
        connection.execute("create view marts.zz_rota as select error('rota') as x")
    with pytest.raises(duckdb.Error, match="rota"):
        publish(paths, as_of=date(2024, 5, 15), target="duckdb")
    assert read(paths, "select distinct estado from marts.fct_uno") == [(1,)]
    assert [folder.name for folder in paths.versions.iterdir()] == ["000001"]


def test_nothing_built_is_nothing_published(paths):
    duckdb.connect(str(paths.build_db)).close()
    with pytest.raises(SemaforoError, match="nada que publicar"):
        publish(paths, as_of=date(2024, 5, 15), target="duckdb")
    assert not paths.published.exists()


def test_backup_restored_without_its_links_is_published_over(paths, tmp_path):
    build_and_publish(paths, 1)
    backup = WarehousePaths(tmp_path / "backup")
    shutil.copytree(paths.root, backup.root, symlinks=False)
    assert not backup.current.is_symlink()
    build_and_publish(backup, 2)
    assert read(backup, "select distinct estado from marts.fct_uno") == [(2,)]
    assert json.loads(backup.manifest.read_text(encoding="utf-8"))["publicacion"] == 1


EMAIL = re.compile(r"[^\s@]+@[^\s@]+")


def test_no_address_and_no_registration_of_the_plan_is_published(small_warehouse):
    contents = small_warehouse.contents()
    texts = [cell for rows in contents.values() for row in rows for cell in row]
    assert any(cell == "Gerencia" for cell in texts), "the centres are there"
    assert [cell for cell in texts if isinstance(cell, str) and EMAIL.search(cell)] == []
    assert {name.split(".")[0] for name in contents} == {"marts", "catalogos"}


def test_every_published_table_and_column_is_described(small_warehouse):
    bare = small_warehouse.query(
        """
        select table_name, '' from duckdb_tables() where schema_name = 'marts' and comment is null
        union all
        select table_name, column_name from duckdb_columns()
        where schema_name = 'marts' and comment is null
        """
    )
    assert bare == []


def test_address_in_a_quarantined_row_is_not_published(published, tmp_path):
    """An officer wrote an address where the centre above goes: no centre has that code."""
    stray = {
        "entidad_id": "muni",
        "centro_costo_id": "CC.9",
        "nombre": "Unidad nueva",
        "centro_padre_id": "jefatura@muni.example",
    }
    folder = small_plan.write_folder(tmp_path / "stray", {"centros_costo": [stray]})
    published.refresh("--data", folder)
    ((column, text, reason),) = published.query(
        "select columna, texto, motivo from marts.cuarentena"
    )
    assert (column, text) == ("centro_padre_id", "(correo)")
    assert not EMAIL.search(reason)
    names = [name for (name,) in published.query("select column_name from duckdb_columns()")]
    assert "fila_cruda" not in names
