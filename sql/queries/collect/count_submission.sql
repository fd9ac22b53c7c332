-- How many files were ever received.
with final as (
    select
        count(*) as submissions
    from
        submission
)

select * from final
