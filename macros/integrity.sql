{#- What the checks of the warehouse itself go through: rules I01 and I03. -#}

{#- Child, parent and the key that they share. -#}
{% macro checked_relations() -%}
    {{ return([
        ('planes', 'entidades', ['entidad_id']),
        ('planes', 'metodologias', ['metodologia_id']),
        ('objetivos', 'planes', ['entidad_id', 'plan_id']),
        ('acciones', 'objetivos', ['entidad_id', 'plan_id', 'oei_id']),
        ('actividades', 'acciones', ['entidad_id', 'plan_id', 'aei_id']),
        ('actividades', 'centros_costo', ['entidad_id', 'centro_costo_id']),
        ('metas_programadas', 'actividades', ['entidad_id', 'plan_id', 'actividad_id']),
        ('metas_ejecutadas', 'actividades', ['entidad_id', 'plan_id', 'actividad_id']),
        ('indicador_resultados', 'indicadores', ['entidad_id', 'plan_id', 'indicador_id'])
    ]) }}
{%- endmacro %}


{#- Marts of advance and the key of each, besides the corte. -#}
{% macro advance_marts() -%}
    {{ return({
        'fct_avance_actividad': ['entidad_id', 'plan_id', 'actividad_id'],
        'fct_avance_accion': ['entidad_id', 'plan_id', 'aei_id'],
        'fct_avance_objetivo': ['entidad_id', 'plan_id', 'oei_id'],
        'fct_avance_entidad': ['entidad_id', 'plan_id'],
        'fct_avance_centro_costo': ['entidad_id', 'plan_id', 'centro_costo_id', 'alcance']
    }) }}
{%- endmacro %}
