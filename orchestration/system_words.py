"""The usual words of the operating system, in Spanish.

Belongs here: what a file, a port or a server answers, in a few words. Does not: what to do about
it (failures.py, or who knows what was asked).
"""

import re

USUAL = {
    "No such file or directory": "no existe",
    "Not a directory": "una parte de la ruta no es una carpeta",
    "Is a directory": "es una carpeta",
    "File exists": "ya existe",
    "File name too long": "el nombre es demasiado largo",
    "Directory not empty": "la carpeta no está vacía",
    "Permission denied": "no hay permiso",
    "Operation not permitted": "no hay permiso",
    "No space left on device": "no queda espacio en el disco",
    "Disk quota exceeded": "se agotó la cuota de disco",
    "Read-only file system": "el disco es de solo lectura",
    "Input/output error": "el disco no responde",
    "Too many open files": "hay demasiados archivos abiertos",
    "Address already in use": "ya lo usa otro programa",
    "Cannot assign requested address": "esa dirección no es de este equipo",
    "Connection refused": "nadie atiende en esa dirección",
    "Connection reset by peer": "se cortó la conexión",
    "server closed the connection unexpectedly": "se cortó la conexión",
    "terminating connection": "se cortó la conexión",
    "Connection timed out": "no contestó a tiempo",
    "Network is unreachable": "no hay red",
    "No route to host": "no hay camino hasta el servidor",
    "Name or service not known": "no se conoce ese nombre de servidor",
    "nodename nor servname provided": "no se conoce ese nombre de servidor",
    "Temporary failure in name resolution": "no se puede averiguar la dirección del servidor",
}
_PATH = re.compile(r"""["'](/[^"']+)["']""")
_NUMBER = re.compile(r"^\[Errno -?\d+\] ")


def in_spanish(failure: OSError | str) -> str:
    """Say what the system says, with the path it names; what is not usual, as it is."""
    text = str(failure).strip()
    for words, meaning in USUAL.items():
        if words.lower() in text.lower():
            path = named_path(text)
            return f"{meaning}: {path}" if path else meaning
    return _NUMBER.sub("", text)


def named_path(text: str) -> str | None:
    """Give the path that a message of the system or of DuckDB quotes; None where none is."""
    found = _PATH.search(text)
    return found[1] if found else None
