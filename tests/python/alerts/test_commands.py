"""`semaforo alerts` as it is used: listing, looking beforehand, sending after a refresh."""

import csv
import email
import email.policy
import shutil
import sqlite3
import stat
from urllib.parse import unquote

import pytest
import small_plan
from mail import PLANNING, Sender

from orchestration.settings import SHIPPED_SEEDS, WarehousePaths

MANAGER, OFFICE = "gerencia@muni.example", "oficina@muni.example"
NAMES = ("gerencia@", "oficina@", "planeamiento@", "semaforo@")
BASE = "https://tablero.example"


def read_eml(folder) -> list[email.message.EmailMessage]:
    return [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(folder.glob("*.eml"))
    ]


def links(message) -> list[str]:
    words = message.get_body(("plain",)).get_content().split()
    return [word for word in words if word.startswith(BASE)]


def test_the_list_says_what_is_open_and_whom_it_would_go_to(sender) -> None:
    done = sender.run()
    assert done.returncode == 0, done.stderr
    assert "Alertas abiertas al 15/05/2024" in done.stdout
    assert "Gerencia" in done.stdout
    assert "g…@m… (unidad)" in done.stdout
    assert "2 mensajes por enviar" in done.stdout
    assert not any(name in done.stdout for name in NAMES)


def test_the_dry_run_writes_messages_and_notes_nothing(sender, server, tmp_path) -> None:
    folder = tmp_path / "muestra"
    ours = sender.to(server).given(SEMAFORO_URL_TABLERO=f"{BASE}/")
    for _ in range(2):
        done = ours.run("--dry-run", folder)
        assert done.returncode == 0, done.stderr
        messages = read_eml(folder)
        assert [message["to"] for message in messages] == [MANAGER, OFFICE]
        assert all(message.defects == [] for message in messages)
        assert not any(name in done.stdout for name in NAMES)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    # Every link leads to a page that the refresh drew.
    pages = [unquote(link.removeprefix(f"{BASE}/")) for each in messages for link in links(each)]
    assert len(pages) == 2
    assert all((sender.warehouse.root / "dashboard" / page).is_file() for page in pages)
    assert server.taken() == []
    assert ours.run("--send").returncode == 0
    assert [message["message-id"] for message in server.taken()] == [
        message["message-id"] for message in messages
    ]


def test_a_preview_leaves_nothing_of_an_earlier_one_and_all_else(sender, tmp_path) -> None:
    folder = tmp_path / "muestra"
    assert sender.run("--dry-run", folder).returncode == 0
    message = (folder / "0002.eml").read_bytes()
    (folder / "0007.eml").write_bytes(message)
    others = {
        "0008.eml": b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\n\r\nhola",
        "0009.eml": b"Received: from b.example\r\n" + message,
        "copia.eml": message,
        "nota.txt": b"mia",
    }
    for name, content in others.items():
        (folder / name).write_bytes(content)
    assert sender.run("--dry-run", folder).returncode == 0
    assert {path.name for path in folder.iterdir()} == {"0001.eml", "0002.eml", *others}
    assert all((folder / name).read_bytes() == content for name, content in others.items())


def test_a_preview_replaces_no_file_of_somebody_else(sender, tmp_path) -> None:
    folder = tmp_path / "muestra"
    assert sender.run("--dry-run", folder).returncode == 0
    (folder / "0001.eml").write_bytes(b"mia")
    done = sender.run("--dry-run", folder)
    assert done.returncode == 1
    assert "no es de una muestra anterior" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (folder / "0001.eml").read_bytes() == b"mia"
    assert (folder / "0002.eml").exists()


def test_without_any_address_it_is_said_and_sent_once_there_is_one(sender, server) -> None:
    sender.load_centre("CC.1", "")
    sender.load_centre("CC.2", "", parent="CC.1")
    done = sender.to(server).run("--send")
    assert done.returncode == 1
    assert "Sin destinatario: Gerencia" in done.stdout
    assert "SEMAFORO_CORREO_PLANEAMIENTO" in done.stdout
    assert server.taken() == []
    later = sender.to(server).given(SEMAFORO_CORREO_PLANEAMIENTO=PLANNING).run("--send")
    assert later.returncode == 0, later.stdout
    assert [envelope["to"] for envelope in server.envelopes()] == [[PLANNING], [PLANNING]]


def test_a_unit_without_address_is_told_through_the_one_above(sender, server) -> None:
    sender.load_centre("CC.2", "", parent="CC.1")
    assert sender.to(server).run("--send").returncode == 0
    assert [envelope["to"] for envelope in server.envelopes()] == [[MANAGER], [MANAGER]]
    assert "Oficina" in server.taken()[1]["subject"]


def test_an_address_that_is_none_is_said_and_the_one_above_used(sender, server) -> None:
    sender.load_centre("CC.2", "ventanilla tres", parent="CC.1")
    done = sender.to(server).run("--send")
    assert done.returncode == 0, done.stdout
    assert "Oficina: el correo cargado de CC.2 no es una dirección" in done.stdout
    assert [envelope["to"] for envelope in server.envelopes()] == [[MANAGER], [MANAGER]]


def test_only_one_entity_where_it_is_named(sender) -> None:
    done = sender.run("--entidad", "otra")
    assert done.returncode == 1
    assert "--entidad: no hay nada publicado de «otra»; hay: muni" in done.stderr
    assert "Gerencia" in sender.run("--entidad", "muni").stdout


@pytest.mark.parametrize("option", [[], ["--send"], ["--dry-run", "muestra"]])
def test_a_warehouse_that_was_never_published_says_so(warehouse, option) -> None:
    ours = Sender(warehouse).given(SERVIDOR="127.0.0.1", REMITENTE="a@b.example")
    done = ours.run(*option)
    assert done.returncode == 1
    assert "no tiene nada publicado" in done.stderr
    assert not warehouse.root.exists()


@pytest.mark.parametrize("option", [[], ["--plazo"], ["--send"], ["--dry-run", "muestra"]])
def test_a_copy_of_the_publication_has_no_addresses_and_says_so(published, option) -> None:
    shutil.rmtree(published.root / "private")
    ours = Sender(published).given(SERVIDOR="127.0.0.1", REMITENTE="a@b.example")
    done = ours.run(*option)
    assert done.returncode == 1
    assert "no tiene la base privada con los correos" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (published.root / "private").exists()


def test_no_address_is_published_or_logged(sender, server) -> None:
    sender.to(server).given(SEMAFORO_CORREO_PLANEAMIENTO=PLANNING).run("--send")
    contents = sender.warehouse.contents()
    assert not any(name in repr(rows) for rows in contents.values() for name in NAMES)
    paths = WarehousePaths(sender.warehouse.root)
    private = {paths.build_db, paths.outbox}
    files = [path for path in sender.warehouse.root.rglob("*") if path.is_file()]
    assert paths.outbox in files
    for file in set(files) - private:
        content = file.read_bytes()
        assert not any(name.encode() in content for name in NAMES), file


def test_after_a_refresh_only_news_are_told(sender, server, tmp_path) -> None:
    assert sender.to(server).run("--send").returncode == 0
    before = "".join(body(message) for message in server.taken())
    assert "Programa 10 cada mes" in before
    # Registered late: S01 is resolved, S02 and S09 appear. And routine programming becomes grave.
    with (SHIPPED_SEEDS / "reglas_calidad.csv").open(encoding="utf-8", newline="") as file:
        rules = [
            row | {"severidad": "alta"} for row in csv.DictReader(file) if row["regla_id"] == "P03"
        ]
    folder = small_plan.write_folder(
        tmp_path / "junio",
        {"metas_ejecutadas": small_plan.late_registrations(), "reglas_calidad": rules},
    )
    sender.warehouse.refresh("--data", folder, "--as-of", small_plan.AFTER_LATE_REGISTRATION)
    assert sender.to(server).run("--send").returncode == 0
    after = "".join(body(message) for message in server.taken()[2:])
    assert "Agravado. A1" in after
    assert "(S09)" in after
    assert "(S02)" in after
    assert "(P04)" not in after
    assert "Sin registro de febrero" not in after


def body(message) -> str:
    return message.get_body(("plain",)).get_content()


def test_an_earlier_report_date_is_no_news(sender, server) -> None:
    assert sender.to(server).run("--send").returncode == 0
    path = WarehousePaths(sender.warehouse.root).outbox
    with sqlite3.connect(path) as connection:
        connection.execute("delete from avisado")
        connection.execute("insert into publicacion values ('2024-06-30')")
    done = sender.to(server).run("--send")
    assert "0 mensajes nuevos" in done.stdout
    assert len(server.taken()) == 2


def test_a_week_later_what_is_grave_is_told_again_and_only_that(sender, server) -> None:
    assert sender.to(server).run("--send").returncode == 0
    path = WarehousePaths(sender.warehouse.root).outbox
    with sqlite3.connect(path) as connection:
        connection.execute(
            "update avisado set avisado_en = "
            "strftime('%Y-%m-%dT%H:%M:%S+00:00', avisado_en, '-7 days')"
        )
    assert sender.to(server).run("--send").returncode == 0
    # Of the two units one has something of severity alta: the month not registered.
    assert len(server.taken()) == 3
    reminder = server.taken()[-1]
    assert "1 hallazgo sigue abierto" in reminder["subject"]
    assert "Sin registro de febrero" in body(reminder)
    assert "Programa 10 cada mes" not in body(reminder)
    # And not again the same day.
    assert sender.to(server).run("--send").returncode == 0
    assert len(server.taken()) == 3
