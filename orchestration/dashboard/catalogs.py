"""Catalogs that pages of every plan share: bands, quality rules, months, methods.

Belongs here: their queries. Does not: anything of one plan.
"""

from orchestration.dashboard.colours import ink_on, outline_of
from orchestration.dashboard.reading import Rows
from orchestration.reports.marts import Marts

_QUERIES = {
    "bandas": """
        select metodologia_id, ambito, color, letra, etiqueta, hex, orden
        from marts.dim_semaforo order by metodologia_id, ambito, orden
    """,
    "reglas": """
        select regla_id, titulo, severidad, responsable, significado, que_hacer
        from catalogos.reglas_calidad order by regla_id
    """,
    "meses": "select distinct mes, nombre_mes from marts.dim_periodo order by mes",
}


def read_catalogs(marts: Marts) -> dict[str, Rows]:
    """Every catalog, by name; a band also has the ink on its colour and the line around it."""
    found = {name: marts.rows(query) for name, query in _QUERIES.items()}
    for band in found["bandas"]:
        band["tinta"] = ink_on(str(band["hex"]))
        band["borde"] = outline_of(str(band["hex"]))
    return found
