"""The sections of a plan's page and of a unit's, in their order: the one place to add one.

A section is an entry here, the tables that it reads (tables.py) and a script
`static/js/secciones/<name>.js` that draws it. It is left out where `shown` finds nothing to show.
Belongs here: which sections there are and when. Does not: how they look.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from orchestration.dashboard.reading import Rows

Data = Mapping[str, Rows]


@dataclass(frozen=True)
class Section:
    """A part of a page.

    Attributes:
        name: its id in the page, and the name of its script.
        title: heading.
        lead: what the reader sees there, in one sentence.
        shown: whether a plan's data have anything for it.
        unit: stands on a unit's page.
        unit_shown: the same as `shown`, of a unit's data; None = as of a plan's.
        wide: takes the whole width of the page.
    """

    name: str
    title: str
    lead: str
    shown: Callable[[Data], bool]
    unit: bool = False
    unit_shown: Callable[[Data], bool] | None = None
    wide: bool = True


def _followed(data: Data) -> bool:
    return bool(data["plan"][0]["con_seguimiento"])


def _advances(data: Data) -> bool:
    """Whether any activity was ever measured: a plan may have figures of its actions only."""
    return any(row["avance_fisico_pct"] is not None for row in data["avance_ao"])


SECTIONS = (
    Section(
        "claves",
        "Cifras clave",
        "Lo programado y lo ejecutado hasta el corte.",
        lambda data: bool(data["entidad"]),
        unit=True,
        unit_shown=lambda data: bool(data["avance_cc"]),
    ),
    Section(
        "semaforo",
        "Semáforo por nivel",
        "Cuántos elementos hay de cada color. Toque un número para ver cuáles.",
        lambda data: _followed(data) and any(row["cantidad"] for row in data["semaforizacion"]),
        wide=False,
    ),
    Section(
        "curva",
        "Curva S",
        "Qué parte de la meta del año estaba programada a cada mes, y qué parte se ejecutó.",
        lambda data: any(row["programado_anual_pct"] is not None for row in data["entidad"]),
        wide=False,
    ),
    Section(
        "meses",
        "Avance por corte",
        "Avance físico y del dinero a cada corte, de enero en adelante.",
        lambda data: (
            _followed(data)
            and len(data["entidad"]) > 1
            and any(
                row["avance_parcial_pct"] is not None or row["avance_financiero_pct"] is not None
                for row in data["entidad"]
            )
        ),
        wide=False,
    ),
    Section(
        "dispersion",
        "Físico y dinero",
        "Cada punto es una actividad: su avance físico contra el de su dinero.",
        lambda data: any(
            row["avance_fisico_pct"] is not None and row["avance_financiero_pct"] is not None
            for row in data["avance_ao"]
        ),
        wide=False,
    ),
    Section(
        "proyeccion",
        "Proyección",
        "Cómo terminará el año si todo sigue como va, y qué hay que ejecutar cada mes para llegar.",
        lambda data: bool(data["proyeccion"]),
    ),
    Section(
        "versiones",
        "Versiones del plan",
        "La misma ejecución contra el plan aprobado, el consistente con el presupuesto de "
        "apertura y el modificado: cuánto cambió la reprogramación.",
        lambda data: bool(data["versiones"]),
    ),
    Section(
        "arbol",
        "Objetivos, acciones y actividades",
        "Abra un objetivo (OEI) para ver sus acciones (AEI), y una acción para ver sus "
        "actividades (AO).",
        lambda data: bool(data["objetivos"]),
        unit=True,
    ),
    Section(
        "peores",
        "Las diez que más restan",
        "Actividades que más puntos le quitan al avance de la entidad.",
        _advances,
    ),
    Section(
        "calor",
        "Mapa de actividades y meses",
        "El semáforo de cada actividad a cada corte.",
        lambda data: bool(data["actividades"]) and _followed(data),
        unit=True,
    ),
    Section(
        "unidades",
        "Unidades",
        "Cada centro de costo, con las actividades propias y las de quienes dependen de él.",
        lambda data: bool(data["avance_cc"]),
    ),
    Section(
        "indicadores",
        "Indicadores y resultados",
        "Lo programado y lo obtenido en cada indicador, y los logrados de cada objetivo.",
        lambda data: bool(data["indicadores"]),
    ),
    Section(
        "presupuesto",
        "Presupuesto",
        "Presupuesto de apertura (PIA), modificado (PIM) y ejecución.",
        lambda data: bool(data["presupuesto"]),
    ),
    Section(
        "cronograma",
        "Cronograma por unidad",
        "Qué parte de su año programa cada unidad en cada mes.",
        lambda data: bool(data["cronograma"]),
        unit=True,
    ),
    Section(
        "completitud",
        "Registros al día",
        "Qué parte de los registros que ya debían estar hizo cada unidad, mes a mes.",
        lambda data: bool(data["completitud"]),
        unit=True,
    ),
    Section(
        "compromisos",
        "Compromisos",
        "Lo que la evaluación recomendó, quién responde, para cuándo y si se cumplió.",
        lambda data: bool(data["compromisos"]),
        unit=True,
    ),
    Section(
        "alertas",
        "Alertas abiertas",
        "Lo que la revisión de los datos encontró y nadie ha resuelto.",
        lambda data: True,
        unit=True,
    ),
)


def plan_sections(data: Data) -> list[Section]:
    """Sections of the plan's page."""
    return _side_by_side(section for section in SECTIONS if section.shown(data))


def unit_sections(data: Data) -> list[Section]:
    """Sections of a unit's page, `data` being the unit's own."""
    return _side_by_side(
        section
        for section in SECTIONS
        if section.unit and (section.unit_shown or section.shown)(data)
    )


def _side_by_side(sections: Iterable[Section]) -> list[Section]:
    """Half-width sections stand in pairs; one left without a neighbour takes the whole width."""
    placed: list[Section] = []
    alone = False
    for section in sections:
        if section.wide and alone:
            placed[-1] = replace(placed[-1], wide=True)
        alone = not section.wide and not alone
        placed.append(section)
    if alone:
        placed[-1] = replace(placed[-1], wide=True)
    return placed
