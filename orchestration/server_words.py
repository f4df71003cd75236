"""The usual words of PostgreSQL, in Spanish.

Belongs here: what a server answers, in a few words. Does not: what the operating system says of
the way there (system_words.py), or what to do about it (who knows what was asked).
"""

import re

from orchestration.system_words import in_spanish

_OURS = {
    "database": "la base",
    "schema": "el esquema",
    "table": "la tabla",
    "view": "la vista",
    "statement": "statement_timeout",
    "lock": "lock_timeout",
    "idle-in-transaction": "idle_in_transaction_session_timeout",
    "transaction": "transaction_timeout",
}
# What a server answers stands before what keeps from reaching one: of a name with two addresses
# libpq says both, and the one that nobody listens at first.
_USUAL = tuple(
    (re.compile(sign), meaning)
    for sign, meaning in (
        (
            r'password authentication failed for user "(.+?)"',
            "el usuario «{0}» no existe o su clave es otra",
        ),
        (r"no password supplied", "falta la clave: póngala en PGPASSWORD o en ~/.pgpass"),
        (r'database "(.+)" does not exist', "no existe la base «{0}»"),
        (r'role "(.+)" does not exist', "no existe el usuario «{0}»"),
        (r'role "(.+)" is not permitted to log in', "el usuario «{0}» no puede iniciar sesión"),
        (
            r"no pg_hba\.conf entry|pg_hba\.conf rejects",
            "pg_hba.conf no deja entrar a ese usuario en esa base desde este equipo",
        ),
        (r"too many (?:clients|connections)|connection slots", "no quedan conexiones libres"),
        (
            r"the database system is (?:starting up|shutting down|in recovery mode)|"
            "not yet accepting connections",
            "el servidor está arrancando o apagándose",
        ),
        (r"server does not support SSL", "el servidor no usa SSL"),
        (r"in a read-only transaction", "el servidor o el usuario es de solo lectura"),
        (
            r"due to (statement|lock|idle-in-transaction|transaction) timeout",
            "el servidor no espera tanto a ese usuario: {0}",
        ),
        (r"permission denied for (database|schema|table|view) (.+)", "no hay permiso en {0} {1}"),
        (r"permission denied (?:for|to) (.+)", "no hay permiso: {0}"),
        (
            r'must (?:be able to SET ROLE|be member of role|have admin option on role) "(.+)"',
            "el usuario no es miembro de «{0}»",
        ),
        (r"must be owner of (database|schema|table|view) (.+)", "el dueño de {0} {1} es otro"),
        (r'"(.+)" is not a table', "«{0}» está allí y no es una tabla"),
        (
            r'violates foreign key constraint ".+" on table "(.+)"',
            "la tabla «{0}» tiene una clave foránea hacia una tabla publicada",
        ),
        (
            r"could not (?:extend|write|create|open) .*No space left on device",
            "no queda espacio en el disco del servidor",
        ),
        (
            r"numeric field overflow",
            "una suma no cabe en su columna: corrija con una versión o un registro posterior la "
            "meta o la ejecución desmedida",
        ),
        (
            r"server closed the connection|terminating connection due to administrator",
            "se cortó la conexión",
        ),
        (r"connection to server .*failed: Connection refused", "nadie atiende en esa dirección"),
    )
)


def usual_answer(text: str) -> str | None:
    """Say what a server's message means; None where it is none of the usual ones."""
    for sign, meaning in _USUAL:
        if found := sign.search(text):
            named = [_OURS.get(part, part) for part in found.groups()]
            return meaning.format(*named)
    return None


def server_answer(failure: Exception) -> str:
    """Say in a few words what a server, or the way to it, answered; what is not usual, as it is."""
    text = str(failure).strip()
    lines = text.splitlines() or [type(failure).__name__]
    return usual_answer(text) or in_spanish(lines[0][:300])
