"""A real server on loopback: what goes out, once, whatever the server does."""

import subprocess

import pytest
from mail import PLANNING, SENDER, running_server

# What the small plan's CSVs say.
MANAGER, OFFICE = "gerencia@muni.example", "oficina@muni.example"


def sent_to(server) -> list[str]:
    return sorted(address for envelope in server.envelopes() for address in envelope["to"])


def assert_no_address(done: subprocess.CompletedProcess) -> None:
    text = done.stdout + done.stderr
    for address in (MANAGER, OFFICE, PLANNING, SENDER):
        assert address not in text
        assert f"{address.split('@')[0]}@" not in text


def test_each_unit_gets_one_digest_and_hears_nothing_twice(sender, server) -> None:
    done = sender.to(server).run("--send")
    assert done.returncode == 0, done.stderr
    assert sent_to(server) == [MANAGER, OFFICE]
    assert "2 mensajes nuevos, 2 entregados" in done.stdout
    assert_no_address(done)
    again = sender.to(server).run("--send")
    assert again.returncode == 0, again.stderr
    assert "0 mensajes nuevos, 0 entregados" in again.stdout
    assert len(server.taken()) == 2


@pytest.mark.parametrize(
    ("password", "encoding"),
    [("clave secreta", "utf-8"), ("contraseña", "utf-8"), ("contraseña", "utf-8-sig")],
)
def test_starttls_with_login(sender, tmp_path, certificate, password, encoding) -> None:
    cert, key = certificate
    with running_server(
        tmp_path / "mail",
        starttls=True,
        cert=str(cert),
        key=str(key),
        user="semaforo",
        password=password,
    ) as server:
        secret = tmp_path / "clave"
        secret.write_text(f"{password}\n", encoding=encoding)
        done = (
            sender.to(server, "starttls")
            .given(CERTIFICADOS=str(cert), USUARIO="semaforo", CLAVE_ARCHIVO=str(secret))
            .run("--send")
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert {(each["tls"], each["user"]) for each in server.envelopes()} == {(True, "semaforo")}
        assert len(server.envelopes()) == 2


def test_tls_from_the_start(sender, tmp_path, certificate) -> None:
    cert, key = certificate
    with running_server(tmp_path / "mail", tls=True, cert=str(cert), key=str(key)) as server:
        done = sender.to(server, "tls").given(CERTIFICADOS=str(cert)).run("--send")
        assert done.returncode == 0, done.stdout + done.stderr
        assert [each["tls"] for each in server.envelopes()] == [True, True]


def test_a_certificate_nobody_vouches_for_gets_no_mail(sender, tmp_path, certificate) -> None:
    cert, key = certificate
    with running_server(tmp_path / "mail", tls=True, cert=str(cert), key=str(key)) as server:
        done = sender.to(server, "tls").run("--send")
        assert done.returncode == 1
        assert "no es de confianza" in done.stdout
        assert server.taken() == []


def test_a_server_without_starttls_gets_no_mail_in_clear(sender, server) -> None:
    done = sender.to(server, "starttls").run("--send")
    assert done.returncode == 1
    assert "SEMAFORO_SMTP_SEGURIDAD" in done.stdout
    assert server.taken() == []


def test_a_refused_login_keeps_every_message(sender, tmp_path, certificate) -> None:
    cert, key = certificate
    with running_server(
        tmp_path / "mail",
        starttls=True,
        cert=str(cert),
        key=str(key),
        user="semaforo",
        password="buena",  # noqa: S106
    ) as server:
        ours = sender.to(server, "starttls").given(CERTIFICADOS=str(cert), USUARIO="semaforo")
        done = ours.given(CLAVE="mala").run("--send")
        assert done.returncode == 1
        assert "no acepta el usuario o la clave" in done.stdout
        assert "mala" not in done.stdout + done.stderr
        assert server.taken() == []
        assert ours.given(CLAVE="buena").run("--send", "--now").returncode == 0
        assert sent_to(server) == [MANAGER, OFFICE]


def test_a_login_is_never_sent_in_clear(sender, server) -> None:
    done = sender.to(server).given(USUARIO="semaforo", CLAVE="x").run("--send")
    assert done.returncode == 1
    assert "sin cifrar" in done.stderr


def test_a_passing_refusal_is_tried_again_later_and_only_it(sender, server) -> None:
    server.orders(rcpt=["450 4.2.1 <gerencia@muni.example> busy, gerencia come later"])
    done = sender.to(server).run("--send")
    assert done.returncode == 1
    assert "Por reintentar: Gerencia" in done.stdout
    assert "450" in done.stdout
    assert_no_address(done)
    assert sent_to(server) == [OFFICE]
    # Not before its time.
    early = sender.to(server).run("--send")
    assert "En espera del próximo intento: 1 envío" in early.stdout
    assert sent_to(server) == [OFFICE]
    late = sender.to(server).run("--send", "--now")
    assert late.returncode == 0, late.stdout
    assert sent_to(server) == [MANAGER, OFFICE]


def test_a_text_refused_for_now_is_tried_again(sender, server) -> None:
    server.orders(data=["451 4.3.0 try later"])
    assert sender.to(server).run("--send").returncode == 1
    assert sender.to(server).run("--send", "--now").returncode == 0
    assert sent_to(server) == [MANAGER, OFFICE]


def test_an_address_refused_for_good_is_reported_and_not_tried_again(sender, server) -> None:
    server.orders(rcpt=["550 5.1.1 <gerencia@muni.example>: no such user"])
    done = sender.to(server).run("--send")
    assert done.returncode == 1
    assert "Rechazado: Gerencia" in done.stdout
    assert_no_address(done)
    again = sender.to(server).run("--send", "--now")
    assert "Rechazado: Gerencia" in again.stdout
    assert sent_to(server) == [OFFICE]


def test_what_was_refused_goes_to_the_address_that_is_loaded_next(sender, server) -> None:
    server.orders(rcpt=["550 5.1.1 no such user"])
    sender.to(server).run("--send")
    sender.load_centre("CC.1", "nueva@muni.example")
    done = sender.to(server).run("--send")
    assert done.returncode == 0, done.stdout
    assert sent_to(server) == ["nueva@muni.example", OFFICE]


def test_refused_by_the_units_address_it_goes_to_the_next_above(sender, server) -> None:
    server.orders(rcpt=["550 5.1.1 no such user"])
    done = sender.to(server).given(SEMAFORO_CORREO_PLANEAMIENTO=PLANNING).run("--send")
    # Said, and not lost: nothing is left to do here.
    assert done.returncode == 0, done.stdout
    assert "Rechazado: Gerencia" in done.stdout
    assert_no_address(done)
    assert sent_to(server) == [OFFICE, PLANNING]


def test_the_sender_refused_holds_everything_back(sender, server) -> None:
    server.orders(mail="550 5.7.1 not allowed to send as semaforo@muni.example")
    done = sender.to(server).run("--send")
    assert done.returncode == 1
    assert "no acepta el remitente" in done.stdout
    assert_no_address(done)
    server.orders()
    assert sender.to(server).run("--send", "--now").returncode == 0
    assert sent_to(server) == [MANAGER, OFFICE]


def test_a_dead_server_loses_nothing(sender, server, tmp_path) -> None:
    dead = sender.to(server).given(PUERTO="1")
    done = dead.run("--send")
    assert done.returncode == 1
    assert "no se llega al servidor" in done.stdout
    assert "2 envíos" in done.stdout
    listed = dead.run()
    assert listed.returncode == 0
    assert "Pendiente: Gerencia" in listed.stdout
    assert_no_address(listed)
    assert sender.to(server).run("--send", "--now").returncode == 0
    assert sent_to(server) == [MANAGER, OFFICE]


def test_a_server_that_does_not_answer_in_time_is_left_and_tried_again(sender, server) -> None:
    server.orders(hang=6)
    done = sender.to(server).given(ESPERA="1").run("--send")
    assert done.returncode == 1
    assert "no contestó a tiempo" in done.stdout
    server.orders()
    assert sender.to(server).run("--send", "--now").returncode == 0
    assert set(sent_to(server)) == {MANAGER, OFFICE}


def test_killed_between_sending_and_noting_repeats_that_message_only(
    sender, server, tmp_path
) -> None:
    pid = tmp_path / "pid"
    server.orders(kill=str(pid))
    ours = sender.to(server)
    process = subprocess.Popen(
        ours.command("--send"),
        env=ours.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    pid.write_text(str(process.pid))
    assert process.wait(timeout=120) == -9
    assert len(server.taken()) == 1
    server.orders()
    assert ours.run("--send").returncode == 0
    identities = [message["message-id"] for message in server.taken()]
    # The first was accepted and not noted: it comes again as the same message, the other once.
    assert len(identities) == 3
    assert identities[0] == identities[1]
    assert len(set(identities)) == 2
    assert ours.run("--send", "--now").returncode == 0
    assert len(server.taken()) == 3


def test_without_a_server_nothing_is_told_and_the_variable_is_named(sender, server) -> None:
    done = sender.run("--send")
    assert done.returncode == 1
    assert "SEMAFORO_SMTP_SERVIDOR" in done.stderr
    # Nothing was noted as told.
    assert sender.to(server).run("--send").returncode == 0
    assert len(server.taken()) == 2


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"SEGURIDAD": "ssl"}, "SEMAFORO_SMTP_SEGURIDAD"),
        ({"REMITENTE": "nadie"}, "SEMAFORO_SMTP_REMITENTE"),
        ({"PUERTO": "mail"}, "SEMAFORO_SMTP_PUERTO"),
        ({"CERTIFICADOS": "/no/existe"}, "SEMAFORO_SMTP_CERTIFICADOS"),
        ({"SEMAFORO_CORREO_PLANEAMIENTO": "nadie"}, "SEMAFORO_CORREO_PLANEAMIENTO"),
        ({"SEMAFORO_URL_TABLERO": "intranet"}, "SEMAFORO_URL_TABLERO"),
    ],
)
def test_a_setting_that_means_nothing_is_named(sender, server, variables, named) -> None:
    done = sender.to(server).given(**variables).run("--send")
    assert done.returncode == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_name_that_is_none_keeps_every_message(sender, server) -> None:
    done = sender.to(server).given(SERVIDOR="correo..example").run("--send")
    assert done.returncode == 1
    assert "SEMAFORO_SMTP_SERVIDOR: «correo..example»" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_password_file_of_another_encoding_is_refused(sender, server, tmp_path) -> None:
    secret = tmp_path / "clave"
    secret.write_bytes("contraseña\n".encode("cp1252"))
    named = {"SEGURIDAD": "starttls", "USUARIO": "semaforo", "CLAVE_ARCHIVO": str(secret)}
    done = sender.to(server).given(**named).run("--send")
    assert done.returncode == 1
    assert done.stderr == (
        f"semaforo: SEMAFORO_SMTP_CLAVE_ARCHIVO: {secret} no está en UTF-8; guárdelo así\n"
    )


def test_an_authority_without_certificates_is_named(sender, server, tmp_path) -> None:
    file = tmp_path / "autoridad.pem"
    file.write_text("nada\n", encoding="utf-8")
    done = sender.to(server, "starttls").given(CERTIFICADOS=str(file)).run("--send")
    assert done.returncode == 1
    assert f"SEMAFORO_SMTP_CERTIFICADOS: {file} no se puede leer" in done.stdout
