{#-
  The advance of every level as one list, at the cortes of `cuts` (entidad_id, plan_id, mes_corte):
  nivel, elemento_id and `columns`, which all levels have; `activities` names the model that has
  those of activities at these cortes. Levels are AO, AEI, OEI, ENTIDAD, CC (what is the centre's
  own) and CC_TOTAL (with the centres below).
-#}
{% macro advances_of_all_levels(columns, cuts, activities) -%}
    {%- for level, model, element in [
        ("'AO'", activities, 'actividad_id'),
        ("'AEI'", 'int_avance_accion', 'aei_id'),
        ("'OEI'", 'int_avance_objetivo', 'oei_id'),
        ("'ENTIDAD'", 'int_avance_entidad', 'entidad_id'),
        (
            "case when figures.alcance = 'total' then 'CC_TOTAL' else 'CC' end",
            'int_avance_centro_costo', 'centro_costo_id'
        )
    ] %}
    select
        figures.entidad_id,
        figures.plan_id,
        figures.mes_corte,
        {{ level }} as nivel,
        figures.{{ element }} as elemento_id
        {%- for column in columns %},
        {{ as_double('figures.' ~ column) if column.endswith('_pct') else 'figures.' ~ column }}
            as {{ column }}
        {%- endfor %}
    from {{ ref(model) }} as figures
    inner join {{ cuts }} as cuts
        on
            figures.entidad_id = cuts.entidad_id
            and figures.plan_id = cuts.plan_id
            and figures.mes_corte = cuts.mes_corte
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
