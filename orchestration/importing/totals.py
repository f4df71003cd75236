"""Hold a report against its own totals, by the rules that its footnotes state.

Belongs here: what a printed report says twice. Does not: how the warehouse computes an advance;
that is in the models, and the reconciliation compares both.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from statistics import mean, median

from orchestration.importing.cells import half_up, heading
from orchestration.importing.findings import Finding
from orchestration.importing.methods import Method
from orchestration.importing.printed import Activity, Figure, Line, Report

_NOISE = 9
"""Decimals below which a figure is the noise of binary numbers."""

_SUM_DECIMALS = 2
"""Decimals at which a sum must be exact, also where a spreadsheet shows it as a whole number."""


def check_totals(report: Report, method: Method) -> list[Finding]:
    """List every figure of the report that is not what its own rows give."""
    findings: list[Finding] = []
    for activity in report.activities.values():
        findings.extend(_check_activity(activity, report, method))
    for code in report.actions:
        findings.extend(_check_action(code, report, method))
    findings.extend(_check_entity(report, method))
    return findings


def aggregation_of(activity: Activity) -> str:
    """Type of aggregation in the contract's words; empty where it is none of them."""
    return {
        "ACUMULADO ANUAL": "acumulado_anual",
        "ACUMULADO MENSUAL": "acumulado_mensual",
        "NO ACUMULADO": "no_acumulado",
    }.get(heading(activity.aggregation), "")


def accumulated(months: dict[int, Decimal], aggregation: str) -> Decimal:
    """Note (ii): the sum of the months, or the last above zero where it is accumulated monthly."""
    if aggregation == "acumulado_mensual":
        above_zero = [month for month, figure in months.items() if figure > 0]
        return months[max(above_zero)] if above_zero else Decimal(0)
    return sum(months.values(), Decimal(0))


def _agrees(calculated: Decimal, printed: Decimal, at_least: int = 0) -> bool:
    """Whether a figure, rounded half up to the printed decimals, is the printed one."""
    decimals = min(max(-printed.as_tuple().exponent, at_least), _NOISE)
    return half_up(half_up(calculated, 12), decimals) == half_up(printed, decimals)


def _text(figure: Decimal) -> str:
    rounded = half_up(figure, 4)
    return f"{rounded.quantize(Decimal(1)) if rounded == int(rounded) else rounded.normalize():,f}"


def _differs(
    figure: Figure, what: str, calculated: Decimal, at_least: int = 0
) -> Iterator[Finding]:
    """A finding where a printed total is not what it is the total of."""
    if figure.value is not None and not _agrees(calculated, figure.value, at_least):
        yield Finding(
            figure.place, f"{what} imprime {_text(figure.value)} y se calcula {_text(calculated)}"
        )


def _check_activity(activity: Activity, report: Report, method: Method) -> Iterator[Finding]:
    aggregation = aggregation_of(activity)
    if not aggregation:
        yield Finding(
            activity.place,
            f"{activity.code}: tipo de agregación «{activity.aggregation}» desconocido",
        )
        return
    for line, words in ((activity.programmed, "PROGRAMADO"), (activity.executed, "EJECUTADO")):
        if line is not None:
            yield from _check_line(activity, line, words, aggregation)
    yield from _check_state(activity, aggregation)
    yield from _check_advance(activity, report, aggregation, method)


def _check_line(activity: Activity, line: Line, words: str, aggregation: str) -> Iterator[Finding]:
    pairs = (
        ("físico", line.months, line.accumulated, accumulated(line.months, aggregation)),
        ("financiero", line.money, line.money_accumulated, sum(line.money.values(), Decimal(0))),
    )
    for measure, months, printed, calculated in pairs:
        # Without months there is nothing to add up: the accumulated figure is all there is.
        if months and printed is not None and not _agrees(calculated, printed, _SUM_DECIMALS):
            yield Finding(
                line.place,
                f"{activity.code}: {words} {measure} acumulado imprime {_text(printed)} y sus "
                f"meses dan {_text(calculated)}",
            )
        yield from (
            Finding(line.place, f"{activity.code}: {words} {measure} del mes {month} es negativo")
            for month, figure in months.items()
            if figure < 0
        )


def _programme(activity: Activity, aggregation: str) -> Decimal:
    line = activity.programmed
    return (
        line.accumulated if line.accumulated is not None else accumulated(line.months, aggregation)
    )


def _check_state(activity: Activity, aggregation: str) -> Iterator[Finding]:
    """Note (v): S.P. is a programme of zero."""
    printed = activity.advance
    if printed is None:
        return
    programme = _programme(activity, aggregation)
    if printed.state == "S.P." and programme != 0:
        yield Finding(
            printed.place, f"{activity.code}: imprime S.P. con programación {_text(programme)}"
        )
    if printed.value is not None and programme == 0:
        yield Finding(
            printed.place,
            f"{activity.code}: imprime {_text(printed.value)} % sin programación; debería ser S.P.",
        )


def _check_advance(
    activity: Activity, report: Report, aggregation: str, method: Method
) -> Iterator[Finding]:
    """Note (iii): executed over programmed × 100, or the mean of that of each month."""
    printed = activity.advance
    if printed is None or printed.value is None:
        return
    calculated = _advance(activity, report, aggregation, method)
    if calculated is None:
        return
    capped = calculated if method.cap is None else min(calculated, method.cap)
    if not _agrees(capped, printed.value):
        yield Finding(
            printed.place,
            f"{activity.code}: AVANCE % imprime {_text(printed.value)} y se calcula "
            f"{_text(half_up(capped, 2))}",
        )


def _advance(
    activity: Activity, report: Report, aggregation: str, method: Method
) -> Decimal | None:
    programmed, executed = activity.programmed, activity.executed
    if executed is None:
        return None
    if aggregation == "no_acumulado" and method.mean_of_months:
        if any(month not in executed.months for month in report.months):
            return None
        ratios = [
            100 * executed.months[month] / figure
            for month, figure in programmed.months.items()
            if figure > 0
        ]
        return mean(ratios) if ratios else None
    programme = _programme(activity, aggregation)
    done = executed.accumulated
    if done is None and executed.months:
        done = accumulated(executed.months, aggregation)
    return None if done is None or programme == 0 else 100 * done / programme


def _advances(figures: Iterable[Figure | None]) -> list[Decimal]:
    """Advances that enter a mean: S.P. and S.I. have none, S.E. (sin ejecución) is zero."""
    return [
        figure.value if figure.value is not None else Decimal(0)
        for figure in figures
        if figure is not None and (figure.value is not None or figure.state == "S.E.")
    ]


def _check_action(code: str, report: Report, method: Method) -> Iterator[Finding]:
    """Note (vi): the mean of its AO that have an advance, unless one is S.I.; and their money."""
    activities = [activity for activity in report.activities.values() if activity.action == code]
    printed = report.action_advance.get(code)
    advances = _advances(activity.advance for activity in activities)
    incomplete = any(
        activity.advance is not None and activity.advance.state == "S.I." for activity in activities
    )
    if printed is not None and printed.value is not None:
        if incomplete:
            yield Finding(
                printed.place,
                f"EJECUCIÓN FÍSICA POR {code} imprime {_text(printed.value)} con una AO en S.I.",
            )
        elif advances and not method.weighted:
            yield from _differs(printed, f"EJECUCIÓN FÍSICA POR {code}", mean(advances))
    money = report.action_money.get(code)
    if money is not None:
        spent = _executed_money(activities)
        yield from _differs(money, f"EJECUCIÓN FINANCIERA POR {code}", spent, _SUM_DECIMALS)


def _executed_money(activities: Iterable[Activity]) -> Decimal:
    return _money_of(activity.executed for activity in activities)


def _money_of(lines: Iterable[Line | None]) -> Decimal:
    total = Decimal(0)
    for line in lines:
        if line is not None:
            months = sum(line.money.values(), Decimal(0))
            total += line.money_accumulated if line.money_accumulated is not None else months
    return total


def _check_entity(report: Report, method: Method) -> Iterator[Finding]:
    activities = list(report.activities.values())
    advances = _advances(activity.advance for activity in activities)
    incomplete = sum(
        activity.advance is not None and activity.advance.state == "S.I." for activity in activities
    )
    unprogrammed = sum(
        activity.advance is not None and activity.advance.state == "S.P." for activity in activities
    )
    expected: dict[str, tuple[str, Decimal]] = {
        "programado_financiero": (
            "TOTAL DE PROGRAMACIÓN FINANCIERA",
            _money_of(activity.programmed for activity in activities),
        ),
        "ejecutado_financiero": ("TOTAL DE EJECUCIÓN FINANCIERA", _executed_money(activities)),
        "n_completas": ("AO CON INFORMACIÓN COMPLETA", Decimal(len(activities) - incomplete)),
        "n_si": ("AO CON INFORMACIÓN INCOMPLETA", Decimal(incomplete)),
        "n_sp": ("AO SIN PROGRAMACIÓN", Decimal(unprogrammed)),
    }
    if advances:
        expected["mediana_actividades_pct"] = ("MEDIANA", median(advances))
    for kind, (words, calculated) in expected.items():
        if kind in report.totals:
            exact = 0 if kind == "mediana_actividades_pct" else _SUM_DECIMALS
            yield from _differs(report.totals[kind], words, calculated, exact)
    yield from _check_mean(report, method, advances)


def _check_mean(report: Report, method: Method, advances: list[Decimal]) -> Iterator[Finding]:
    """Mean of what the method names. Where it names the OEI there is nothing printed to average."""
    printed = report.totals.get("avance_fisico_pct")
    if printed is None or printed.value is None or method.weighted:
        return
    of_actions = _advances(report.action_advance.values())
    if method.mean_over == "actividades" and advances:
        yield from _differs(printed, "PROMEDIO DE EJECUCIÓN FÍSICA (de las AO)", mean(advances))
    elif method.mean_over == "acciones" and of_actions:
        yield from _differs(printed, "PROMEDIO DE EJECUCIÓN FÍSICA (de las AEI)", mean(of_actions))
