"""Which figure is meant: the entity, plan, element and corte that a person names.

Belongs here: finding them, and the nearest ones where there is none. Does not: their figures.
"""

from dataclasses import dataclass

from orchestration.errors import MisuseError, SemaforoError
from orchestration.explaining.reading import Build, Row
from orchestration.months import means_month
from orchestration.nearest import nearest

SHOWN = 3

_ELEMENTS = """
    select 'AO' as nivel, actividad_id as codigo, nombre from staging.stg_actividades
    where entidad_id = $entidad_id and plan_id = $plan_id
    union all
    select 'AEI', aei_id, nombre from staging.stg_acciones
    where entidad_id = $entidad_id and plan_id = $plan_id
    union all
    select 'OEI', oei_id, nombre from staging.stg_objetivos
    where entidad_id = $entidad_id and plan_id = $plan_id
    union all
    select 'CC', centro_costo_id, nombre from staging.stg_centros_costo
    where entidad_id = $entidad_id
    union all
    select 'IND', indicador_id, nombre from staging.stg_indicadores
    where entidad_id = $entidad_id and plan_id = $plan_id
    union all
    select 'ENTIDAD', entidad_id, nombre from staging.stg_entidades
    where entidad_id = $entidad_id
"""

# An indicator has the cortes of its results, everything else those of the plan.
_CORTES = """
    select corte.mes_corte as mes, periodo.nombre_mes
    from intermediate.{cortes} as corte
    join marts.dim_periodo as periodo
        on periodo.anio = $anio and periodo.mes = corte.mes_corte
    where corte.entidad_id = $entidad_id and corte.plan_id = $plan_id and {those}
    order by corte.mes_corte
"""

LEVELS = ("AO", "AEI", "OEI", "CC", "IND", "ENTIDAD")
SCOPES = ("propio", "total")


@dataclass(frozen=True)
class Asked:
    """What is to be explained.

    Attributes:
        plan: row of dim_plan, with the name of the entity.
        level: of LEVELS.
        element: its code.
        name: its name.
        scope: of SCOPES for a cost centre; empty for any other level.
        corte: month.
        month: name of the month.
    """

    plan: Row
    level: str
    element: str
    name: str
    scope: str
    corte: int
    month: str

    @property
    def key(self) -> dict[str, object]:
        """Parameters that pick the element at the corte."""
        return self.at(self.level, self.element, self.scope)

    def at(self, level: str, element: str, scope: str = "") -> dict[str, object]:
        """Parameters that pick another element of the plan at the same corte."""
        return {
            "entidad_id": self.plan["entidad_id"],
            "plan_id": self.plan["plan_id"],
            "mes_corte": self.corte,
            "nivel": level,
            "elemento_id": element,
            "alcance": scope,
        }


def find(
    build: Build,
    *,
    entity: str,
    plan: str,
    element: str,
    corte: str,
    level: str | None = None,
    scope: str | None = None,
) -> Asked:
    """Find what a person names; `scope` None is a centre's own activities.

    Raises:
        MisuseError: there is no such level or scope.
        SemaforoError: one of the names is unknown, or stands for several; names the nearest.
    """
    if level is not None and level.upper() not in LEVELS:
        raise MisuseError(f"--nivel: «{level}» no existe; use uno de: {', '.join(LEVELS)}")
    if scope is not None and scope not in SCOPES:
        raise MisuseError(f"--alcance: «{scope}» no existe; use uno de: {', '.join(SCOPES)}")
    entities = build.rows("select entidad_id as codigo, nombre from staging.stg_entidades")
    _one("la entidad", entity, entities, "en este almacén")
    plans = build.rows(
        """
        select plan.*, plan.plan_id as codigo, entidad.nombre as entidad, entidad.moneda
        from marts.dim_plan as plan join marts.dim_entidad as entidad using (entidad_id)
        where entidad_id = $entidad_id
        """,
        entidad_id=entity,
    )
    found_plan = _one("el plan", plan, plans, f"en la entidad {entity}")
    found = _element(build.rows(_ELEMENTS, entidad_id=entity, plan_id=plan), plan, element, level)
    month = _corte(build, found_plan, found, corte)
    if scope is not None and found["nivel"] != "CC":
        raise SemaforoError(
            f"--alcance es de un centro de costo y {element} es {found['nivel']}; quítelo"
        )
    return Asked(
        plan=found_plan,
        level=str(found["nivel"]),
        element=element,
        name=str(found["nombre"]),
        scope=(scope or SCOPES[0]) if found["nivel"] == "CC" else "",
        corte=int(str(month["mes"])),
        month=str(month["nombre_mes"]),
    )


def _element(elements: list[Row], plan: str, wanted: str, level: str | None) -> Row:
    """Give the element of a code, at the level asked for where one is."""
    named = [row for row in elements if row["codigo"] == wanted]
    levels = ", ".join(str(row["nivel"]) for row in named)
    if level is not None:
        of_level = [row for row in named if row["nivel"] == level.upper()]
        if named and not of_level:
            raise SemaforoError(
                f"--nivel {level.upper()}: en el plan {plan}, {wanted} es {levels}; quite la opción"
            )
        named = of_level
        elements = [row for row in elements if row["nivel"] == level.upper()]
    if len(named) > 1:
        raise SemaforoError(f"{wanted} es varios elementos ({levels}); diga cuál con --nivel")
    return _one("el elemento", wanted, elements, f"en el plan {plan}")


def _one(kind: str, wanted: str, rows: list[Row], where: str) -> Row:
    """Give the row of a code, or refuse with the codes most like it."""
    for row in rows:
        if row["codigo"] == wanted:
            return row
    raise SemaforoError(f"no existe {kind} «{wanted}» {where}; {_nearest(wanted, rows)}")


def _nearest(wanted: str, rows: list[Row]) -> str:
    if not rows:
        return "no hay ninguno"
    texts: dict[str, Row] = {}
    for row in rows:
        texts.setdefault(str(row["codigo"]).casefold(), row)
        texts.setdefault(str(row["nombre"]).casefold(), row)
    looked = wanted.casefold()
    close = nearest(wanted, texts, count=SHOWN)
    close += [text for text in texts if len(looked) > 2 and looked in text and text not in close]
    shown = list({str(texts[text]["codigo"]): texts[text] for text in close}.values())[:SHOWN]
    words = "¿quiso decir" if shown else "hay, por ejemplo,"
    listed = "; ".join(_named(row) for row in shown or rows[:SHOWN])
    return f"{words} {listed}{'?' if shown else ''}"


def _named(row: Row) -> str:
    name = str(row["nombre"])
    return f"{row['codigo']} ({name[:50]}{'…' if len(name) > 50 else ''})"


def _corte(build: Build, plan: Row, element: Row, wanted: str) -> Row:
    """Read a corte, given as a number or as the name of its month, or three letters of it."""
    of_results = element["nivel"] == "IND"
    query = _CORTES.format(
        cortes="int_indicador" if of_results else "int_plan_corte",
        those="corte.indicador_id = $indicador_id" if of_results else "true",
    )
    cortes = build.rows(
        query,
        anio=plan["anio"],
        entidad_id=plan["entidad_id"],
        plan_id=plan["plan_id"],
        indicador_id=element["codigo"],
    )
    for row in cortes:
        if means_month(wanted, int(str(row["mes"])), str(row["nombre_mes"])):
            return row
    listed = ", ".join(str(row["mes"]) for row in cortes) or "ninguno"
    who = f"indicador {element['codigo']}" if of_results else f"plan {plan['plan_id']}"
    raise SemaforoError(f"el {who} no tiene el corte «{wanted}»; tiene {listed}")
