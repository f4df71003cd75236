"""seeds/_seeds.yml says what the data contract says; the list below is copied from the contract."""

import re

import duckdb
import pytest
import yaml

from orchestration.contract import DEFINITION, contract

# Section 1 of the contract: `*` = part of the key, `!` = required. The last table is the one
# that docs/contract-additions.md proposes.
CONTRACT = """
metodologias: metodologia_id* nombre! documento tope_pct regla_no_acumulado! sin_programacion!
  sin_seguimiento! ponderacion! promedio_entidad! decimales_actividad! plazo_registro_meses!
semaforo_bandas: metodologia_id* ambito* color* desde incluye_desde! hasta incluye_hasta! etiqueta!
  hex!
entidades: entidad_id* nombre! pais! nivel_gobierno! moneda!
planes: entidad_id* plan_id* tipo! nombre! anio! periodicidad! metodologia_id! con_seguimiento!
  fecha_aprobacion documento
centros_costo: entidad_id* centro_costo_id* nombre! centro_padre_id correo
objetivos: entidad_id* plan_id* oei_id* nombre! ponderacion
acciones: entidad_id* plan_id* aei_id* oei_id! nombre! ponderacion
actividades: entidad_id* plan_id* actividad_id* aei_id! centro_costo_id! nombre! prioridad
  unidad_medida! tipo_agregacion! ponderacion mes_inicio mes_fin
metas_programadas: entidad_id* plan_id* actividad_id* mes* version* fecha_version! meta_fisica!
  meta_financiera
metas_ejecutadas: entidad_id* plan_id* actividad_id* mes* fecha_registro* ejecucion_fisica
  ejecucion_financiera
resultados_reportados: entidad_id* plan_id* mes_corte* nivel* elemento_id* n_actividades
  programado_fisico ejecutado_fisico avance_fisico_pct programado_financiero ejecutado_financiero
indicadores: entidad_id* plan_id* indicador_id* elemento_id! nombre! unidad_medida! sentido!
  linea_base
indicador_resultados: entidad_id* plan_id* indicador_id* mes_corte* programado! obtenido
presupuesto: entidad_id* anio* mes_corte* tipo* rubro* pia pim ejecucion
valores_publicados: documento* entidad_id* plan_id mes_corte! nivel* elemento_id* medida* valor!
  decimales! nota
compromisos: entidad_id* plan_id* compromiso_id* fecha_registro* recomendacion! elemento_id
  centro_costo_id fecha_limite estado! avance_pct evidencia documento
"""
# One document prints the same measure at several cuts and for several plans: without these two
# in the key, the second print would be a contradiction of the first.
WIDER_KEYS = {"valores_publicados": {"plan_id", "mes_corte"}}

TABLES = dict(re.findall(r"^(\w+): ([^:]+?)$(?=\n\w+:|\n*\Z)", CONTRACT, re.M | re.S))


@pytest.mark.parametrize("name", TABLES)
def test_columns_keys_and_required_are_those_of_the_contract(name):
    table = contract()[name]
    expected = []
    for word in TABLES[name].split():
        column = word.rstrip("*!")
        key = word.endswith("*") or column in WIDER_KEYS.get(name, ())
        expected.append((column, key, word.endswith(("*", "!"))))
    assert [(one.name, one.key, one.required) for one in table.columns] == expected


def test_there_is_no_other_table_but_catalogs_of_our_own():
    assert len(TABLES) == 16
    catalogs = {"tolerancias", "reglas_calidad", "unidades_genericas", "parametros"}
    assert set(contract()) == {*TABLES, *catalogs}


@pytest.mark.parametrize("table", contract().values(), ids=contract())
def test_parents_are_loaded_first_and_matched_by_their_whole_key(table):
    names = list(contract())
    for column in table.columns:
        for parent in column.parents:
            assert names.index(parent.table) <= names.index(table.name)
            assert len(parent.columns) == len(contract()[parent.table].key)
            assert column.name in parent.columns


def test_every_type_exists_and_no_number_is_a_binary_float():
    with duckdb.connect() as connection:
        for table in contract().values():
            for column in table.columns:
                (row,) = connection.execute(
                    f"select typeof(cast(null as {column.sql_type}))"
                ).fetchall()
                assert row[0] not in {"FLOAT", "DOUBLE"}
                assert {"decimal": "DECIMAL", "entero": "INTEGER", "texto": "VARCHAR"}.get(
                    column.kind, row[0]
                ) in row[0]


def test_scales_are_those_of_the_contract():
    """Physical 18,4; money 18,2; weights 9,4."""
    for table in contract().values():
        for column in table.columns:
            if column.kind != "decimal":
                continue
            if column.name == "ponderacion":
                assert column.limits == (9, 4)
            elif "financier" in column.name or column.name in {"pia", "pim", "ejecucion"}:
                assert column.limits == (18, 2)
            else:
                assert column.limits == (18, 4)


def test_definition_says_nothing_that_is_not_read():
    known_column = {
        "clave", "requerido", "minimo", "maximo", "valores", "patron", "formato", "padres",
        "fin_de_trimestre", "momento", "futura", "reservados",
    }  # fmt: skip
    known_table = {"singular", "catalogo", "historia", "intervalos"}
    for seed in yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))["seeds"]:
        assert set(seed["config"]["meta"]) <= known_table
        for column in seed["columns"]:
            assert set(column.get("config", {}).get("meta", {})) <= known_column
            assert column["description"].endswith(".")
