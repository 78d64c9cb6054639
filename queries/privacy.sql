--name: Privacy
--friendlyName: Privacy
--description: Whether names are hidden, and the parameters whose values are hidden besides those that are called like secrets
--connection: System:Datagrok
--test: Privacy()
select coalesce(bool_or(t.tag = 'usage-analysis:hide-names'), false) as hides_names,
  coalesce(string_agg(case when t.tag like 'usage-analysis:hide-values:%' then substr(t.tag, 28) end, e'\n'
    order by t.tag), '') as parameters
from tags t
where t.entity_id = '1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5' and t.tag like 'usage-analysis:hide-%'
--end
