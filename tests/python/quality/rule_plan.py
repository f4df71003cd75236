"""A plan in which every rule finds something, and passes something just short of it.

As of 2024-08-15, one month to register: months 1 to 6 are due, corte 6 is judged. An activity
is clean unless its line says otherwise: it programmes 10 a month and money of its own each month,
executes both to the letter in months 1 to 6 and registers each month on the 10th of the next.
So whatever an activity shows comes from what its line changes. `*_NOT` stand at the threshold.
"""

from dataclasses import dataclass, field

import small_plan

AS_OF = "2024-08-15"
MONTHS = range(1, 13)
DUE = range(1, 7)

KEYS = {"entidad_id": "muni", "plan_id": "poi-2024"}
WEIGHTED = {"entidad_id": "muni", "plan_id": "poa-2024"}

TWELVE = (10,) * 12
SIX = (10,) * 6


@dataclass
class Activity:
    """One activity and its deviations from the clean one.

    Attributes:
        code: identifier; also its name, unless `name` is given.
        money: programmed money of each month; None = an amount of its own.
        spent: executed money of months 1 to 6; None = as programmed.
        months: registered physical execution from month 1 on.
        days: day of the first registration, by month, where it is not the 10th of the next.
        again: further registrations: (month, date, physical, money; None = as before).
        versions: reprogrammings: (month, version, date, physical), and money where it changes.
    """

    code: str
    action: str = "AEI.S"
    centre: str = "CC.S"
    kind: str = "acumulado_anual"
    unit: str = "atención"
    name: str | None = None
    programmed: tuple = TWELVE
    money: tuple | None = None
    months: tuple = SIX
    spent: tuple | None = None
    first: int | None = None
    last: int | None = None
    days: dict = field(default_factory=dict)
    again: tuple = ()
    versions: tuple = ()


SPECIAL = [
    Activity("S01", action="AEI.BLOQUEADA", months=(10, 10, 10, None, 10, 10)),
    Activity("S01_NOT", months=(10, 10, 10, 0, 10, 20)),
    Activity("S02", days={1: "2024-03-01"}),
    Activity("S02_NOT", days={1: "2024-02-29"}),
    Activity(
        "S03",
        programmed=(0,) * 6 + (10,) * 6,
        money=(0,) * 6 + (100,) * 6,
        months=(0, 0, 5, 0, 0, 0),
        spent=(0,) * 6,
    ),
    Activity(
        "S03_NOT",
        programmed=(0,) * 6 + (10,) * 6,
        money=(0,) * 6 + (100,) * 6,
        months=(0,) * 6,
        spent=(0,) * 6,
    ),
    Activity("S04", months=(10, 10, 10, 10, 10, 41)),
    Activity("S04_NOT", months=(10, 10, 10, 10, 10, 40)),
    Activity("S04_TYPO", months=(10, 10, 10, 10, 10, 551)),
    Activity("S04_NO_TYPO", months=(10, 10, 10, 10, 10, 550)),
    Activity("S05", months=(0,) * 6),
    Activity("S05_NOT", months=(0,) * 6, spent=(0,) * 6),
    Activity("S06", months=(10, 10, 10, 10, 5, 0), spent=(0,) * 6),
    Activity("S06_NOT", months=(10, 10, 10, 10, 4, 0), spent=(0,) * 6),
    Activity("S07", money=(100,) * 12, spent=(120, 120, 120, 120, 120, 121)),
    Activity("S07_NOT", money=(100,) * 12, spent=(120,) * 6),
    Activity("S07_UNPLANNED", money=(0,) * 12, spent=(0, 0, 0, 0, 0, 5)),
    Activity("S08_A", money=(55,) * 12),
    Activity("S08_B", money=(55,) * 12),
    Activity("S08_C", money=(55,) * 12),
    Activity("S08_NOT_A", money=(66,) * 12),
    Activity("S08_NOT_B", money=(66,) * 12),
    Activity("S08_NOT_OTHER_CENTRE", centre="CC.T", money=(66,) * 12),
    Activity(
        "S09", centre="CC.T", months=(10, 9, 10, 10, 10, 10), again=((2, "2024-04-05", 10, None),)
    ),
    Activity("S09_NOT", centre="CC.T", again=((2, "2024-04-05", 10, None),)),
    Activity("S10", centre="CC.T", money=(100,) * 12, spent=(59,) * 6),
    Activity("S10_NOT", centre="CC.T", money=(100,) * 12, spent=(60,) * 6),
    Activity("S10_REVERSE", centre="CC.T", money=(100,) * 12, months=(5,) * 6, spent=(91,) * 6),
    Activity("P02", centre="CC.T", first=2, last=11),
    Activity("P02_NOT", centre="CC.T", first=1, last=12),
    Activity("P03", centre="CC.T", unit="Informe"),
    Activity("P03_ACCENT", centre="CC.T", unit="Acción."),
    Activity("P03_NOT", centre="CC.T", unit="INFORME", programmed=(10,) * 11 + (11,)),
    Activity("P03_NOT_GENERIC", centre="CC.T", unit="Informes de laboratorio"),
    Activity("P04", centre="CC.T", programmed=(0,) * 12, months=(None,) * 6, spent=(None,) * 6),
    Activity("P04_REVERSE", centre="CC.T", money=(0,) * 12, spent=(0,) * 6),
    Activity("P07_A", centre="CC.T", name="Atención de  trámites"),
    Activity("P07_B", centre="CC.T", name="ATENCIÓN DE TRÁMITES"),
    Activity("P07_NOT", centre="CC.T", name="Atención de trámites urgentes"),
    Activity("P08", centre="CC.T", versions=((3, 1, "2024-04-10", 11),)),
    Activity(
        "P08_SENT_AGAIN",
        centre="CC.T",
        versions=((3, 1, "2024-04-10", 11), (3, 2, "2024-05-10", 11)),
    ),
    Activity("P08_NOT", centre="CC.T", versions=((3, 1, "2024-03-31", 11),)),
    Activity("P08_NOT_SAME", centre="CC.T", versions=((3, 1, "2024-04-10", 10),)),
    Activity("R03", centre="CC.T", kind="acumulado_mensual", months=(10, 10, 10, 10, 1, 1)),
    Activity("R03_NOT", centre="CC.T", kind="acumulado_mensual", months=(10, 10, 10, 10, 10, 1)),
    # Executed is 54 and 57 of the approved 60, and all of what June was lowered to.
    Activity("P09", centre="CC.R", months=(10,) * 5 + (4,), versions=((6, 1, "2024-06-28", 4),)),
    Activity(
        "P09_NOT", centre="CC.R", months=(10,) * 5 + (7,), versions=((6, 1, "2024-06-28", 7),)
    ),
    Activity(
        "P09_NOT_MET", centre="CC.R", months=(10,) * 5 + (4,), versions=((6, 1, "2024-06-28", 8),)
    ),
    Activity(
        "P09_NOTHING_LEFT",
        centre="CC.R",
        money=(0,) * 12,
        months=(0,) * 6,
        spent=(0,) * 6,
        versions=tuple((month, 1, "2024-01-15", 0) for month in MONTHS),
    ),
    # Dropped: 15 of the approved 60, and what has no target is not registered any more.
    Activity(
        "P09_DROPPED",
        centre="CC.R",
        money=(0,) * 12,
        months=(10, 5, None, None, None, None),
        spent=(0, 0) + (None,) * 4,
        versions=tuple((month, 1, "2024-01-15", 0) for month in MONTHS),
    ),
    # Six of 606 are executed to the letter, in a unit that executes half of what it programmes.
    Activity("R07", centre="CC.X", programmed=(1,) * 6 + (100,) * 6, months=(1,) * 6),
    *(
        Activity(
            f"R07_SLOW_{letter}",
            centre="CC.X",
            months=(5,) * 6,
            money=(100 + place,) * 12,
            spent=(50 + place,) * 6,
        )
        for place, letter in enumerate("ABCDEF")
    ),
    # Months 1 to 6: mean 10, standard deviation √(20/5) = 2, so the limit is 16.
    Activity("R06", centre="CC.T", months=(13, 7, 11, 9, 10, 10, 17)),
    Activity("R06_NOT", centre="CC.T", months=(13, 7, 11, 9, 10, 10, 16)),
    # Month 6 is 17 deviations over the mean of five months: too few to say.
    Activity("R06_NOT_FIVE_EARLIER", centre="CC.T", months=(8, 8, 9, 8, 9, 18)),
    Activity("R06_EQUAL_MONTHS", centre="CC.T", months=(10,) * 6 + (11,)),
    # Nothing was to be done before July, and that was registered: July is its first month.
    Activity(
        "R06_NOT_STARTS_LATE",
        action="AEI.VERDE",
        centre="CC.T",
        programmed=(0,) * 6 + (10,) * 6,
        money=(0,) * 6 + (103,) * 6,
        months=(0,) * 6 + (10,),
        spent=(0,) * 6,
    ),
    Activity("GREEN", action="AEI.VERDE", centre="CC.T"),
    Activity(
        "RED", action="AEI.ROJA", centre="CC.U", months=(5,) * 6, spent=(0,) * 6, money=(0,) * 12
    ),
    Activity("YELLOW", action="AEI.AMARILLA", centre="CC.U", months=(8,) * 6),
    Activity("S11", action="AEI.VERDE", centre="CC.U", days={6: "2024-05-31"}),
    Activity("S11_NOT", action="AEI.VERDE", centre="CC.U", days={6: "2024-06-01"}),
    Activity(
        "S11_NOT_DUE", action="AEI.VERDE", centre="CC.U", months=(10,) * 7, days={7: "2024-06-20"}
    ),
    Activity(
        "S11_AGAIN",
        action="AEI.VERDE",
        centre="CC.U",
        days={6: "2024-05-31"},
        again=((6, "2024-07-10", 10, None),),
    ),
    # Corrected, then sent again unchanged.
    Activity(
        "S09_SENT_AGAIN",
        action="AEI.VERDE",
        centre="CC.S",
        again=((2, "2024-04-05", 9, None), (2, "2024-05-05", 9, None)),
    ),
    # Withdrawn, then given again.
    Activity(
        "S09_WITHDRAWN",
        action="AEI.VERDE",
        centre="CC.S",
        again=((2, "2024-04-05", None, None), (2, "2024-05-05", 9, None)),
    ),
    Activity(
        "S09_MONEY",
        action="AEI.VERDE",
        centre="CC.S",
        money=(2000,) * 12,
        again=((2, "2024-04-05", 10, 1950),),
    ),
    Activity(
        "P08_MONEY",
        action="AEI.VERDE",
        centre="CC.S",
        money=(3000,) * 12,
        versions=((3, 1, "2024-04-10", 10, 2900),),
    ),
    # Changed twice after the month was over, by two versions of one day.
    Activity(
        "P08_TWICE",
        action="AEI.VERDE",
        centre="CC.S",
        versions=((3, 1, "2024-04-10", 11), (3, 2, "2024-04-10", 12)),
    ),
]

# 121 clean ones: 40 and 41 of a centre, 60 and 61 of an action are the two sides of P06.
FILLING = [
    Activity(
        f"F{number:03}",
        action="AEI.60" if number <= 60 else "AEI.61",
        centre="CC.40" if number <= 40 else "CC.41" if number <= 81 else "CC.V",
    )
    for number in range(1, 122)
]

ACTIVITIES = SPECIAL + FILLING
CENTRES = ["CC.S", "CC.T", "CC.U", "CC.V", "CC.R", "CC.X", "CC.40", "CC.41"]

ACTIONS = {
    "AEI.S": "OEI.S",
    "AEI.60": "OEI.S",
    "AEI.61": "OEI.S",
    "AEI.BLOQUEADA": "OEI.S",
    "AEI.VACIA": "OEI.S",
    "AEI.VERDE": "OEI.VERDE",
    "AEI.ROJA": "OEI.ROJO",
    "AEI.AMARILLA": "OEI.AMARILLO",
}
OBJECTIVES = ["OEI.S", "OEI.VERDE", "OEI.ROJO", "OEI.AMARILLO", "OEI.VACIO"]

# (indicator, objective, programmed and obtained at corte 6; no target = at the end of the year)
INDICATORS = [
    ("IND.VERDE", "OEI.VERDE", 10, 1),
    ("IND.ROJO", "OEI.ROJO", 10, 10),
    ("IND.AMARILLO", "OEI.AMARILLO", 10, 1),
    ("R01", "OEI.VACIO", 10, None),
    ("R01_NOT", "OEI.VACIO", 10, 0),
    ("R01_NOT_DUE", "OEI.VACIO", None, None),
]

# (line, pim, executed); their total is 207 of 1,200.
BUDGET = [("R05", 100, 101), ("R05_NOT", 100, 100), ("R05_NO_PIM", 0, 6), ("Resto", 1000, 0)]

# (commitment, due, state, advance, evidence), all registered on 2024-05-02: 2024-05-17 is 90 days
# before the date of the rules.
COMMITMENTS = [
    ("R08", "2024-08-14", "pendiente", None, None),
    ("R08_NOT", "2024-08-15", "en_proceso", None, None),
    ("R08_LONG", "2024-05-16", "en_proceso", 50, None),
    ("R08_NOT_LONG", "2024-05-17", "pendiente", 0, None),
    ("R08_DONE", "2024-05-16", "cumplido", 100, "Acta 1"),
    ("R08_SOMEDAY", None, "pendiente", None, None),
    ("R09_UNPROVEN", "2024-12-31", "cumplido", 100, None),
    ("R09_UNFINISHED", "2024-12-31", "cumplido", "99.5", "Acta 2"),
    ("R09_BOTH", "2024-12-31", "cumplido", 10, None),
    ("R09_DUE_BEFORE", "2024-05-01", "descartado", None, None),
    ("R09_NOT", "2024-05-02", "cumplido", None, "Acta 3"),
]

# (document, activity, measure, printed, note): P is 60 at corte 6 for each of them.
PUBLISHED = [
    ("informe-1", "F001", "programado_fisico", 61, None),
    ("informe-2", "F001", "programado_fisico", 61, "El informe suma un mes de más."),
    ("informe-3", "F001", "programado_fisico", 60, None),
]

# (action, objective, weight in the objective, weights of its activities)
WEIGHTS = [
    ("AEI.1", "OEI.1", 60, (60, 40)),
    ("AEI.2", "OEI.1", 40, (50, 49)),
    ("AEI.3", "OEI.2", 70, (100,)),
    ("AEI.4", "OEI.2", 29, (100,)),
    ("AEI.5", "OEI.3", 90, (90,)),
]


def _own_money(place: int) -> tuple:
    """Twelve amounts that no other activity has."""
    return (1000 + place,) * 12


def _programmed(activity: Activity, money: tuple) -> list[dict]:
    approved = [
        KEYS
        | {
            "actividad_id": activity.code,
            "mes": month,
            "version": 0,
            "fecha_version": "2023-12-20",
            "meta_fisica": activity.programmed[month - 1],
            "meta_financiera": money[month - 1],
        }
        for month in MONTHS
    ]
    later = [
        approved[month - 1]
        | {"version": version, "fecha_version": day, "meta_fisica": quantity}
        | ({"meta_financiera": amount[0]} if amount else {})
        for month, version, day, quantity, *amount in activity.versions
    ]
    return approved + later


def _executed(activity: Activity, money: tuple) -> list[dict]:
    spent = money[:6] if activity.spent is None else activity.spent
    rows = []
    for month, quantity in enumerate(activity.months, start=1):
        if quantity is None:
            continue
        amount = spent[month - 1] if month in DUE else None
        day = activity.days.get(month, f"2024-{month + 1:02}-10")
        rows.append(small_plan.executed_row(activity.code, month, day, quantity, amount))
        rows += [
            small_plan.executed_row(
                activity.code, month, later, corrected, amount if again is None else again
            )
            for changed, later, corrected, again in activity.again
            if changed == month
        ]
    return rows


def _plan(keys: dict, kind: str, method: str, followed: str) -> dict:
    return keys | {
        "tipo": kind,
        "nombre": f"Plan {keys['plan_id']}",
        "anio": 2024,
        "periodicidad": "mensual",
        "metodologia_id": method,
        "con_seguimiento": followed,
    }


def _bands(base: dict) -> list[dict]:
    return base["semaforo_bandas"] + [
        row | {"metodologia_id": "con-pesos"} for row in base["semaforo_bandas"]
    ]


def _weighted_plan() -> dict[str, list[dict]]:
    """A plan with weights and without follow-up.

    AEI.2 and OEI.2 lack one point each; AEI.5 and OEI.3, of one activity and one action, ten.
    """
    activities, targets = [], []
    for action, _, _, weights in WEIGHTS:
        for place, weight in enumerate(weights):
            code = f"{action}/{place}"
            activities.append(
                WEIGHTED
                | {
                    "actividad_id": code,
                    "aei_id": action,
                    "centro_costo_id": "CC.U",
                    "nombre": f"Producto {code}",
                    "unidad_medida": "atención",
                    "tipo_agregacion": "acumulado_anual",
                    "ponderacion": weight,
                }
            )
            targets.append(
                WEIGHTED
                | {
                    "actividad_id": code,
                    "mes": 12,
                    "version": 0,
                    "fecha_version": "2023-12-20",
                    "meta_fisica": 1,
                }
            )
    return {
        "objetivos": [
            WEIGHTED | {"oei_id": code, "nombre": f"Objetivo {code}"}
            for code in ("OEI.1", "OEI.2", "OEI.3")
        ],
        "acciones": [
            WEIGHTED
            | {"aei_id": action, "oei_id": objective, "nombre": action, "ponderacion": weight}
            for action, objective, weight, _ in WEIGHTS
        ],
        "actividades": activities,
        "metas_programadas": targets,
    }


def tables() -> dict[str, list[dict]]:
    """Give both plans, one list of rows per contract table."""
    base = small_plan.tables()
    weighted = _weighted_plan()
    money = {
        activity.code: activity.money or _own_money(place)
        for place, activity in enumerate(ACTIVITIES)
    }
    return {
        "metodologias": [
            small_plan.METHOD,
            small_plan.METHOD | {"metodologia_id": "con-pesos", "ponderacion": "ponderada"},
        ],
        "semaforo_bandas": _bands(base),
        "entidades": base["entidades"],
        "planes": [
            _plan(KEYS, "POI", "regla-chica", "true"),
            _plan(WEIGHTED, "POA", "con-pesos", "false"),
        ],
        "centros_costo": [
            {"entidad_id": "muni", "centro_costo_id": code, "nombre": f"Unidad {code}"}
            for code in CENTRES
        ],
        "objetivos": [KEYS | {"oei_id": code, "nombre": f"Objetivo {code}"} for code in OBJECTIVES]
        + weighted["objetivos"],
        "acciones": [
            KEYS | {"aei_id": action, "oei_id": objective, "nombre": action}
            for action, objective in ACTIONS.items()
        ]
        + weighted["acciones"],
        "actividades": [
            KEYS
            | {
                "actividad_id": activity.code,
                "aei_id": activity.action,
                "centro_costo_id": activity.centre,
                "nombre": activity.name or activity.code,
                "unidad_medida": activity.unit,
                "tipo_agregacion": activity.kind,
                "mes_inicio": activity.first,
                "mes_fin": activity.last,
            }
            for activity in ACTIVITIES
        ]
        + weighted["actividades"],
        "metas_programadas": [
            row for activity in ACTIVITIES for row in _programmed(activity, money[activity.code])
        ]
        + weighted["metas_programadas"],
        "compromisos": [
            KEYS
            | {
                "compromiso_id": code,
                "fecha_registro": "2024-05-02",
                "recomendacion": f"Recomendación {code}",
                "fecha_limite": due,
                "estado": state,
                "avance_pct": advance,
                "evidencia": evidence,
            }
            for code, due, state, advance, evidence in COMMITMENTS
        ],
        "metas_ejecutadas": [
            row for activity in ACTIVITIES for row in _executed(activity, money[activity.code])
        ]
        # Month 13 stays in quarantine: C01.
        + [small_plan.executed_row("F001", 13, "2024-07-10", 1)],
        "indicadores": [
            KEYS
            | {
                "indicador_id": code,
                "elemento_id": objective,
                "nombre": f"Indicador {code}",
                "unidad_medida": "número",
                "sentido": "ascendente",
            }
            for code, objective, _, _ in INDICATORS
        ],
        "indicador_resultados": [
            KEYS
            | {
                "indicador_id": code,
                "mes_corte": 12 if target is None else 6,
                "programado": 10 if target is None else target,
                "obtenido": obtained,
            }
            for code, _, target, obtained in INDICATORS
        ],
        "presupuesto": [
            {
                "entidad_id": "muni",
                "anio": 2024,
                "mes_corte": 6,
                "tipo": "gasto",
                "rubro": line,
                "pia": pim,
                "pim": pim,
                "ejecucion": executed,
            }
            for line, pim, executed in BUDGET
        ],
        "valores_publicados": [
            KEYS
            | {
                "documento": document,
                "mes_corte": 6,
                "nivel": "AO",
                "elemento_id": element,
                "medida": measure,
                "valor": value,
                "decimales": 0,
                "nota": note,
            }
            for document, element, measure, value, note in PUBLISHED
        ],
    }
