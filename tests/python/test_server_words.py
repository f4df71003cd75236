"""What PostgreSQL answers, as it words it (src/backend and libpq), said in Spanish."""

import pytest

from orchestration.server_words import server_answer, usual_answer

REACHED = 'connection to server at "127.0.0.1", port 5432 failed: '
ANSWERS = {
    f'{REACHED}FATAL:  password authentication failed for user "ana"': (
        "el usuario «ana» no existe o su clave es otra"
    ),
    f"{REACHED}fe_sendauth: no password supplied": (
        "falta la clave: póngala en PGPASSWORD o en ~/.pgpass"
    ),
    f'{REACHED}FATAL:  database "plan" does not exist': "no existe la base «plan»",
    f'{REACHED}FATAL:  role "ana" does not exist': "no existe el usuario «ana»",
    f'{REACHED}FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "ana", database "plan"': (
        "pg_hba.conf no deja entrar a ese usuario en esa base desde este equipo"
    ),
    f"{REACHED}FATAL:  sorry, too many clients already": "no quedan conexiones libres",
    f"{REACHED}FATAL:  the database system is starting up": (
        "el servidor está arrancando o apagándose"
    ),
    f"{REACHED}server does not support SSL, but SSL was required": "el servidor no usa SSL",
    "cannot execute GRANT ROLE in a read-only transaction": (
        "el servidor o el usuario es de solo lectura"
    ),
    "canceling statement due to statement timeout": (
        "el servidor no espera tanto a ese usuario: statement_timeout"
    ),
    "terminating connection due to idle-in-transaction timeout": (
        "el servidor no espera tanto a ese usuario: idle_in_transaction_session_timeout"
    ),
    "permission denied for schema marts\nLINE 1: create": "no hay permiso en el esquema marts",
    "permission denied for database plan": "no hay permiso en la base plan",
    "permission denied to create role": "no hay permiso: create role",
    'must be able to SET ROLE "semaforo_dueno"': "el usuario no es miembro de «semaforo_dueno»",
    'must be member of role "semaforo_dueno"': "el usuario no es miembro de «semaforo_dueno»",
    "must be owner of table dim_plan": "el dueño de la tabla dim_plan es otro",
    'update or delete on table "dim_plan" violates foreign key constraint "nota_fkey" on table '
    '"nota"\nDETAIL:  Key (a)=(1) is still referenced': (
        "la tabla «nota» tiene una clave foránea hacia una tabla publicada"
    ),
    'could not extend file "base/5/16402": No space left on device': (
        "no queda espacio en el disco del servidor"
    ),
    "terminating connection due to administrator command\nSSL connection has been closed": (
        "se cortó la conexión"
    ),
}


@pytest.mark.parametrize(("text", "said"), ANSWERS.items())
def test_usual_answers_are_in_spanish(text, said):
    assert usual_answer(f"Database Error in model uno (models/uno.sql)\n  {text}") == said
    assert server_answer(Exception(text)) == said


def test_of_a_name_with_two_addresses_the_one_that_answered_counts():
    text = (
        'connection to server at "localhost" (::1), port 5432 failed: Connection refused\n'
        "\tIs the server running on that host and accepting TCP/IP connections?\n"
        'connection to server at "localhost" (127.0.0.1), port 5432 failed: FATAL:  password '
        'authentication failed for user "ana"'
    )
    assert server_answer(Exception(text)) == "el usuario «ana» no existe o su clave es otra"


def test_what_is_not_usual_is_said_as_it_is():
    assert usual_answer("duplicate key value violates unique constraint") is None
    assert server_answer(Exception("syntax error at or near x\nLINE 1")) == (
        "syntax error at or near x"
    )
