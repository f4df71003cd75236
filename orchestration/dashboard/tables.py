"""What the pages of a plan read from the publication: one query per table, keyed by plan.

Belongs here: columns, joins of names, order. Does not: arithmetic, layout, which page shows what.
Each query has `entidad_id` and `plan_id` and no condition on them; reader and fingerprint add it,
so that a page is written again exactly when something that it shows has changed. Hence no column
that changes by itself from one day to the next (`fecha_reporte`, `ultima_vez`), but the days that a
commitment is overdue, which its alert says as well.
"""

from dataclasses import dataclass

from orchestration.reports.marts import gravity


@dataclass(frozen=True)
class Table:
    """A query whose rows belong to a plan.

    Attributes:
        name: key of the rows in the page's data.
        query: SELECT over marts and catalogs, with entidad_id and plan_id.
        order: columns by which a page has the rows.
        activity: rows are of one activity, so that a unit's page has only its own.
        centre: rows are of one cost centre, likewise.
    """

    name: str
    query: str
    order: str
    activity: bool = False
    centre: bool = False


_LEVEL = """
    mes_corte, avance_fisico_pct, avance_parcial_pct, estado, origen, semaforo_fisico,
    programado_financiero, ejecutado_financiero, avance_financiero_pct, semaforo_financiero,
    programado_anual_pct, ejecutado_anual_pct, n_actividades, n_sp, n_si,
    n_rojo, n_naranja, n_amarillo, n_verde
"""

PLAN = Table(
    "plan",
    """
    select
        plan.entidad_id, plan.plan_id, plan.tipo, plan.nombre, plan.anio, plan.periodicidad,
        plan.metodologia_id, plan.metodologia, plan.metodologia_documento, plan.tope_pct,
        plan.regla_no_acumulado, plan.sin_programacion, plan.sin_seguimiento, plan.ponderacion,
        plan.promedio_entidad, plan.decimales_actividad, plan.plazo_registro_meses,
        plan.con_seguimiento, plan.fecha_aprobacion, plan.documento, plan.corte_vigente,
        plan.corte_exigible,
        entidad.nombre as entidad, entidad.moneda, entidad.pais, entidad.nivel_gobierno
    from marts.dim_plan as plan
    join marts.dim_entidad as entidad using (entidad_id)
    """,
    "plan_id",
)

ENTITY = Table(
    "entidad",
    f"select entidad_id, plan_id, {_LEVEL}, mediana_actividades_pct from marts.fct_avance_entidad",
    "mes_corte",
)

ACTIVITIES = Table(
    "actividades",
    """
    select
        entidad_id, plan_id, actividad_id, aei_id, oei_id, centro_costo_id, nombre, prioridad,
        unidad_medida, tipo_agregacion, ponderacion
    from marts.dim_actividad
    """,
    "oei_id, aei_id, actividad_id",
    activity=True,
)

CENTRES = Table(
    "centros",
    """
    select
        plan.entidad_id, plan.plan_id, centro.centro_costo_id, centro.nombre,
        centro.centro_padre_id
    from marts.dim_plan as plan
    join marts.dim_centro_costo as centro using (entidad_id)
    """,
    "centro_costo_id",
)

TABLES = (
    PLAN,
    ENTITY,
    ACTIVITIES,
    CENTRES,
    Table(
        "objetivos",
        "select entidad_id, plan_id, oei_id, nombre, ponderacion from marts.dim_objetivo",
        "oei_id",
    ),
    Table(
        "acciones",
        "select entidad_id, plan_id, aei_id, oei_id, nombre, ponderacion from marts.dim_accion",
        "oei_id, aei_id",
    ),
    Table(
        "avance_oei",
        f"select entidad_id, plan_id, oei_id, {_LEVEL} from marts.fct_avance_objetivo",
        "oei_id, mes_corte",
    ),
    Table(
        "avance_aei",
        f"select entidad_id, plan_id, aei_id, {_LEVEL} from marts.fct_avance_accion",
        "aei_id, mes_corte",
    ),
    Table(
        "avance_ao",
        """
        select
            entidad_id, plan_id, actividad_id, mes_corte, programado_fisico, ejecutado_fisico,
            avance_fisico_pct, avance_sin_tope_pct, estado, origen, semaforo_fisico,
            programado_financiero, ejecutado_financiero, avance_financiero_pct,
            semaforo_financiero, programado_anual_pct, ejecutado_anual_pct
        from marts.fct_avance_actividad
        """,
        "actividad_id, mes_corte",
        activity=True,
    ),
    Table(
        "aportes",
        """
        select entidad_id, plan_id, actividad_id, mes_corte, peso_promedio_pct, puntos_perdidos
        from marts.rpt_aporte_actividad
        """,
        "actividad_id, mes_corte",
        activity=True,
    ),
    Table(
        "peores",
        """
        select
            entidad_id, plan_id, actividad_id, mes_corte, puesto, peso_promedio_pct,
            puntos_perdidos, puntos_perdidos_hasta_puesto
        from marts.rpt_aporte_actividad
        where puesto <= 10
        """,
        "mes_corte, puesto",
        activity=True,
    ),
    Table(
        "metas",
        """
        select
            entidad_id, plan_id, actividad_id, mes, programado_fisico, ejecutado_fisico,
            programado_financiero, ejecutado_financiero, version, fecha_registro,
            registrado_a_tiempo
        from marts.fct_meta_mensual
        """,
        "actividad_id, mes",
        activity=True,
    ),
    Table(
        "avance_cc",
        f"""
        select entidad_id, plan_id, centro_costo_id, alcance, {_LEVEL}
        from marts.fct_avance_centro_costo
        """,
        "centro_costo_id, alcance, mes_corte",
        centre=True,
    ),
    Table(
        "semaforizacion",
        """
        select entidad_id, plan_id, mes_corte, nivel, color, cantidad, etiqueta
        from marts.rpt_semaforizacion
        """,
        "mes_corte, nivel, color",
    ),
    Table(
        "indicadores",
        """
        select
            entidad_id, plan_id, indicador_id, mes_corte, elemento_id, oei_id, programado,
            obtenido, avance_pct, logrado, semaforo
        from marts.fct_indicador
        """,
        "indicador_id, mes_corte",
    ),
    Table(
        "resultados",
        """
        select entidad_id, plan_id, oei_id, mes_corte, n_indicadores, n_logrados, resultado_pct,
            semaforo
        from marts.fct_resultado_objetivo
        """,
        "oei_id, mes_corte",
    ),
    Table(
        "presupuesto",
        """
        select
            plan.entidad_id, plan.plan_id, partida.mes_corte, partida.tipo, partida.rubro,
            partida.pia, partida.pim, partida.modificacion, partida.ejecucion,
            partida.avance_pim_pct
        from marts.dim_plan as plan
        join marts.fct_presupuesto as partida using (entidad_id, anio)
        """,
        "mes_corte, tipo, (rubro = 'TOTAL'), rubro",
    ),
    Table(
        "proyeccion",
        """
        select
            entidad_id, plan_id, nivel, elemento_id, mes_corte, estado, avance_fisico_pct,
            semaforo_fisico, programado_anual_pct, ejecutado_anual_pct, avance_proyectado_pct,
            proyectado_min_pct, proyectado_max_pct, semaforo_proyectado, probabilidad_rojo_pct,
            meses_restantes, ritmo_mensual_pct, necesario_mensual_pct, necesario_mensual_fisico
        from marts.fct_proyeccion
        where nivel in ('ENTIDAD', 'OEI', 'AEI', 'AO')
        """,
        "nivel, elemento_id",
    ),
    Table(
        "versiones",
        """
        select
            entidad_id, plan_id, nivel, elemento_id, mes_corte, version_plan, version,
            fecha_version, n_actividades, estado, avance_fisico_pct, semaforo_fisico,
            diferencia_avance_pct, programado_fisico_anual, programado_financiero_anual,
            diferencia_financiera_anual
        from marts.fct_avance_version
        where nivel in ('ENTIDAD', 'OEI', 'AEI', 'AO')
        """,
        "nivel, elemento_id, version_plan",
    ),
    Table(
        "cronograma",
        """
        select entidad_id, plan_id, centro_costo_id, nivel, elemento_id, mes, programado_mes_pct
        from marts.rpt_cronograma_poa
        where nivel = 'CC'
        """,
        "elemento_id, mes",
        centre=True,
    ),
    Table(
        "completitud",
        """
        select entidad_id, plan_id, centro_costo_id, mes, esperadas, registradas, a_tiempo,
            completitud_pct, oportunidad_pct
        from marts.fct_completitud
        """,
        "centro_costo_id, mes",
        centre=True,
    ),
    Table(
        "compromisos",
        """
        select
            entidad_id, plan_id, compromiso_id, recomendacion, nivel, elemento_id,
            centro_costo_id, fecha_limite, fecha_limite_inicial, aplazamientos, estado, situacion,
            abierto, avance_pct, evidencia, fecha_compromiso, fecha_registro, fecha_cierre,
            cumplido_a_tiempo, dias_vencido, documento
        from marts.fct_compromiso
        """,
        "not abierto, fecha_limite nulls last, compromiso_id",
        centre=True,
    ),
    Table(
        "alertas",
        """
        select
            entidad_id, plan_id, alerta_id, regla_id, severidad, centro_costo_id, nivel,
            elemento_id, mes, detalle, abierta_desde
        from marts.fct_alerta
        where resuelta_en is null
        """,
        f"{gravity()}, regla_id, nivel, elemento_id, mes",
        centre=True,
    ),
)
