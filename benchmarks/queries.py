"""The six questions of a BI tool, asked of the published file.

Belongs here: their SQL. Does not: how their time is taken (stages).
`{entidad}`, `{plan}`, `{anio}` and `{oei}` stand for an entity, its plan, a year, an objective.
"""

QUESTIONS = {
    "scorecard": """
        select oei_id, avance_fisico_pct, semaforo_fisico, avance_financiero_pct, n_rojo, n_verde
        from marts.fct_avance_objetivo
        where entidad_id = '{entidad}' and plan_id = '{plan}' and mes_corte = 12
        order by oei_id""",
    "drill-down": """
        select actividad_id, programado_fisico, ejecutado_fisico, avance_fisico_pct,
            semaforo_fisico, nombre
        from marts.fct_avance_actividad
        join marts.dim_actividad using (entidad_id, plan_id, actividad_id)
        where entidad_id = '{entidad}' and plan_id = '{plan}' and mes_corte = 12
            and fct_avance_actividad.oei_id = '{oei}'
        order by actividad_id""",
    "ranking": """
        select entidad_id, avance_fisico_pct, avance_financiero_pct
        from marts.fct_avance_entidad
        where anio = {anio} and mes_corte = 12
        order by avance_fisico_pct desc nulls last, entidad_id limit 20""",
    "trend": """
        select anio, mes_corte, avance_fisico_pct, programado_anual_pct, ejecutado_anual_pct
        from marts.fct_avance_entidad
        where entidad_id = '{entidad}' order by anio, mes_corte""",
    "red list by unit": """
        select centro_costo_id, actividad_id, avance_fisico_pct
        from marts.fct_avance_actividad
        where entidad_id = '{entidad}' and plan_id = '{plan}' and mes_corte = 12
            and semaforo_fisico = 'rojo'
        order by centro_costo_id, avance_fisico_pct""",
    "physical against money": """
        select centro_costo_id, avance_fisico_pct, avance_financiero_pct,
            programado_financiero, ejecutado_financiero
        from marts.fct_avance_centro_costo
        where entidad_id = '{entidad}' and plan_id = '{plan}' and mes_corte = 12
            and alcance = 'total'
        order by centro_costo_id""",
}
