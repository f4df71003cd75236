"""Random methods, bands, entities, trees of cost centres, indicators and budgets."""

from __future__ import annotations

from decimal import Decimal

from .drafting import Draft
from .inputs import Row

# Cut points with the side that holds each: True where the upper band includes its lower limit.
PRINTED_BANDS = (
    (("rojo", "amarillo", "verde"), ("75", True), ("95", False)),
    (("rojo", "amarillo", "verde"), ("75", True), ("95", True)),
    (("rojo", "naranja", "verde"), ("50", True), ("75", True)),
)
COLOURS = ("rojo", "naranja", "amarillo", "verde")


def draft_bands(draft: Draft, method_id: str, scope: str) -> list[Decimal]:
    """Bands of one scope; returns their cut points."""
    rng = draft.rng
    if draft.chance(0.6):
        colours, *cuts = rng.choice(PRINTED_BANDS)
    else:
        colours = list(COLOURS[: rng.choice((3, 4, 4))])
        if draft.chance(0.2):
            rng.shuffle(colours)
        limits = sorted(rng.sample((25, 50, 60, 75, 90, 95, 100), len(colours) - 1))
        fraction = rng.choice(("", "", ".5", ".25"))
        cuts = [(f"{limit}{fraction}", draft.chance(0.5)) for limit in limits]
    lower = [(None, draft.chance(0.5)), *((Decimal(c), up) for c, up in cuts)]
    upper = [*((Decimal(c), not up) for c, up in cuts), (None, draft.chance(0.5))]
    for colour, (since, closed), (until, shut) in zip(colours, lower, upper, strict=True):
        draft.add(
            "semaforo_bandas",
            metodologia_id=method_id,
            ambito=scope,
            color=colour,
            desde=since,
            incluye_desde=closed,
            hasta=until,
            incluye_hasta=shut,
            etiqueta=f"Avance «{colour}», {scope}",
            hex="#a0b1c2",
        )
    return [Decimal(c) for c, _ in cuts]


def draft_method(draft: Draft, method_id: str, turn: int) -> tuple[Row, list[Decimal]]:
    """A method with random rules; returns it with the cut points of its physical bands.

    The rules with the most values, or the rarest effects, take turns: every folder has them all.
    """
    rng = draft.rng
    method = draft.add(
        "metodologias",
        metodologia_id=method_id,
        nombre=f"Método {method_id}",
        tope_pct=rng.choice((None, Decimal(100), Decimal(100), Decimal("120.5"))),
        regla_no_acumulado=rng.choice(("promedio_mensual", "acumulado")),
        sin_programacion=rng.choice(("excluir", "cien")),
        sin_seguimiento=("bloquear", "cero")[turn % 2],
        ponderacion=rng.choice(("simple", "ponderada")),
        promedio_entidad=rng.choice(("actividades", "acciones", "objetivos")),
        decimales_actividad=(turn + turn // 5) % 5,
        plazo_registro_meses=turn // 2 % 4,
    )
    cuts = draft_bands(draft, method_id, "fisico")
    draft_bands(draft, method_id, "indicador")
    if draft.chance(0.8):
        draft_bands(draft, method_id, "financiero")
    return method, cuts


def draft_entity(draft: Draft, entity_id: str) -> list[str]:
    """An entity with a tree of cost centres, half of the trees four deep or more."""
    rng = draft.rng
    draft.add(
        "entidades",
        entidad_id=entity_id,
        nombre=f"Entidad {entity_id}",
        pais=rng.choice(("PE", "BO")),
        nivel_gobierno=rng.choice(("nacional", "regional", "local")),
        moneda=rng.choice(("PEN", "BOB")),
    )
    codes = [f"{number:02d}" for number in range(1, rng.randint(2, 8) + 1)]
    rng.shuffle(codes)
    chain = draft.chance(0.5)
    for place, code in enumerate(codes):
        parent = None
        if place and (chain or draft.chance(0.7)):
            parent = codes[place - 1] if chain else rng.choice(codes[:place])
        draft.add(
            "centros_costo",
            entidad_id=entity_id,
            centro_costo_id=code,
            nombre=f'Unidad "{code}", gestión',
            centro_padre_id=parent,
        )
    return codes


def draft_indicators(draft: Draft, plan: Row, elements: list[str], cortes: list[int]) -> None:
    """Indicators of OEIs and AEIs with results at some cortes."""
    rng = draft.rng
    key = {"entidad_id": plan["entidad_id"], "plan_id": plan["plan_id"]}
    for number in range(rng.randint(0, 5)):
        base = draft.maybe(0.4, 0, 50)
        draft.add(
            "indicadores",
            **key,
            indicador_id=f"IND.{number}",
            elemento_id=rng.choice(elements),
            nombre="Porcentaje de hogares atendidos",
            unidad_medida="Porcentaje",
            sentido=rng.choice(("ascendente", "descendente")),
            linea_base=base,
        )
        for corte in rng.sample(cortes, min(len(cortes), rng.randint(0, 3))):
            target = rng.choice((Decimal(0), Decimal(100), Decimal(80), base))
            if target is None or draft.chance(0.5):
                target = draft.number(0, 120)
            ratio = rng.choice((Decimal("0.75"), Decimal("0.95"), Decimal(1), Decimal(0), None))
            obtained = draft.maybe(0.8, 0, 150) if ratio is None else _places(target * ratio)
            draft.add(
                "indicador_resultados",
                **key,
                indicador_id=f"IND.{number}",
                mes_corte=corte,
                programado=target,
                obtenido=obtained if draft.chance(0.9) else None,
            )


def _places(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))


def draft_budget(draft: Draft, entity_id: str, year: int) -> None:
    """Budget lines of a year, with nulls and zeros where a budget has them."""
    rng = draft.rng
    for corte in rng.sample((3, 6, 12), rng.randint(0, 2)):
        for kind in ("ingreso", "gasto"):
            for number in range(rng.randint(0, 4)):
                pim = rng.choice((None, Decimal(0), draft.number(1, 9_000_000, 2)))
                draft.add(
                    "presupuesto",
                    entidad_id=entity_id,
                    anio=year,
                    mes_corte=corte,
                    tipo=kind,
                    rubro=f"2.{number} BIENES, SERVICIOS",
                    pia=draft.maybe(0.8, 0, 9_000_000, 2),
                    pim=pim if draft.chance(0.4) else draft.number(1, 9_000_000, 2),
                    ejecucion=draft.maybe(0.8, 0, 9_000_000, 2),
                )
