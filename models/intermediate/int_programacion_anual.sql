with versions as (
    select * from {{ ref('stg_metas_programadas') }}
),

-- A version restates only the months it changes: the latest version of each month, in one pass.
-- Money that is not given counts 0 (contract, section 2, money).
twelve_months as (
    select
        entidad_id,
        plan_id,
        actividad_id
        {%- for month in range(1, 13) %},
        {{ latest_by('meta_fisica', 'version') }}
            filter (where mes = {{ month }}) as {{ month_column('pf', month) }},
        {{ latest_by('coalesce(meta_financiera, 0)', 'version') }}
            filter (where mes = {{ month }}) as {{ month_column('pm', month) }}
        {%- endfor %}
    from versions
    group by entidad_id, plan_id, actividad_id
)

select * from twelve_months
