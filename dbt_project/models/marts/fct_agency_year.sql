with
    reports as (select * from {{ ref("int_reports_counted") }}),

    sequenced as (select * from {{ ref("int_reports_sequenced") }}),

    agencies as (select * from {{ ref("dim_agencies") }}),

    measures as (select * from {{ ref("int_report_measures_pivoted") }}),

    amounts as (select * from {{ ref("int_report_amounts_converted") }}),

    quality as (select * from {{ ref("int_report_quality_counted") }}),

    disclosures as (select * from {{ ref("int_report_disclosures_pivoted") }}),

    copies as (select content_id from reports where content_id is not null group by content_id having count(*) > 1),

    report_amounts as (
        select
            report_id,
            {% for column_name, cell in var("agency_year_amounts").items() %}
                {% set cell_condition %}
                    table_id = '{{ cell.table }}' and line_id = '{{ cell.line }}' and column_id = '{{ cell.column }}'
                {% endset %}
                {% set amount = "amount_10k_cny" if column_name.endswith("_10k_cny") else "amount_cny" %}
                {% set stem = column_name | replace("_10k_cny", "") | replace("_cny", "") %}
                max({{ amount }}) filter (where {{ cell_condition }}) as {{ column_name }},
                max(printed_text) filter (where {{ cell_condition }}) as {{ stem }}_printed_text,
                max(unit) filter (where {{ cell_condition }}) as {{ stem }}_unit_text
                {{ "," if not loop.last }}
            {% endfor %}
        from amounts
        group by report_id
    ),

    measured as (
        select
            reports.agency_id,
            reports.agency_name,
            agencies.is_linked,
            agencies.agency_type,
            agencies.administrative_level,
            agencies.region_code,
            agencies.township_code,
            agencies.province_name,
            agencies.prefecture_name,
            agencies.county_name,
            reports.report_year,
            reports.scope,
            reports.scope_evidence,
            reports.report_id,
            sequenced.previous_report_id,
            reports.document_id,
            reports.source_url,
            case when len(editions.distinct_ids) > 1 then 'mixed' else editions.distinct_ids[1] end as edition,
            reports.edition_t2,
            reports.edition_t3,
            reports.edition_t4,
            reports.published_date,
            reports.published_date_source,
            deadlines.publication_deadline_date,
            reports.published_date <= deadlines.publication_deadline_date as is_published_on_time,
            copies.content_id is not null as has_content_copy,
            measures.* exclude (report_id),
            report_amounts.* exclude (report_id),
            disclosures.* exclude (report_id),
            quality.* exclude (report_id)
        from reports
        cross join
            lateral(
                select list_distinct([reports.edition_t2, reports.edition_t3, reports.edition_t4]) as distinct_ids
            ) as editions
        inner join agencies on reports.agency_id = agencies.agency_id
        inner join sequenced on reports.report_id = sequenced.report_id
        cross join
            lateral(
                select
                    case
                        when not agencies.is_linked
                        then null
                        when
                            reports.report_year < 2019
                            or agencies.agency_type = 'government'
                            and agencies.administrative_level <> 'township'
                            or reports.scope like '%rollup%'
                            and reports.scope <> 'system_rollup'
                        then make_date(reports.report_year + 1, 3, 31)
                        else make_date(reports.report_year + 1, 1, 31)
                    end as publication_deadline_date
            ) as deadlines
        left join measures on reports.report_id = measures.report_id
        left join report_amounts on reports.report_id = report_amounts.report_id
        left join disclosures on reports.report_id = disclosures.report_id
        left join quality on reports.report_id = quality.report_id
        left join copies on reports.content_id = copies.content_id
    ),

    derived as (
        select
            *,
            {% for column_name, metric in var("agency_year_metrics").items() %}
                {% if metric.kind == "sum" %} {{ sum_of(metric.parts) }}
                {% elif metric.kind == "difference" %} {{ sum_of(metric.parts) }} - {{ sum_of(metric.subtract) }}
                {% elif metric.kind == "share" %} {{ share(metric.parts, metric.denominator) }}
                {% elif metric.kind == "ratio" %} {{ ratio(metric.parts, metric.denominator) }}
                {% else %} {{ exceptions.raise_compiler_error("unknown kind of metric: " ~ metric.kind) }}
                {% endif %} as {{ column_name }}
                {{ "," if not loop.last }}
            {% endfor %}
        from measured
    ),

    compared as (
        select
            derived.*,
            {% for column_name, comparison in var("agency_year_comparisons").items() %}
                {% set previous_value %}
                    {% if comparison.comparable %} previous.{{ column_name }}
                    {% else %}
                        case
                            when derived.edition_{{ comparison.table }} = previous.edition_{{ comparison.table }}
                            then previous.{{ column_name }}
                        end
                    {% endif %}
                {% endset %}
                derived.{{ column_name }} - {{ previous_value }} as {{ comparison.change }}
                {% if comparison.ratio %}
                    , {{ ratio(["derived." ~ column_name], [previous_value]) }} as {{ comparison.ratio }}
                {% endif %}
                {{ "," if not loop.last }}
            {% endfor %}
        from derived
        left join derived as previous on derived.previous_report_id = previous.report_id
    )

select * exclude (known_results_sum_count)
from compared
