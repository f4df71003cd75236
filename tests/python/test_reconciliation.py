"""The shipped plans give the figures that their documents print.

Every expected number here is one that a document prints (or, for what differs, the count of
prints that its own data contradicts), never one that the program gave.
"""

from decimal import Decimal

import pytest
from warehouses import Warehouse


@pytest.fixture(scope="module")
def shipped(closed_warehouse) -> Warehouse:
    """The shipped plans as of a day on which every month of them is due."""
    return closed_warehouse


def results(warehouse: Warehouse, where: str) -> dict[str, int]:
    return dict(
        warehouse.query(
            f"select resultado, count(*) from marts.rpt_conciliacion where {where} group by all"
        )
    )


def calculated(warehouse: Warehouse, entity: str, level: str, element: str, measure: str) -> list:
    return [
        float(value)
        for (value,) in warehouse.query(
            f"""
            select valor_calculado from marts.rpt_conciliacion
            where entidad_id = '{entity}' and nivel = '{level}' and elemento_id = '{element}'
                and medida = '{measure}' and not contains(documento, '#')
            """
        )
    ]


def test_nothing_differs_unexplained(shipped) -> None:
    assert results(shipped, "resultado = 'difiere'") == {}


def test_money_that_coincides_is_what_is_printed_and_nothing_beside_it(shipped) -> None:
    """The report of La Victoria prints 1,166,370.86 for the action: no 0.0000000002 beside it."""
    assert set(
        shipped.query(
            """
            select valor_calculado, diferencia from marts.rpt_conciliacion
            where entidad_id = '301264' and nivel = 'AEI' and elemento_id = 'AEI.01.03'
                and medida = 'ejecutado_financiero'
            """
        )
    ) == {(Decimal("1166370.86"), Decimal(0))}
    assert (
        shipped.query(
            """
            select elemento_id, medida, diferencia from marts.rpt_conciliacion
            where medida in ('programado_financiero', 'ejecutado_financiero', 'ejecucion')
                and decimales = 2 and diferencia != 0 and abs(diferencia) < 0.01
            """
        )
        == []
    )


def test_what_differs_or_cannot_be_calculated_says_why(shipped) -> None:
    assert (
        shipped.query(
            """
            select documento, elemento_id, medida from marts.rpt_conciliacion
            where resultado != 'coincide' and (nota is null or length(nota) < 20)
            """
        )
        == []
    )


def test_la_victoria_as_printed(shipped) -> None:
    entity = "entidad_id = '301264'"
    assert results(shipped, f"{entity} and nivel = 'AEI' and medida = 'avance_fisico_pct'") == {
        "coincide": 26
    }
    assert results(shipped, f"{entity} and nivel = 'AO' and medida = 'avance_fisico_pct'") == {
        "coincide": 264
    }
    ((average, median, activities, without_programme),) = shipped.query(
        """
        select round(avance_fisico_pct, 1), mediana_actividades_pct, n_actividades, n_sp
        from marts.fct_avance_entidad where entidad_id = '301264' and mes_corte = 6
        """
    )
    assert (average, median, activities, without_programme) == (83.7, 100, 288, 24)
    lights = shipped.query(
        """
        select nivel, color, cantidad from marts.rpt_semaforizacion
        where entidad_id = '301264' and mes_corte = 6 and nivel in ('AEI', 'AO')
        """
    )
    assert sorted(lights) == sorted(
        [
            ("AEI", "rojo", 11), ("AEI", "amarillo", 9), ("AEI", "verde", 9),
            ("AO", "rojo", 58), ("AO", "amarillo", 16), ("AO", "verde", 190),
        ]
    )  # fmt: skip


def test_la_victoria_prints_s_p_for_the_activities_that_are(shipped) -> None:
    """No number stands there to compare: the last digits of the codes that print S.P."""
    endings = """
        010 015 127 128 140 147 149 152 155 157 159 160
        162 166 193 194 195 201 236 239 245 251 252 259
    """
    found = shipped.query(
        """
        select actividad_id, avance_fisico_pct from marts.fct_avance_actividad
        where entidad_id = '301264' and mes_corte = 6 and estado = 'S.P.' order by actividad_id
        """
    )
    assert found == [(f"AOI30126400{code}", None) for code in endings.split()]


def test_la_victoria_money_totals_are_explained_and_add_up(shipped) -> None:
    money = shipped.query(
        """
        select medida, valor_publicado, valor_calculado, resultado from marts.rpt_conciliacion
        where entidad_id = '301264' and nivel = 'ENTIDAD' and medida like '%financiero'
        order by medida
        """
    )
    ((_, executed_printed, executed, _), (_, programmed_printed, programmed, _)) = money
    assert {row[3] for row in money} == {"difiere_explicado"}
    # AO …200 prints 160,000 + 160,000 with a total of 260,000.
    assert float(programmed - programmed_printed) == 60_000
    # 71 executed-money cells are lost; the AEI totals give their sum.
    assert float(executed_printed - executed) == pytest.approx(9_377_237.89, abs=0.001)


def test_zed_ilo_as_printed(shipped) -> None:
    assert [round(value, 2) for value in calculated(
        shipped, "zed-ilo", "ENTIDAD", "zed-ilo", "avance_fisico_pct"
    )] == [92.59]  # fmt: skip
    units = {
        centre: (
            list(map(int, calculated(shipped, "zed-ilo", "CC", centre, "suma_programada"))),
            list(map(int, calculated(shipped, "zed-ilo", "CC", centre, "suma_ejecutada"))),
            [round(value, 1) for value in calculated(
                shipped, "zed-ilo", "CC", centre, "logro_sumas_pct"
            )],
        )
        for centre in ("DPD", "DOI", "OGA", "OAL")
    }  # fmt: skip
    assert units == {
        "DPD": ([25], [40], [160.0]),
        "DOI": ([52], [43], [82.7]),
        "OGA": ([14], [38], [271.4]),
        "OAL": ([2], [2], [100.0]),
    }
    assert sum(programmed[0] for programmed, _, _ in units.values()) == 93
    assert sum(executed[0] for _, executed, _ in units.values()) == 123
    assert set(results(shipped, "entidad_id = 'zed-ilo' and nivel = 'PRESUPUESTO'")) == {"coincide"}
    lights = shipped.query(
        """
        select color, cantidad from marts.rpt_semaforizacion
        where entidad_id = 'zed-ilo' and mes_corte = 12 and nivel = 'AEI'
        """
    )
    assert dict(lights) == {"rojo": 1, "amarillo": 0, "verde": 11}


def test_ilos_municipality_six_objectives_coincide_and_three_are_explained(
    shipped,
) -> None:
    assert results(
        shipped,
        "entidad_id = '301498' and nivel = 'OEI' and medida = 'resultado_pct' "
        "and not contains(documento, '#')",
    ) == {"coincide": 6, "difiere_explicado": 3}


def test_mdpyep_schedules_and_unit_totals(shipped) -> None:
    by_element = shipped.query(
        """
        select nivel, elemento_id, bool_and(resultado = 'coincide')
        from marts.rpt_conciliacion
        where entidad_id = 'mdpyep' and medida = 'programado_mes_pct'
        group by all
        """
    )
    schedules = [fits for level, _, fits in by_element if level == "AEI"]
    units = [fits for level, _, fits in by_element if level == "CC"]
    assert (len(schedules), len(units), sum(units)) == (111, 28, 28)
    assert sum(schedules) >= 109
    # How far a printed cell of two decimals lies from ours at most (the catalog `tolerancias`).
    ((farthest,),) = shipped.query(
        """
        select max(abs(diferencia)) from marts.rpt_conciliacion
        where entidad_id = 'mdpyep' and nivel = 'AEI' and medida = 'programado_mes_pct'
        """
    )
    assert float(farthest) < 0.025
    ((budget,),) = shipped.query(
        "select pia from marts.fct_presupuesto where entidad_id = 'mdpyep' and rubro = 'TOTAL'"
    )
    assert budget == 269_404_814
