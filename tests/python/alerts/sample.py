"""Findings to build digests of, without a warehouse."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from orchestration.alerts.digests import Digest, Told, make_digest
from orchestration.alerts.findings import Finding, Unit

NOW = datetime(2024, 5, 15, 12, 0, tzinfo=UTC)
AS_OF = date(2024, 5, 15)
UNIT = Unit("muni", "CC.1", "Municipalidad de Prueba", "Gerencia")


def finding(alert_id: str = "a", **changes) -> Finding:
    """A finding of severity media, opened on AS_OF."""
    plain = Finding(
        alert_id=alert_id,
        rule="S07",
        title="Gasto mayor que lo programado",
        severity="media",
        meaning="El dinero ejecutado supera el umbral.",
        to_do="Revise a qué actividad se cargó el gasto.",
        owner="unidad",
        plan="poi-2024",
        plan_name="POI 2024",
        level="AO",
        element=f"A-{alert_id}",
        element_name="Actividad",
        month=3,
        detail="Gastó 120 contra 100",
        value=Decimal("120.000000"),
        open_since=AS_OF,
        openings=1,
    )
    return replace(plain, **changes)


def told(each: Finding, days_ago: float = 1) -> dict[str, Told]:
    """The unit heard of a finding as it is, some days before NOW."""
    at = NOW - timedelta(days=days_ago)
    return {each.alert_id: Told(each.severity, each.openings, each.open_since, at)}


def digest(*findings: Finding, known: dict[str, Told] | None = None, now=NOW) -> Digest | None:
    return make_digest(UNIT, findings, known or {}, as_of=AS_OF, now=now)
