--name: FilterGroups
--friendlyName: Filter Groups
--description: Groups to filter by, with the number of people in them and in the groups nested in them
--connection: System:Datagrok
--test: FilterGroups()
with recursive
  -- << people
  -- << privacy
  -- Tags on the group Administrators, which none but its administrators may edit, tell whether names are hidden, and
  -- which parameters are secret besides those that are called like secrets. See docs/privacy.md.
  privacy as materialized (
    select coalesce(bool_or(t.tag = 'usage-analysis:hide-names'), false) as hides_names,
      concat_ws('|', 'passw(or){0,1}d|passphrase|secret|token$|apikey|accesskey|privatekey|credential|authorization|cookie',
        '^(pass|pwd|pin|key)$', string_agg(case when t.tag like 'usage-analysis:hide-values:%'
          then '^' || regexp_replace(lower(substr(t.tag, 28)), '[^[:alnum:]]', '', 'g') || '$' end, '|')) as secrets
    from tags t
    where t.entity_id = '1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5' and t.tag like 'usage-analysis:hide-%'
  ),
  -- The row is read as json where a column may be missing on older servers. System and Test have well-known ids.
  account_rows as (
    select u.id, u.login, u.friendly_name, u.joined, u.group_id, u.status, to_jsonb(u) as fields,
      coalesce((to_jsonb(u) ->> 'is_service')::boolean, false)
        or u.id in ('3e32c5fa-ac9c-4d39-8b4b-4db3e576b3c3', 'ca1e672e-e3be-40e0-b79b-d2c68e68d380') as is_service
    from users u
  ),
  -- privacy >>
  -- A pseudonym is made of the id, so that it is the same in every answer.
  account_names as (
    select u.id, u.joined, u.group_id, u.status, u.is_service,
      case when p.hides_names and not u.is_service then 'user-' || left(md5(u.id::text), 8) else u.login end as login,
      case when p.hides_names and not u.is_service then 'User ' || upper(left(md5(u.id::text), 8))
        else coalesce(nullif(trim(u.friendly_name), ''), nullif(trim(u.login), ''), u.id::text) end as name
    from account_rows u cross join privacy p
  ),
  -- Namesakes are told apart by login, and by id where even that is the same.
  account_labels as (
    select n.*, case when count(*) over (partition by lower(n.name)) > 1
      then n.name || ' (' || coalesce(nullif(trim(n.login), ''), n.id::text) || ')' else n.name end as label
    from account_names n
  ),
  known_accounts as (
    select l.id, l.login, l.joined, l.group_id, l.status, l.is_service,
      case when count(*) over (partition by lower(l.label)) > 1
        then l.label || ' ' || l.id::text else l.label end as label
    from account_labels l
  ),
  -- people >>
  members (root, id) as (
      select g.id, g.id from groups g where not coalesce(g.personal, false) and not coalesce(g.hidden, false)
    union
      select m.root, r.child_id from members m join groups_relations r on r.parent_id = m.id
  ),
  sizes as (
    select m.root, count(distinct k.id)::int as members
    from members m join known_accounts k on k.group_id = m.id and not k.is_service
    group by m.root
  )
select g.id, coalesce(nullif(trim(g.friendly_name), ''), nullif(trim(g.name), ''), g.id::text) as name,
  coalesce(s.members, 0) as members
from groups g
left join sizes s on s.root = g.id
where not coalesce(g.personal, false) and not coalesce(g.hidden, false)
order by lower(coalesce(nullif(trim(g.friendly_name), ''), nullif(trim(g.name), ''), g.id::text)), g.id
--end

--name: FilterUsers
--friendlyName: Filter Users
--description: Users to filter by; namesakes are told apart by login
--connection: System:Datagrok
--test: FilterUsers()
with
  -- << people
  -- << privacy
  -- Tags on the group Administrators, which none but its administrators may edit, tell whether names are hidden, and
  -- which parameters are secret besides those that are called like secrets. See docs/privacy.md.
  privacy as materialized (
    select coalesce(bool_or(t.tag = 'usage-analysis:hide-names'), false) as hides_names,
      concat_ws('|', 'passw(or){0,1}d|passphrase|secret|token$|apikey|accesskey|privatekey|credential|authorization|cookie',
        '^(pass|pwd|pin|key)$', string_agg(case when t.tag like 'usage-analysis:hide-values:%'
          then '^' || regexp_replace(lower(substr(t.tag, 28)), '[^[:alnum:]]', '', 'g') || '$' end, '|')) as secrets
    from tags t
    where t.entity_id = '1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5' and t.tag like 'usage-analysis:hide-%'
  ),
  -- The row is read as json where a column may be missing on older servers. System and Test have well-known ids.
  account_rows as (
    select u.id, u.login, u.friendly_name, u.joined, u.group_id, u.status, to_jsonb(u) as fields,
      coalesce((to_jsonb(u) ->> 'is_service')::boolean, false)
        or u.id in ('3e32c5fa-ac9c-4d39-8b4b-4db3e576b3c3', 'ca1e672e-e3be-40e0-b79b-d2c68e68d380') as is_service
    from users u
  ),
  -- privacy >>
  -- A pseudonym is made of the id, so that it is the same in every answer.
  account_names as (
    select u.id, u.joined, u.group_id, u.status, u.is_service,
      case when p.hides_names and not u.is_service then 'user-' || left(md5(u.id::text), 8) else u.login end as login,
      case when p.hides_names and not u.is_service then 'User ' || upper(left(md5(u.id::text), 8))
        else coalesce(nullif(trim(u.friendly_name), ''), nullif(trim(u.login), ''), u.id::text) end as name
    from account_rows u cross join privacy p
  ),
  -- Namesakes are told apart by login, and by id where even that is the same.
  account_labels as (
    select n.*, case when count(*) over (partition by lower(n.name)) > 1
      then n.name || ' (' || coalesce(nullif(trim(n.login), ''), n.id::text) || ')' else n.name end as label
    from account_names n
  ),
  known_accounts as (
    select l.id, l.login, l.joined, l.group_id, l.status, l.is_service,
      case when count(*) over (partition by lower(l.label)) > 1
        then l.label || ' ' || l.id::text else l.label end as label
    from account_labels l
  ),
  -- people >>
  ordered as (
    select k.*, lower(k.label) as place from known_accounts k
  )
select o.id, o.login, o.label, o.group_id, o.status, o.is_service, o.joined
from ordered o
order by o.place, o.id
--end

--name: FilterPackages
--friendlyName: Filter Packages
--description: Packages to filter by, Core for what belongs to none
--connection: System:Datagrok
--test: FilterPackages()
with
  -- << packages
  package_names as (
    select p.id, coalesce(nullif(trim(p.name), ''), p.id::text) as name, nullif(trim(p.category), '') as category,
      coalesce(nullif(trim(p.friendly_name), ''), nullif(trim(p.name), ''), p.id::text) as friendly_name
    from packages p
  ),
  package_labels as (
    select p.id, p.name, p.category,
      case when count(*) over (partition by lower(p.friendly_name)) > 1 and p.friendly_name <> p.name
        then p.friendly_name || ' (' || p.name || ')' else p.friendly_name end as label
    from package_names p
  ),
  -- A package is its name: what has the same one has the same label and category.
  known_packages as materialized (
    select l.id, l.name, min(l.label) over (partition by l.name) as label,
      case when l.name = 'Core' then 'Core'
        else coalesce(min(l.category) over (partition by l.name), 'none') end as category,
      row_number() over (order by l.id) as place
    from package_labels l
  ),
  -- packages >>
  listed as (
      select k.name, min(k.label) as label, min(p.category) as category
      from known_packages k join packages p on p.id = k.id
      group by k.name
    union all
      select 'Core', 'Core', null
      where not exists (select 1 from known_packages k where k.name = 'Core')
  )
select l.name, l.label, l.category
from listed l
order by lower(l.label), l.name
--end

--name: FilterTags
--friendlyName: Filter Tags
--description: Tags of functions to filter by, with the number of functions that have them
--connection: System:Datagrok
--test: FilterTags()
with
  -- << packages
  package_names as (
    select p.id, coalesce(nullif(trim(p.name), ''), p.id::text) as name, nullif(trim(p.category), '') as category,
      coalesce(nullif(trim(p.friendly_name), ''), nullif(trim(p.name), ''), p.id::text) as friendly_name
    from packages p
  ),
  package_labels as (
    select p.id, p.name, p.category,
      case when count(*) over (partition by lower(p.friendly_name)) > 1 and p.friendly_name <> p.name
        then p.friendly_name || ' (' || p.name || ')' else p.friendly_name end as label
    from package_names p
  ),
  -- A package is its name: what has the same one has the same label and category.
  known_packages as materialized (
    select l.id, l.name, min(l.label) over (partition by l.name) as label,
      case when l.name = 'Core' then 'Core'
        else coalesce(min(l.category) over (partition by l.name), 'none') end as category,
      row_number() over (order by l.id) as place
    from package_labels l
  ),
  -- packages >>
  -- << functions
  function_names as (
    select f.id, coalesce(nullif(trim(f.name), ''), f.id::text) as name, v.version, v.published_on,
      coalesce(v.is_current, false) and not coalesce(v.debug, false) as is_current,
      k.name as package, k.label as package_label, k.category, k.place as package_place
    from funcs f
    left join entities en on en.id = f.id
    left join published_packages v on v.id = en.package_id
    left join known_packages k on k.id = v.package_id
  ),
  -- A function is its name within its package, whatever version brought it: "function_id" is one id for all its rows.
  known_functions as materialized (
    select n.id, n.name, n.version, n.package, n.package_label, n.category,
      coalesce(n.package || ':', '') || n.name as label,
      first_value(n.id) over (partition by n.package, n.name
        order by n.is_current desc, n.published_on desc nulls last, n.id) as function_id,
      row_number() over (order by n.package_place nulls last, n.id) as place
    from function_names n
  ),
  -- functions >>
  tagged as (
    select t.tag, count(distinct f.function_id)::int as functions
    from tags t join known_functions f on f.id = t.entity_id
    where trim(t.tag) <> ''
    group by t.tag
  )
select t.tag, t.functions
from tagged t
order by lower(t.tag), t.tag
--end

--name: FilterCategories
--friendlyName: Filter Categories
--description: Categories of packages to filter by: none for packages without one, Core for what belongs to no package
--connection: System:Datagrok
--test: FilterCategories()
with
  -- << packages
  package_names as (
    select p.id, coalesce(nullif(trim(p.name), ''), p.id::text) as name, nullif(trim(p.category), '') as category,
      coalesce(nullif(trim(p.friendly_name), ''), nullif(trim(p.name), ''), p.id::text) as friendly_name
    from packages p
  ),
  package_labels as (
    select p.id, p.name, p.category,
      case when count(*) over (partition by lower(p.friendly_name)) > 1 and p.friendly_name <> p.name
        then p.friendly_name || ' (' || p.name || ')' else p.friendly_name end as label
    from package_names p
  ),
  -- A package is its name: what has the same one has the same label and category.
  known_packages as materialized (
    select l.id, l.name, min(l.label) over (partition by l.name) as label,
      case when l.name = 'Core' then 'Core'
        else coalesce(min(l.category) over (partition by l.name), 'none') end as category,
      row_number() over (order by l.id) as place
    from package_labels l
  ),
  -- packages >>
  listed as (
      select k.name, k.category from known_packages k
    union
      select 'Core', 'Core'
  )
select l.category, count(*)::int as packages
from listed l
group by l.category
order by lower(l.category), l.category
--end
