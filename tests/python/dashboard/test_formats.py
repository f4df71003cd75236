"""What the pages' scripts and paths make of a value."""

from decimal import Decimal

import pytest

from orchestration.dashboard import names
from orchestration.dashboard.reading import embedded, packed
from orchestration.dashboard.sections import SECTIONS, plan_sections
from orchestration.reports.printing import MONEY, QUANTITY

VALUES = [
    0,
    0.005,
    1.005,
    56.245,
    74.999999999999,
    99.995,
    100,
    -0.004,
    -0.005,
    -82.600292,
    999.995,
    1234.5,
    12345678.905,
    46743653.69,
    142545305.46,
    1e12 + 0.25,
    0.0001,
    12.34565,
]


def test_numbers_are_written_as_the_reports_write_them(victoria) -> None:
    for value in VALUES:
        money, quantity = victoria.evaluate(
            "v => [Semaforo.f.dinero(v), Semaforo.f.cantidad(v)]", value
        )
        exact = Decimal(repr(value)) if isinstance(value, float) else value
        assert money == MONEY.text(exact).replace("-", "−"), value
        assert quantity == QUANTITY.text(exact).replace("-", "−"), value


def test_numbers_are_peruvian(victoria) -> None:
    shown = victoria.evaluate(
        "[Semaforo.f.dinero(1234.5), Semaforo.f.pct(12.34), Semaforo.f.pct(null),"
        " Semaforo.f.fecha('2024-02-15')]"
    )
    assert shown == ["1,234.50", "12.34 %", "—", "15/02/2024"]


def test_embedded_data_cannot_end_its_element() -> None:
    text = embedded({"nombre": "</script><script>alert(1)</script>&amp;<!--"})
    assert "<" not in text
    assert ">" not in text
    assert "&" not in text


def test_packed_rows_keep_every_value() -> None:
    rows = [
        {"id": n, "estado": "completo" if n % 2 else None, "si": True, "x": Decimal("1.50")}
        for n in range(6)
    ]
    data = packed(rows)
    back = [
        {
            name: data["t"][name][value] if name in data["t"] and value is not None else value
            for name, value in zip(data["c"], values, strict=True)
        }
        for values in data["f"]
    ]
    assert back == [row | {"x": 1.5} for row in rows]
    assert set(data["t"]) == {"estado", "si"}


@pytest.mark.parametrize("code", ["A/B", "A-B", "../x", ".", "Ñandú", "x" * 200, "a b", "CON ?"])
def test_a_code_becomes_one_plain_part_of_a_path(code: str) -> None:
    name = names.file_name(code)
    assert "/" not in name
    assert not name.startswith(".")
    assert name.isascii()
    assert len(name) < 120


def test_two_codes_never_share_a_file() -> None:
    codes = ["A/B", "A-B", "A B", "A?B", "A*B", "Ñ", "ñ", "N\u0303", "CON", "A."]
    # A code may be written like the name that another one is given.
    codes += [names.file_name(code) for code in codes]
    codes = list(dict.fromkeys(codes))
    made = {names.file_name(code) for code in codes}
    assert len(made) == len(codes)
    # Windows has a device of the one name and cuts the other short.
    assert not {"CON", "A."} & made


@pytest.mark.parametrize("code", ["301264", "poi-2023", "POI-2023", "G-MUNICIPAL"])
def test_a_code_that_a_path_can_hold_is_the_name(code: str) -> None:
    assert names.file_name(code) == code


def test_sections_of_half_the_width_stand_in_pairs() -> None:
    everything = {
        name: []
        for name in (
            "plan",
            "entidad",
            "avance_ao",
            "semaforizacion",
            "objetivos",
            "actividades",
            "avance_cc",
            "indicadores",
            "presupuesto",
            "cronograma",
            "completitud",
            "compromisos",
            "proyeccion",
            "versiones",
        )
    }
    data = everything | {
        "plan": [{"con_seguimiento": False}],
        "entidad": [{"programado_anual_pct": 50}],
    }
    shown = {section.name: section.wide for section in plan_sections(data)}
    assert shown["curva"] is True
    assert {section.name for section in SECTIONS} > set(shown)
