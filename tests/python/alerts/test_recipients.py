"""Whom a unit's digest goes to, and addresses kept out of sight."""

import pytest

from orchestration.alerts.findings import Unit
from orchestration.alerts.recipients import (
    Centres,
    masked,
    parse_addresses,
    without_addresses,
)

PARENTS = {
    ("muni", "SUB"): "GER",
    ("muni", "GER"): "ALC",
    ("muni", "ALC"): None,
    ("otra", "GER"): None,
}


def centres(planning: tuple[str, ...] = (), **addresses: str) -> Centres:
    return Centres(
        PARENTS, {("muni", name): address for name, address in addresses.items()}, planning
    )


def recipients(found: Centres, centre: str, entity: str = "muni", refused=()):
    made = found.recipients(Unit(entity, centre, "", ""), refused)
    return made.addresses, made.whose


def test_the_centres_own_address_comes_first() -> None:
    found = centres(SUB="sub@m.example", GER="ger@m.example", planning=("plan@m.example",))
    assert recipients(found, "SUB") == (("sub@m.example",), "unidad")


def test_then_the_nearest_centre_above_that_has_one() -> None:
    found = centres(ALC="alc@m.example", GER="ger@m.example")
    assert recipients(found, "SUB") == (("ger@m.example",), "superior")
    assert recipients(centres(ALC="alc@m.example"), "SUB") == (("alc@m.example",), "superior")


def test_then_the_planning_office_and_then_nobody() -> None:
    assert recipients(centres(planning=("plan@m.example",)), "SUB") == (
        ("plan@m.example",),
        "planeamiento",
    )
    assert recipients(centres(), "SUB") == ((), "")


def test_a_finding_of_no_centre_is_for_the_planning_office() -> None:
    found = centres(ALC="alc@m.example", planning=("plan@m.example",))
    assert recipients(found, "") == (("plan@m.example",), "planeamiento")


def test_a_centre_of_the_same_code_in_another_entity_lends_no_address() -> None:
    assert recipients(centres(GER="ger@m.example"), "GER", entity="otra") == ((), "")


def test_an_address_that_is_none_is_passed_over_and_said() -> None:
    made = centres(SUB="ventanilla 3", GER="ger@m.example").recipients(Unit("muni", "SUB", "", ""))
    assert (made.addresses, made.unusable) == (("ger@m.example",), ("SUB",))


def test_refused_addresses_count_as_none() -> None:
    found = centres(SUB="sub@m.example", GER="ger@m.example", planning=("plan@m.example",))
    assert recipients(found, "SUB", refused={"sub@m.example"}) == (("ger@m.example",), "superior")
    # It is an address all the same: nobody is told that it is none.
    made = found.recipients(Unit("muni", "SUB", "", ""), {"sub@m.example"})
    assert made.unusable == ()


def test_a_planning_office_whose_address_is_refused_is_not_written_to_again() -> None:
    found = centres(planning=("plan@m.example", "jefe@m.example"))
    assert recipients(found, "SUB", refused={"plan@m.example"}) == (
        ("jefe@m.example",),
        "planeamiento",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@b.example", ("a@b.example",)),
        ("a@b.example; c@d.example,a@b.example", ("a@b.example", "c@d.example")),
        ("a@b.example;", ("a@b.example",)),
        ("a@b.example, c", ()),
        ("a@b.example\nBcc: x@y.example", ()),
        ("a@b@c", ()),
        ("Gerencia <a@b.example>", ()),
        ("", ()),
    ],
)
def test_addresses_are_read_all_or_none(text, expected) -> None:
    assert parse_addresses(text) == expected


def test_a_masked_address_tells_nobody_the_address() -> None:
    assert masked("gerencia@muni.example") == "g…@m…"


def test_servers_that_repeat_an_address_do_not_give_it_away() -> None:
    said = "550 <Gerencia@Muni.example>: user GERENCIA unknown at muni.example, ask x@y.example"
    hidden = without_addresses(said, "gerencia@muni.example")
    assert hidden == "550 <(correo)>: user (correo) unknown at (correo), ask (correo)"
