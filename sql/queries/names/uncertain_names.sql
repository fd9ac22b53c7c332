-- Names that stand in findings because no alias knows them. Grain: one row per name as written.
-- Parameters: checks (codes of the findings).
with final as (
    select
        raw_value as written_name,
        count(*) as times,
        min(file_name) as file_name,
        min(sheet) as sheet,
        min(cell) as cell
    from
        standing_finding_of(%(checks)s)
    group by
        raw_value
    order by
        count(*) desc,
        raw_value
)

select * from final
