"""What the reminder before a deadline says of registrations that do not come."""

import email
import email.policy
from datetime import date

import pytest
from sample import NOW, UNIT

from orchestration.alerts.deadlines import Registration, deadline_message
from orchestration.alerts.messages import addressed

WAITS = "la acción estratégica queda sin avance (S.I.)"
COUNTS = "el mes cuenta como 0"


class _Catalog:
    """The one row of the publication that a reminder reads."""

    def rows(self, *_: object) -> list[tuple[str]]:
        return [("Registre la ejecución del mes.",)]


def _registration(plan: str, *, blocks: bool) -> Registration:
    names = ("A1", "Actividad", "AEI.1", "abril", 2024, blocks, date(2024, 5, 31))
    return Registration(plan, plan.upper(), *names)


def _texts(*registrations: Registration) -> list[str]:
    made = deadline_message(_Catalog(), UNIT, list(registrations), None, NOW)
    content = addressed(made.content, "s@m.example", ["a@m.example"])
    message = email.message_from_bytes(content, policy=email.policy.default)
    bodies = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return [" ".join(body.split()) for body in bodies]


@pytest.mark.parametrize(
    ("blocks", "said", "unsaid"), [(True, WAITS, COUNTS), (False, COUNTS, WAITS)]
)
def test_only_a_plan_whose_method_blocks_leaves_an_action_without_advance(blocks, said, unsaid):
    for text in _texts(_registration("poi", blocks=blocks)):
        assert said in text
        assert unsaid not in text


def test_of_plans_of_both_methods_each_is_told_its_own():
    for text in _texts(_registration("poi", blocks=True), _registration("pei", blocks=False)):
        assert f"{WAITS} en POI; en PEI, {COUNTS}." in text
