"""The copy in PostgreSQL, on a real server: same rows, same types, rights by unit."""

import shutil
import threading
from pathlib import Path

import duckdb
import psycopg2
import pytest
from postgres_server import private_server

from orchestration.bi import postgres
from orchestration.bi.postgres import publish_postgres
from orchestration.errors import PassingError, SemaforoError

KEPT = "PostgreSQL conserva lo anterior"


# As long as the server: workers that take tests from each other come back to a module.
@pytest.fixture(scope="session")
def copied(server, closed_warehouse):
    """The shipped plans in the server, two logins of units and one of an analyst."""
    publish_postgres(closed_warehouse.published, server.url())
    parents = centre_with_children(closed_warehouse)
    server.run("create role analista login in role semaforo_bi")
    server.run("create role unidad login in role semaforo_unidad")
    server.run("create role sin_centro login in role semaforo_unidad")
    server.run("insert into semaforo_privado.acceso values ('unidad', %s, %s)", parameters=parents)
    return parents


def centre_with_children(warehouse) -> tuple[str, str]:
    return warehouse.query(
        "select entidad_id, centro_padre_id from marts.dim_centro_costo "
        "where centro_padre_id is not null group by all order by count(*) desc, 1, 2 limit 1"
    )[0]


def small_database(folder: Path) -> Path:
    """The two tables that rights by unit are made from, with a row each."""
    database = folder / "small.duckdb"
    if not database.exists():
        with duckdb.connect(str(database)) as connection:
            connection.execute("create schema marts")
            connection.execute(
                "create table marts.dim_centro_costo as "
                "select 'e' as entidad_id, 'c' as centro_costo_id, null::varchar as centro_padre_id"
            )
            connection.execute(
                "create table marts.dim_actividad as select 'e' as entidad_id, 'p' as plan_id, "
                "'a' as actividad_id, 'c' as centro_costo_id"
            )
    return database


def below(warehouse, entity: str, centre: str) -> set[str]:
    """Centres below one, itself included, walked here and not by the SQL under test."""
    parent = dict(
        warehouse.query(
            "select centro_costo_id, centro_padre_id from marts.dim_centro_costo "
            f"where entidad_id = '{entity}'"
        )
    )
    found = {centre}
    while more := {child for child, up in parent.items() if up in found} - found:
        found |= more
    return found


def tables(warehouse) -> list[str]:
    return [
        name
        for (name,) in warehouse.query(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by 1"
        )
    ]


def test_every_row_of_every_mart_is_the_same(server, copied, closed_warehouse):
    assert len(tables(closed_warehouse)) > 15
    for name in tables(closed_warehouse):
        ours = closed_warehouse.query(f"from marts.{name}")
        theirs = server.run(f"select * from marts.{name}", "analista")
        assert sorted(map(repr, theirs)) == sorted(map(repr, ours)), name


def test_types_are_exact_and_comments_travel(server, copied, closed_warehouse):
    kinds = dict(
        server.run(
            "select attname, format_type(atttypid, atttypmod) from pg_attribute "
            "where attrelid = 'marts.fct_avance_actividad'::regclass and attnum > 0"
        )
    )
    assert kinds["programado_fisico"] == "numeric(18,4)"
    assert kinds["avance_fisico_pct"] == "double precision"
    assert kinds["entidad_id"] == "text"
    for name in tables(closed_warehouse):
        ours = closed_warehouse.query(
            f"select column_name, comment from duckdb_columns() "
            f"where schema_name = 'marts' and table_name = '{name}'"
        )
        theirs = server.run(
            "select attname, col_description(attrelid, attnum) from pg_attribute "
            "where attrelid = %s::regclass and attnum > 0",
            parameters=[f"marts.{name}"],
        )
        assert dict(theirs) == dict(ours)


def test_a_unit_sees_its_centre_and_those_below(server, copied, closed_warehouse):
    entity, centre = copied
    seen = below(closed_warehouse, entity, centre)
    assert len(seen) > 1
    for name in ("dim_centro_costo", "dim_actividad", "fct_avance_actividad",
                 "fct_avance_centro_costo"):  # fmt: skip
        theirs = server.run(f"select entidad_id, centro_costo_id from marts.{name}", "unidad")
        ours = [
            row
            for row in closed_warehouse.query(
                f"select entidad_id, centro_costo_id from marts.{name}"
            )
            if row[0] == entity and row[1] in seen
        ]
        assert sorted(theirs) == sorted(ours), name
    owner = {
        (plan, activity): home
        for plan, activity, home in closed_warehouse.query(
            "select plan_id, actividad_id, centro_costo_id from marts.dim_actividad "
            f"where entidad_id = '{entity}'"
        )
    }
    theirs = server.run(
        "select entidad_id, plan_id, actividad_id from marts.fct_meta_mensual", "unidad"
    )
    ours = [
        row
        for row in closed_warehouse.query(
            "select entidad_id, plan_id, actividad_id from marts.fct_meta_mensual"
        )
        if row[0] == entity and owner[row[1:]] in seen
    ]
    assert sorted(theirs) == sorted(ours)


def test_a_unit_reads_its_alerts_and_completeness_and_the_words_of_every_rule(
    server, copied, tmp_path, closed_warehouse
):
    """The shipped plans with alerts by unit have no tree: one unit is put below another."""
    entity, above, under = closed_warehouse.query(
        "select entidad_id, min(centro_costo_id), max(centro_costo_id) from marts.fct_alerta "
        "join marts.fct_completitud using (entidad_id, plan_id, centro_costo_id) "
        "group by 1 order by 1 limit 1"
    )[0]
    database = tmp_path / "tree.duckdb"
    shutil.copyfile(closed_warehouse.published, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update marts.dim_centro_costo set centro_padre_id = ? "
            "where entidad_id = ? and centro_costo_id = ?",
            [above, entity, under],
        )
    publish_postgres(database, server.url())
    server.run("create role jefatura login in role semaforo_unidad")
    server.run(
        "insert into semaforo_privado.acceso values ('jefatura', %s, %s)",
        parameters=[entity, above],
    )
    try:
        for name in ("fct_alerta", "fct_completitud"):
            ours = closed_warehouse.query(
                f"from marts.{name} where entidad_id = '{entity}' "
                f"and centro_costo_id in ('{above}', '{under}')"
            )
            theirs = server.run(f"select * from marts.{name}", "jefatura")
            assert sorted(map(repr, theirs)) == sorted(map(repr, ours)), name
            column = [row[0] for row in closed_warehouse.query(f"describe marts.{name}")]
            centre = column.index("centro_costo_id")
            assert {row[centre] for row in theirs} == {above, under}, name
        without_centre = (
            f"select count(*) from marts.fct_alerta "
            f"where entidad_id = '{entity}' and centro_costo_id is null"
        )
        assert closed_warehouse.query(without_centre) > [(0,)]
        assert server.run(without_centre, "analista") == closed_warehouse.query(without_centre)
        assert server.run(without_centre, "jefatura") == [(0,)]
        rules = "select count(*) from marts.dim_regla"
        assert server.run(rules, "jefatura") == closed_warehouse.query(rules)
    finally:
        publish_postgres(closed_warehouse.published, server.url())


def test_no_table_shows_a_unit_another_entity(server, copied, closed_warehouse):
    for name in tables(closed_warehouse):
        columns = [row[0] for row in closed_warehouse.query(f"describe marts.{name}")]
        if "entidad_id" in columns:
            theirs = server.run(f"select distinct entidad_id from marts.{name}", "unidad")
            assert theirs in ([], [(copied[0],)]), name
        if name not in {"dim_fecha", "dim_periodo", "dim_regla", "dim_semaforo"}:
            assert server.run(f"select * from marts.{name}", "sin_centro") == [], name
    for name in ("rpt_conciliacion", "cuarentena"):
        assert server.run(f"select * from marts.{name}", "unidad") == []


@pytest.mark.parametrize(
    "attack",
    [
        "select * from semaforo_privado.acceso",
        "select * from semaforo_privado.centros('otro')",
        "insert into semaforo_privado.acceso values ('unidad', 'a', 'b')",
        "delete from marts.dim_plan",
        "create view marts.mia as select 1",
        "alter table marts.dim_plan disable row level security",
        "set role semaforo_dueno",
    ],
)
@pytest.mark.parametrize("login", ["unidad", "analista"])
def test_nobody_but_the_owner_changes_anything(server, copied, login, attack):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        server.run(attack, login)


def test_a_view_of_the_owner_does_not_open_other_centres(server, copied):
    server.run(
        "set role semaforo_dueno; create view marts.todo as select * from marts.dim_actividad;"
        "grant select on marts.todo to semaforo_unidad"
    )
    try:
        direct = server.run("select * from marts.dim_actividad", "unidad")
        assert sorted(server.run("select * from marts.todo", "unidad")) == sorted(direct)
        assert server.run("select * from marts.todo", "sin_centro") == []
    finally:
        server.run("drop view marts.todo")


def test_a_reader_sees_the_old_copy_whole_until_the_new_one(server, copied, closed_warehouse):
    """A transaction left open neither waits for the next copy nor sees half of it."""
    reader = psycopg2.connect(server.url("analista"))
    reader.set_session(isolation_level="REPEATABLE READ")
    try:
        with reader.cursor() as cursor:
            cursor.execute("select count(*) from marts.fct_meta_mensual")
            before = cursor.fetchone()
            copy = threading.Thread(
                target=publish_postgres, args=(closed_warehouse.published, server.url())
            )
            copy.start()
            copy.join(60)
            assert not copy.is_alive()
            cursor.execute("select count(*) from marts.fct_meta_mensual")
            assert cursor.fetchone() == before
    finally:
        reader.close()
    assert server.run("select count(*) from marts.fct_meta_mensual", "analista") == [before]


def test_a_reader_who_never_ends_does_not_hold_the_refresh(
    server, tmp_path, closed_warehouse, monkeypatch
):
    """A table that gets another column needs its readers gone, which an open query can delay."""
    monkeypatch.setattr(postgres, "_READERS_SECONDS", 1)
    server.create_database("lectores")
    changed = tmp_path / "changed.duckdb"
    with duckdb.connect(str(changed)) as connection:
        connection.execute(f"attach '{closed_warehouse.published}' as old (read_only)")
        connection.execute("create schema marts")
        for name in ("dim_centro_costo", "dim_actividad"):
            connection.execute(f"create table marts.{name} as from old.marts.{name}")
    publish_postgres(changed, server.url(database="lectores"))
    with duckdb.connect(str(changed)) as connection:
        connection.execute("alter table marts.dim_actividad add column otra integer")
    reader = psycopg2.connect(server.url(database="lectores"))
    try:
        reader.cursor().execute("select * from marts.dim_actividad")
        with pytest.raises(SemaforoError, match="alguien dejó abierta una consulta") as refused:
            publish_postgres(changed, server.url(database="lectores"))
        assert KEPT in str(refused.value)
    finally:
        reader.close()
    publish_postgres(changed, server.url(database="lectores"))


def test_a_server_that_stops_half_way_is_said_as_such(server, copied, closed_warehouse):
    def stop(_name: str, number: int, _total: int) -> None:
        if number == 5:
            server.run(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where application_name = 'semaforo'"
            )

    before = server.run("select count(*) from marts.dim_plan")
    with pytest.raises(PassingError, match=r"PostgreSQL \(se cortó la conexión\)") as lost:
        publish_postgres(closed_warehouse.published, server.url(), stop)
    assert KEPT in str(lost.value)
    assert server.run("select count(*) from marts.dim_plan") == before


def test_a_copy_that_fails_leaves_the_one_before(server, copied, tmp_path, closed_warehouse):
    before = server.run("select * from marts.dim_plan order by 1, 2")
    odd = tmp_path / "odd.duckdb"
    with duckdb.connect(str(odd)) as connection:
        connection.execute("create schema marts; create table marts.aa as select 1 as a")
        connection.execute("create table marts.zz as select [1] as lista")
    with pytest.raises(SemaforoError, match=r"INTEGER\[\]"):
        publish_postgres(odd, server.url())
    assert server.run("select * from marts.dim_plan order by 1, 2") == before


def test_views_that_keep_a_table_from_changing_are_named(server, copied, tmp_path):
    server.create_database("vistas")
    changed = tmp_path / "changed.duckdb"
    shutil.copyfile(small_database(tmp_path), changed)
    publish_postgres(changed, server.url(database="vistas"))
    server.run(
        'create view public."Mi vista" as select * from marts.dim_actividad;'
        "create materialized view public.otra as select * from marts.dim_actividad",
        database="vistas",
    )
    publish_postgres(changed, server.url(database="vistas"))
    with duckdb.connect(str(changed)) as connection:
        connection.execute("alter table marts.dim_actividad add column otra integer")
    with pytest.raises(SemaforoError, match=r'columnas .*"Mi vista".*; bórrelas') as refused:
        publish_postgres(changed, server.url(database="vistas"))
    assert "otra" in str(refused.value)
    assert "depend" not in str(refused.value)


def test_a_database_that_is_not_in_utf8_is_refused(server, copied, closed_warehouse):
    server.create_database("latina encoding 'LATIN1' locale 'C' template template0")
    with pytest.raises(SemaforoError, match="la base está en LATIN1 y hace falta UTF8"):
        publish_postgres(closed_warehouse.published, server.url(database="latina"))


def test_the_encoding_of_who_publishes_does_not_matter(
    server, copied, closed_warehouse, monkeypatch
):
    """Texts of the marts have letters that LATIN1 lacks."""
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    publish_postgres(closed_warehouse.published, server.url())


def test_a_login_that_may_create_and_make_roles_publishes_the_first_time(tmp_path):
    """What docs/bi.md asks of it; from PostgreSQL 16 on, to make a role is not to become it."""
    with private_server() as fresh:
        fresh.run("create role publicador login createrole")
        fresh.run("grant create on database postgres to publicador")
        for _ in range(2):
            publish_postgres(small_database(tmp_path), fresh.url("publicador"))
        fresh.run("create role analista login in role semaforo_bi", "publicador")
        assert fresh.run("select count(*) from marts.dim_actividad", "analista") == [(1,)]


@pytest.mark.parametrize(
    ("version", "right"), {150_014: "member", 160_000: "set", 180_006: "set"}.items()
)
def test_the_right_to_become_a_role_has_a_name_of_its_own_since_16(version, right):
    assert postgres._becoming(version) == right


def test_text_that_copy_must_escape_arrives_as_it_is(server, copied, tmp_path, closed_warehouse):
    texts = ["", "\\N", "a\tb", "línea 1\nlínea 2\r", '"comillas", y coma', "\\.", None]
    database = tmp_path / "texts.duckdb"
    with duckdb.connect(str(closed_warehouse.published), read_only=True) as connection:
        connection.execute(f"attach '{database}' as copy (read_write)")
        connection.execute("create schema copy.marts")
        for name in ("dim_centro_costo", "dim_actividad"):
            connection.execute(f"create table copy.marts.{name} as from marts.{name}")
        connection.execute("create table copy.marts.textos (i integer, t varchar)")
        connection.executemany("insert into copy.marts.textos values (?, ?)",
                               list(enumerate(texts)))  # fmt: skip
    publish_postgres(database, server.url())
    try:
        found = server.run("select t from marts.textos order by i", "analista")
        assert [text for (text,) in found] == texts
        assert server.run("select t from marts.textos", "unidad") == []
    finally:
        publish_postgres(closed_warehouse.published, server.url())
    assert server.run("select to_regclass('marts.textos')") == [(None,)]


def test_refusals_are_one_line_without_the_password(server, copied, closed_warehouse):
    published = Path(closed_warehouse.published)
    server.run("create role pobre login password 'secreta-42'")
    for url, sign in (
        (server.url("pobre", "secreta-42"), "permisos"),
        (server.url("nadie", "secreta-42"), "servidor PostgreSQL"),
        ("postgresql://u:secreta-42@127.0.0.1:1/base", "servidor PostgreSQL"),
        ("postgresql://u:secreta-42@127.0.0.1:puerto/base", "no se entiende"),
        ("postgresql://u:secreta-42/y-más@127.0.0.1/base", "no se entiende"),
        ("postgresql://u:x@secreta-42@127.0.0.1/base", "no se entiende"),
        ("mysql://u:secreta-42@127.0.0.1/base", "no se entiende"),
        ("postgresql://u:secreta-42@[::1/base", "no se entiende"),
    ):
        with pytest.raises(SemaforoError, match=sign) as refused:
            publish_postgres(published, url)
        line = str(refused.value)
        assert "\n" not in line
        assert "secreta-42" not in line


def test_refresh_publishes_to_both(server, copied, published):
    done = published.run("refresh", "--as-of", "2024-05-15", "--publish", server.url())
    assert done.returncode == 0, done.stderr
    ours = published.query("select * from marts.dim_plan")
    assert "[6/6] Copiando a PostgreSQL" in done.stderr
    assert sorted(server.run("select * from marts.dim_plan"), key=repr) == sorted(ours, key=repr)
    # A server that is away: readers of the warehouse have the new publication and its pages.
    lost = published.run(
        "refresh", "--as-of", "2024-06-15", "--publish", "postgresql://u:clave9@127.0.0.1:1/x"
    )
    assert lost.returncode == 1
    assert KEPT in lost.stderr.replace("\n", " ")
    assert "clave9" not in lost.stderr + lost.stdout
    shown = (published.root / "dashboard" / "publicacion.js").read_text(encoding="utf-8")
    assert "2024-06-15" in shown
