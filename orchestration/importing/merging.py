"""Several files of one plan joined into one: months in separate files, or a later cut.

Belongs here: what may differ between files and what may not. Does not: reading, contract rows.
"""

from collections.abc import Iterator
from decimal import Decimal

from orchestration.errors import SemaforoError
from orchestration.importing.findings import Finding
from orchestration.importing.printed import Activity, Line, Report

_DETAILS = (
    ("name", "el nombre"),
    ("action", "la AEI"),
    ("centre", "el centro de costo"),
    ("priority", "la prioridad"),
    ("unit", "la unidad de medida"),
    ("aggregation", "el tipo de agregación"),
)


def merge_reports(reports: list[Report]) -> tuple[Report, list[Finding]]:
    """Join reports; of a text that differs, that of the latest cut holds and a finding says so.

    The joined report has every month; accumulated figures stay with each report.

    Raises:
        SemaforoError: monthly and quarterly files, or a figure of the same month that differs.
    """
    ordered = sorted(reports, key=lambda report: (report.cut, report.file))
    joined = Report(ordered[-1].file, title=ordered[-1].title)
    findings: list[Finding] = []
    clashes: list[str] = []
    joined.quarterly = ordered[0].quarterly
    for report in ordered:
        if report.quarterly != joined.quarterly:
            raise SemaforoError(
                f"{report.file} y {ordered[0].file}: uno es mensual y el otro trimestral; "
                "impórtelos por separado"
            )
        joined.months = sorted({*joined.months, *report.months})
        joined.with_money = joined.with_money or report.with_money
        joined.objectives |= report.objectives
        joined.actions |= report.actions
        for code, activity in report.activities.items():
            before = joined.activities.get(code)
            if before is not None:
                findings.extend(_text_changes(before, activity))
                clashes.extend(_clashes(before, activity))
            joined.activities[code] = _joined(before, activity)
    refuse_clashes(
        clashes, "impórtelos por separado, con --fecha-version y --fecha-registro de cada uno"
    )
    return joined, findings


def refuse_clashes(clashes: list[str], advice: str) -> None:
    """Refuse files that contradict each other, naming the first figure; none is no refusal.

    Raises:
        SemaforoError: there are clashes.
    """
    if clashes:
        more = f" (y {len(clashes) - 1:,} más)" if len(clashes) > 1 else ""
        raise SemaforoError(f"los archivos se contradicen: {clashes[0]}{more}; {advice}")


def _text_changes(before: Activity, after: Activity) -> Iterator[Finding]:
    for attribute, words in _DETAILS:
        old, new = getattr(before, attribute), getattr(after, attribute)
        if old != new:
            yield Finding(
                after.place,
                f"{after.code}: {words} cambia de «{old}» ({before.place.file}) a «{new}»; "
                "vale el último",
            )


def _clashes(before: Activity, after: Activity) -> Iterator[str]:
    for words, old, new in (
        ("PROGRAMADO", before.programmed, after.programmed),
        ("EJECUTADO", before.executed, after.executed),
    ):
        if old is None or new is None:
            continue
        for measure, old_months, new_months in (
            ("físico", old.months, new.months),
            ("financiero", old.money, new.money),
        ):
            for month in sorted(old_months.keys() & new_months.keys()):
                if old_months[month] != new_months[month]:
                    yield (
                        f"{after.code}, {words} {measure} del mes {month}: "
                        f"{old_months[month]:,f} ({old.place}) y {new_months[month]:,f} "
                        f"({new.place})"
                    )


def _joined(before: Activity | None, after: Activity) -> Activity:
    return Activity(
        place=after.place,
        code=after.code,
        name=after.name,
        action=after.action,
        centre=after.centre,
        priority=after.priority,
        unit=after.unit,
        aggregation=after.aggregation,
        programmed=_joined_line(before and before.programmed, after.programmed),
        executed=_joined_line(before and before.executed, after.executed),
    )


def _joined_line(before: Line | None, after: Line | None) -> Line | None:
    if before is None or after is None:
        return after or before
    months, money = before.months | after.months, before.money | after.money
    return Line(
        after.place,
        months,
        money,
        unread=_unread(before.unread | after.unread, months),
        money_unread=_unread(before.money_unread | after.money_unread, money),
    )


def _unread(texts: dict[int, str], read: dict[int, Decimal]) -> dict[int, str]:
    """What no file prints as a number."""
    return {month: text for month, text in texts.items() if month not in read}
