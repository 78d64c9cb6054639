--name: SelectionSources
--friendlyName: Selection Sources
--description: Events of a selection by log level
--connection: System:Datagrok
--input: datetime from [First instant of the range, UTC]
--input: datetime to [End of the range, UTC, not included]
--input: list<string> groups {optional: true; nullable: true} [Ids of groups, members of nested groups included; none means everybody]
--input: list<string> users {optional: true; nullable: true} [Ids of users; none means all of the groups]
--input: list<string> packages {optional: true; nullable: true} [Names of packages, Core for what belongs to none; none means all]
--input: bool service = false {optional: true} [Count service and system accounts and package tests too]
--test: SelectionSources(Date(2026, 1, 1), Date(2026, 2, 1))
with recursive
  dated as (
    select 'current'::text as period, e.id, e.event_time, e.session_id, e.event_type_id
    from events e
    where e.event_time >= @from::timestamp and e.event_time < @to::timestamp
  ),
  needs (packages) as (select coalesce(cardinality(@packages::text[]), 0) > 0),
  -- << scope
  -- Whose events count and for which package; the same text in every query. Reads "dated" (events of the asked time)
  -- and "needs" (whether packages matter to the answer); gives "accounts" and "activity". See docs/metrics.md.
  chosen_groups (id) as (
      select chosen.id from unnest(@groups::uuid[]) as chosen (id)
    union
      select r.child_id from chosen_groups g join groups_relations r on r.parent_id = g.id
  ),
  -- << people
  -- The row is read as json where a column may be missing on older servers. System and Test have well-known ids.
  account_names as (
    select u.id, u.login, u.joined, u.group_id, u.status,
      coalesce(nullif(trim(u.friendly_name), ''), nullif(trim(u.login), ''), u.id::text) as name,
      coalesce((to_jsonb(u) ->> 'is_service')::boolean, false)
        or u.id in ('3e32c5fa-ac9c-4d39-8b4b-4db3e576b3c3', 'ca1e672e-e3be-40e0-b79b-d2c68e68d380') as is_service
    from users u
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
  accounts as materialized (
    select k.id, k.login, k.joined, k.label,
      (not k.is_service or coalesce(@service::boolean, false))
        and (coalesce(cardinality(@groups::uuid[]), 0) = 0 or k.group_id in (select c.id from chosen_groups c))
        and (coalesce(cardinality(@users::uuid[]), 0) = 0 or k.id = any(@users::uuid[])) as is_counted
    from known_accounts k
  ),
  -- An error outside any known session counts until somebody is chosen; other events without a person never do.
  counted as materialized (
    select d.period, d.id, d.event_time, d.session_id, a.id as user_id, t.source, t.friendly_name as type,
      a.id is not null as is_event,
      a.id is not null and coalesce(t.source = 'usage' and t.friendly_name = 'function-ran', false) as is_run,
      coalesce(t.source = 'error' and t.is_error is distinct from false, false) as is_error
    from dated d
    left join event_types t on t.id = d.event_type_id
    left join users_sessions s on s.id = d.session_id
    left join accounts a on a.id = s.user_id
    where (a.is_counted
        and (coalesce(@service::boolean, false)
          or not coalesce(t.source = 'usage' and t.friendly_name like 'test-%', false)))
      or (a.id is null and t.source = 'error' and t.is_error is distinct from false
        and coalesce(cardinality(@groups::uuid[]), 0) = 0 and coalesce(cardinality(@users::uuid[]), 0) = 0)
  ),
  -- << packages
  package_names as (
    select p.id, coalesce(nullif(trim(p.name), ''), p.id::text) as name,
      coalesce(nullif(trim(p.friendly_name), ''), nullif(trim(p.name), ''), p.id::text) as friendly_name
    from packages p
  ),
  known_packages as materialized (
    select p.id, p.name,
      case when count(*) over (partition by lower(p.friendly_name)) > 1 and p.friendly_name <> p.name
        then p.friendly_name || ' (' || p.name || ')' else p.friendly_name end as label
    from package_names p
  ),
  -- packages >>
  -- Every id that stands for a package: its published versions, and the entities which these brought.
  namers as materialized (
      select v.id, v.package_id, true as is_version, false as is_function
      from published_packages v join known_packages p on p.id = v.package_id
    union all
      select en.id, v.package_id, false, f.id is not null
      from entities en
      join published_packages v on v.id = en.package_id
      join known_packages p on p.id = v.package_id
      left join funcs f on f.id = en.id
  ),
  -- First the function called, then the parameter "package", then any entity; the lowest parameter id among equals.
  primary_packages as materialized (
    select distinct on (c.id) c.id as event_id, n.package_id
    from counted c
    join event_parameter_values v on v.event_id = c.id
    join namers n on n.id = v.value_uuid
    left join event_parameters p on p.id = v.parameter_id
    where (select needs.packages from needs) and (not n.is_version or p.name = 'package')
    order by c.id, case when c.is_run and n.is_function then 1 when n.is_version then 2 else 3 end, v.parameter_id, v.id
  ),
  activity as materialized (
    select c.period, c.id, c.event_time, c.session_id, c.user_id, c.source, c.type, c.is_event, c.is_run, c.is_error,
      coalesce(k.name, 'Core') as package, coalesce(k.label, 'Core') as package_label
    from counted c
    left join primary_packages m on m.event_id = c.id
    left join known_packages k on k.id = m.package_id
    where coalesce(cardinality(@packages::text[]), 0) = 0 or coalesce(k.name, 'Core') = any(@packages::text[])
  ),
  -- scope >>
  sources as (
    select a.source, count(*) filter (where a.is_event)::int as events,
      count(*) filter (where a.is_error)::int as errors,
      count(distinct a.user_id) filter (where a.is_event)::int as users, max(a.event_time) as last_event
    from activity a
    group by a.source
  )
select s.source, s.events, s.errors, s.users, s.last_event
from sources s
order by s.events desc, s.source
--end

--name: SelectionAudit
--friendlyName: Selection Audit
--description: Audit records of a selection by type
--connection: System:Datagrok
--input: datetime from [First instant of the range, UTC]
--input: datetime to [End of the range, UTC, not included]
--input: list<string> groups {optional: true; nullable: true} [Ids of groups, members of nested groups included; none means everybody]
--input: list<string> users {optional: true; nullable: true} [Ids of users; none means all of the groups]
--input: list<string> packages {optional: true; nullable: true} [Names of packages, Core for what belongs to none; none means all]
--input: bool service = false {optional: true} [Count service and system accounts and package tests too]
--test: SelectionAudit(Date(2026, 1, 1), Date(2026, 2, 1))
with recursive
  dated as (
    select 'current'::text as period, e.id, e.event_time, e.session_id, e.event_type_id
    from events e
    where e.event_time >= @from::timestamp and e.event_time < @to::timestamp
  ),
  needs (packages) as (select coalesce(cardinality(@packages::text[]), 0) > 0),
  -- << scope
  -- Whose events count and for which package; the same text in every query. Reads "dated" (events of the asked time)
  -- and "needs" (whether packages matter to the answer); gives "accounts" and "activity". See docs/metrics.md.
  chosen_groups (id) as (
      select chosen.id from unnest(@groups::uuid[]) as chosen (id)
    union
      select r.child_id from chosen_groups g join groups_relations r on r.parent_id = g.id
  ),
  -- << people
  -- The row is read as json where a column may be missing on older servers. System and Test have well-known ids.
  account_names as (
    select u.id, u.login, u.joined, u.group_id, u.status,
      coalesce(nullif(trim(u.friendly_name), ''), nullif(trim(u.login), ''), u.id::text) as name,
      coalesce((to_jsonb(u) ->> 'is_service')::boolean, false)
        or u.id in ('3e32c5fa-ac9c-4d39-8b4b-4db3e576b3c3', 'ca1e672e-e3be-40e0-b79b-d2c68e68d380') as is_service
    from users u
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
  accounts as materialized (
    select k.id, k.login, k.joined, k.label,
      (not k.is_service or coalesce(@service::boolean, false))
        and (coalesce(cardinality(@groups::uuid[]), 0) = 0 or k.group_id in (select c.id from chosen_groups c))
        and (coalesce(cardinality(@users::uuid[]), 0) = 0 or k.id = any(@users::uuid[])) as is_counted
    from known_accounts k
  ),
  -- An error outside any known session counts until somebody is chosen; other events without a person never do.
  counted as materialized (
    select d.period, d.id, d.event_time, d.session_id, a.id as user_id, t.source, t.friendly_name as type,
      a.id is not null as is_event,
      a.id is not null and coalesce(t.source = 'usage' and t.friendly_name = 'function-ran', false) as is_run,
      coalesce(t.source = 'error' and t.is_error is distinct from false, false) as is_error
    from dated d
    left join event_types t on t.id = d.event_type_id
    left join users_sessions s on s.id = d.session_id
    left join accounts a on a.id = s.user_id
    where (a.is_counted
        and (coalesce(@service::boolean, false)
          or not coalesce(t.source = 'usage' and t.friendly_name like 'test-%', false)))
      or (a.id is null and t.source = 'error' and t.is_error is distinct from false
        and coalesce(cardinality(@groups::uuid[]), 0) = 0 and coalesce(cardinality(@users::uuid[]), 0) = 0)
  ),
  -- << packages
  package_names as (
    select p.id, coalesce(nullif(trim(p.name), ''), p.id::text) as name,
      coalesce(nullif(trim(p.friendly_name), ''), nullif(trim(p.name), ''), p.id::text) as friendly_name
    from packages p
  ),
  known_packages as materialized (
    select p.id, p.name,
      case when count(*) over (partition by lower(p.friendly_name)) > 1 and p.friendly_name <> p.name
        then p.friendly_name || ' (' || p.name || ')' else p.friendly_name end as label
    from package_names p
  ),
  -- packages >>
  -- Every id that stands for a package: its published versions, and the entities which these brought.
  namers as materialized (
      select v.id, v.package_id, true as is_version, false as is_function
      from published_packages v join known_packages p on p.id = v.package_id
    union all
      select en.id, v.package_id, false, f.id is not null
      from entities en
      join published_packages v on v.id = en.package_id
      join known_packages p on p.id = v.package_id
      left join funcs f on f.id = en.id
  ),
  -- First the function called, then the parameter "package", then any entity; the lowest parameter id among equals.
  primary_packages as materialized (
    select distinct on (c.id) c.id as event_id, n.package_id
    from counted c
    join event_parameter_values v on v.event_id = c.id
    join namers n on n.id = v.value_uuid
    left join event_parameters p on p.id = v.parameter_id
    where (select needs.packages from needs) and (not n.is_version or p.name = 'package')
    order by c.id, case when c.is_run and n.is_function then 1 when n.is_version then 2 else 3 end, v.parameter_id, v.id
  ),
  activity as materialized (
    select c.period, c.id, c.event_time, c.session_id, c.user_id, c.source, c.type, c.is_event, c.is_run, c.is_error,
      coalesce(k.name, 'Core') as package, coalesce(k.label, 'Core') as package_label
    from counted c
    left join primary_packages m on m.event_id = c.id
    left join known_packages k on k.id = m.package_id
    where coalesce(cardinality(@packages::text[]), 0) = 0 or coalesce(k.name, 'Core') = any(@packages::text[])
  ),
  -- scope >>
  types as (
    select a.type, count(*)::int as events, count(distinct a.user_id)::int as users, max(a.event_time) as last_event
    from activity a
    where a.is_event and a.source = 'audit'
    group by a.type
  )
select t.type, t.events, t.users, t.last_event
from types t
order by t.events desc, t.type
--end

--name: SelectionFunctions
--friendlyName: Selection Functions
--description: Functions run in a selection; runs of what is no longer known are one row without an id
--connection: System:Datagrok
--input: datetime from [First instant of the range, UTC]
--input: datetime to [End of the range, UTC, not included]
--input: list<string> groups {optional: true; nullable: true} [Ids of groups, members of nested groups included; none means everybody]
--input: list<string> users {optional: true; nullable: true} [Ids of users; none means all of the groups]
--input: list<string> packages {optional: true; nullable: true} [Names of packages, Core for what belongs to none; none means all]
--input: bool service = false {optional: true} [Count service and system accounts and package tests too]
--test: SelectionFunctions(Date(2026, 1, 1), Date(2026, 2, 1))
with recursive
  dated as (
    select 'current'::text as period, e.id, e.event_time, e.session_id, e.event_type_id
    from events e
    where e.event_time >= @from::timestamp and e.event_time < @to::timestamp
  ),
  needs (packages) as (select coalesce(cardinality(@packages::text[]), 0) > 0),
  -- << scope
  -- Whose events count and for which package; the same text in every query. Reads "dated" (events of the asked time)
  -- and "needs" (whether packages matter to the answer); gives "accounts" and "activity". See docs/metrics.md.
  chosen_groups (id) as (
      select chosen.id from unnest(@groups::uuid[]) as chosen (id)
    union
      select r.child_id from chosen_groups g join groups_relations r on r.parent_id = g.id
  ),
  -- << people
  -- The row is read as json where a column may be missing on older servers. System and Test have well-known ids.
  account_names as (
    select u.id, u.login, u.joined, u.group_id, u.status,
      coalesce(nullif(trim(u.friendly_name), ''), nullif(trim(u.login), ''), u.id::text) as name,
      coalesce((to_jsonb(u) ->> 'is_service')::boolean, false)
        or u.id in ('3e32c5fa-ac9c-4d39-8b4b-4db3e576b3c3', 'ca1e672e-e3be-40e0-b79b-d2c68e68d380') as is_service
    from users u
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
  accounts as materialized (
    select k.id, k.login, k.joined, k.label,
      (not k.is_service or coalesce(@service::boolean, false))
        and (coalesce(cardinality(@groups::uuid[]), 0) = 0 or k.group_id in (select c.id from chosen_groups c))
        and (coalesce(cardinality(@users::uuid[]), 0) = 0 or k.id = any(@users::uuid[])) as is_counted
    from known_accounts k
  ),
  -- An error outside any known session counts until somebody is chosen; other events without a person never do.
  counted as materialized (
    select d.period, d.id, d.event_time, d.session_id, a.id as user_id, t.source, t.friendly_name as type,
      a.id is not null as is_event,
      a.id is not null and coalesce(t.source = 'usage' and t.friendly_name = 'function-ran', false) as is_run,
      coalesce(t.source = 'error' and t.is_error is distinct from false, false) as is_error
    from dated d
    left join event_types t on t.id = d.event_type_id
    left join users_sessions s on s.id = d.session_id
    left join accounts a on a.id = s.user_id
    where (a.is_counted
        and (coalesce(@service::boolean, false)
          or not coalesce(t.source = 'usage' and t.friendly_name like 'test-%', false)))
      or (a.id is null and t.source = 'error' and t.is_error is distinct from false
        and coalesce(cardinality(@groups::uuid[]), 0) = 0 and coalesce(cardinality(@users::uuid[]), 0) = 0)
  ),
  -- << packages
  package_names as (
    select p.id, coalesce(nullif(trim(p.name), ''), p.id::text) as name,
      coalesce(nullif(trim(p.friendly_name), ''), nullif(trim(p.name), ''), p.id::text) as friendly_name
    from packages p
  ),
  known_packages as materialized (
    select p.id, p.name,
      case when count(*) over (partition by lower(p.friendly_name)) > 1 and p.friendly_name <> p.name
        then p.friendly_name || ' (' || p.name || ')' else p.friendly_name end as label
    from package_names p
  ),
  -- packages >>
  -- Every id that stands for a package: its published versions, and the entities which these brought.
  namers as materialized (
      select v.id, v.package_id, true as is_version, false as is_function
      from published_packages v join known_packages p on p.id = v.package_id
    union all
      select en.id, v.package_id, false, f.id is not null
      from entities en
      join published_packages v on v.id = en.package_id
      join known_packages p on p.id = v.package_id
      left join funcs f on f.id = en.id
  ),
  -- First the function called, then the parameter "package", then any entity; the lowest parameter id among equals.
  primary_packages as materialized (
    select distinct on (c.id) c.id as event_id, n.package_id
    from counted c
    join event_parameter_values v on v.event_id = c.id
    join namers n on n.id = v.value_uuid
    left join event_parameters p on p.id = v.parameter_id
    where (select needs.packages from needs) and (not n.is_version or p.name = 'package')
    order by c.id, case when c.is_run and n.is_function then 1 when n.is_version then 2 else 3 end, v.parameter_id, v.id
  ),
  activity as materialized (
    select c.period, c.id, c.event_time, c.session_id, c.user_id, c.source, c.type, c.is_event, c.is_run, c.is_error,
      coalesce(k.name, 'Core') as package, coalesce(k.label, 'Core') as package_label
    from counted c
    left join primary_packages m on m.event_id = c.id
    left join known_packages k on k.id = m.package_id
    where coalesce(cardinality(@packages::text[]), 0) = 0 or coalesce(k.name, 'Core') = any(@packages::text[])
  ),
  -- scope >>
  called as (
    select distinct on (a.id) a.id as event_id, f.id as function_id, f.name
    from activity a
    join event_parameter_values v on v.event_id = a.id
    join funcs f on f.id = v.value_uuid
    where a.is_run
    order by a.id, v.parameter_id, v.id
  ),
  runs as (
    select c.function_id, c.name, count(*)::int as runs, count(distinct a.user_id)::int as users,
      max(a.event_time) as last_run
    from activity a
    left join called c on c.event_id = a.id
    where a.is_run
    group by c.function_id, c.name
  )
select r.function_id, coalesce(k.name || ':', '') || r.name as "function", k.name as package_name, r.runs, r.users,
  r.last_run
from runs r
left join entities en on en.id = r.function_id
left join published_packages v on v.id = en.package_id
left join known_packages k on k.id = v.package_id
order by r.runs desc, "function", r.function_id
--end
