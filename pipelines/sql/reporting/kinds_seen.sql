-- what were cases about? one row a category, the most frequent 300
select
    category,
    arg_max(category_group, reported_at) as category_group,
from cases
where simulated = $simulated and category is not null and category <> 'unknown'
group by category
order by count(*) desc, category
limit 300
