--name: EventsActivity
--friendlyName: Events Activity
--description: Events and errors per bucket, log level and user; every bucket has a row; above maxPoints the least active users are one row per cell
--connection: System:Datagrok
--input: datetime from [First instant of the range, UTC]
--input: datetime to [End of the range, UTC, not included]
--input: list<string> groups {optional: true; nullable: true} [Ids of groups, members of nested groups included; none means everybody]
--input: list<string> users {optional: true; nullable: true} [Ids of users; none means all of the groups]
--input: list<string> packages {optional: true; nullable: true} [Names of packages, Core for what belongs to none; none means all]
--input: bool service = false {optional: true} [Count service and system accounts and package tests too]
--input: list<string> functions {optional: true; nullable: true} [Ids of functions, each standing for all versions; none means no restriction]
--input: list<string> entities {optional: true; nullable: true} [Ids of anything that events must name in a parameter; none means no restriction]
--input: list<string> sources {optional: true; nullable: true} [Log levels; none means all]
--input: list<string> types {optional: true; nullable: true} [Ids of event types; none means all]
--input: list<string> tags {optional: true; nullable: true} [Tags of functions; none means no restriction]
--input: list<string> categories {optional: true; nullable: true} [Categories of packages: none for those without one, Core for what belongs to no package; none given means all]
--input: string measure {optional: true; nullable: true} [Which events: events, runs or errors; null means every one the answer counts]
--input: list<string> cells {optional: true; nullable: true} [Exact selection, each from|to|user|source|function|package; none means no restriction]
--input: string unit = "day" {optional: true; choices: ["minute", "10 minutes", "hour", "day", "week", "month", "quarter", "year"]} [Width of a bucket]
--input: string zone = "UTC" {optional: true} [IANA time zone in which buckets are cut]
--input: int maxPoints = 20000 {optional: true} [Points above which the least active users are folded into one]
--test: EventsActivity(Date(2026, 1, 1), Date(2026, 2, 1))
with recursive
  dated as not materialized (
    select 'current'::text as period, e.id, e.event_time, e.session_id, e.event_type_id
    from events e
    where e.event_time >= @from::timestamp and e.event_time < @to::timestamp
  ),
  needs (packages, functions, narrow, few) as (select false, false, true, false),
  -- << scope
  -- Which events count, and for what; the same text in every query. Reads "dated" (events of the asked time) and
  -- "needs" ("packages" and "functions": whether the answer tells them; "narrow": whether more than people and
  -- packages restricts it; "few": whether "dated" has but few of the events of its time). Gives "accounts", "mentions",
  -- "concerns" and "activity". See docs/metrics.md.
  -- << accounts
  chosen_groups (id) as (
      select chosen.id from unnest(@groups::uuid[]) as chosen (id)
    union
      select r.child_id from chosen_groups g join groups_relations r on r.parent_id = g.id
  ),
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
  accounts as materialized (
    select k.id, k.login, k.joined, k.label,
      (not k.is_service or coalesce(@service::boolean, false))
        and (coalesce(cardinality(@groups::uuid[]), 0) = 0 or k.group_id in (select c.id from chosen_groups c))
        and (coalesce(cardinality(@users::uuid[]), 0) = 0 or k.id = any(@users::uuid[])) as is_counted
    from known_accounts k
  ),
  -- accounts >>
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
  -- << choice
  chosen_functions as (
    select coalesce(f.function_id, chosen.id) as function_id
    from unnest(@functions::uuid[]) as chosen (id) left join known_functions f on f.id = chosen.id
  ),
  -- A function has the tags of all its rows.
  tagged_functions as (
    select f.function_id from tags t join known_functions f on f.id = t.entity_id where t.tag = any(@tags::text[])
  ),
  -- An exact selection: each text is from|to|user|source|function|package, see docs/metrics.md. What is malformed fails
  -- or selects nothing.
  cell_parts as (
    select string_to_array(cell.text, '|') as parts from unnest(@cells::text[]) as cell (text)
  ),
  chosen_cells as materialized (
    select coalesce(nullif(c.parts[1], '')::timestamptz at time zone 'utc', '-infinity') as starts,
      coalesce(nullif(c.parts[2], '')::timestamptz at time zone 'utc', 'infinity') as ends,
      c.parts[3] as person, c.parts[4] as source, c.parts[5] as func, array_to_string(c.parts[6:], '|') as package,
      case when c.parts[3] not in ('', '-') and left(c.parts[3], 1) <> '!' then c.parts[3]::uuid end as user_id,
      case when left(c.parts[3], 1) = '!'
        then coalesce(string_to_array(nullif(substr(c.parts[3], 2), ''), ','), '{}')::uuid[] end as other_than,
      coalesce(f.function_id, nullif(c.parts[5], '')::uuid) as function_id
    from cell_parts c left join known_functions f on f.id = nullif(c.parts[5], '')::uuid
    where cardinality(c.parts) >= 6
  ),
  -- Time is cut where any cell begins or ends: cells are found by the number of the piece they lie in, and in it
  -- by the narrowest thing they name.
  cell_edges (edges) as materialized (
    select array_agg(e.edge order by e.edge)
    from (select c.starts as edge from chosen_cells c union select c.ends from chosen_cells c) e
  ),
  cell_places as materialized (
    select p.place, coalesce(c.user_id::text, c.function_id::text, c.package) as key,
      c.person, c.source, c.func, c.package, c.user_id, c.other_than, c.function_id
    from chosen_cells c cross join cell_edges g
    cross join lateral generate_series(width_bucket(c.starts, g.edges), width_bucket(c.ends, g.edges) - 1) as p (place)
  ),
  -- choice >>
  asked as materialized (
    select n.packages or coalesce(cardinality(@packages::text[]), 0) > 0
        or coalesce(cardinality(@categories::text[]), 0) > 0
        or (n.narrow and exists (select from chosen_cells c where c.package <> '')) as packages,
      n.functions or (n.narrow and (coalesce(cardinality(@functions::uuid[]), 0) > 0
        or coalesce(cardinality(@tags::text[]), 0) > 0
        or exists (select from chosen_cells c where c.func <> ''))) as functions,
      n.narrow and (coalesce(cardinality(@functions::uuid[]), 0) > 0 or coalesce(cardinality(@tags::text[]), 0) > 0
        or exists (select from chosen_cells c where c.func <> '')) as of_any,
      n.narrow and coalesce(cardinality(@functions::uuid[]), 0) > 0 as by_function,
      n.narrow and coalesce(cardinality(@tags::text[]), 0) > 0 as by_tag,
      n.narrow and coalesce(cardinality(@entities::uuid[]), 0) > 0 as by_entity,
      n.narrow and coalesce(cardinality(@sources::text[]), 0) > 0 as by_source,
      n.narrow and coalesce(cardinality(@types::uuid[]), 0) > 0 as by_type,
      n.narrow and coalesce(cardinality(@cells::text[]), 0) > 0 as by_cell,
      case when n.narrow then nullif(@measure::text, '') end as measure
    from needs n
  ),
  -- An error outside any known session counts until somebody is chosen; other events without a person never do.
  -- What has no known type is level "unknown", and of the type whose id is all zeros.
  counted as not materialized (
    select d.period, d.id, d.event_time, d.session_id, a.id as user_id,
      coalesce(t.id, '00000000-0000-0000-0000-000000000000'::uuid) as type_id,
      coalesce(t.source, 'unknown') as source, coalesce(t.friendly_name, 'unknown') as type,
      a.id is not null as is_event,
      a.id is not null and coalesce(t.source = 'usage' and t.friendly_name = 'function-ran', false) as is_run,
      coalesce(t.source = 'error' and t.is_error is distinct from false, false) as is_error
    from dated d
    left join event_types t on t.id = d.event_type_id
    left join users_sessions s on s.id = d.session_id
    left join accounts a on a.id = s.user_id
    -- One "case": of conditions that stand apart the planner would expect few events to be left, and go to each.
    where case
        when a.id is null and (t.source is distinct from 'error' or t.is_error is not distinct from false
          or coalesce(cardinality(@groups::uuid[]), 0) > 0 or coalesce(cardinality(@users::uuid[]), 0) > 0) then false
        when a.id is not null and not a.is_counted then false
        when a.id is not null and not coalesce(@service::boolean, false) and t.source = 'usage'
          and t.friendly_name like 'test-%' then false
        else (not (select q.by_source from asked q) or coalesce(t.source, 'unknown') = any(@sources::text[]))
          and (not (select q.by_type from asked q)
            or coalesce(t.id, '00000000-0000-0000-0000-000000000000'::uuid) = any(@types::uuid[]))
          and (not (select q.by_entity from asked q) or exists (
            select from event_parameter_values v where v.event_id = d.id and v.value_uuid = any(@entities::uuid[])))
          and (not (select q.by_cell from asked q)
            or width_bucket(d.event_time, (select g.edges from cell_edges g)) = any(
              (select array_agg(distinct w.place) from cell_places w)::int[]))
      end
      and (coalesce(cardinality(@users::uuid[]), 0) = 0 or s.user_id = any(@users::uuid[]))
  ),
  -- Every id that stands for a package: its published versions, and the entities which these brought.
  namers as (
      select v.id, v.package_id
      from published_packages v join known_packages p on p.id = v.package_id
    union all
      select en.id, v.package_id
      from entities en
      join published_packages v on v.id = en.package_id
      join known_packages p on p.id = v.package_id
  ),
  parameter_places as (
    select p.id, p.name = 'package' as names_package, row_number() over (order by p.id) as place from event_parameters p
  ),
  -- Looking up the values of an event takes as long as reading some 30 of all values one after the other. So few events,
  -- and those of chosen people, look theirs up, and many read all; as in "naming" of the summaries. With each "offset 0"
  -- the planner keeps to what stands before it: first the events that count, then the values of each.
  reading as materialized (
    select case when n.few or coalesce(cardinality(@users::uuid[]), 0) > 0 then false
      else exists (select from dated offset (case when c.reltuples > 0 then c.reltuples / 30 else 50000 end)::bigint) end
      as whole
    from needs n cross join pg_class c
    where c.oid = to_regclass('event_parameter_values')
  ),
  logged_ids as not materialized (
      select c.id as event_id, c.is_run, v.parameter_id, v.value_uuid as id
      from counted c
      join event_parameter_values v on v.event_id = c.id and v.value_uuid is not null
      where (select r.whole from reading r)
    union all
      select c.id, c.is_run, v.parameter_id, v.value_uuid
      from (select n.id, n.is_run from counted n offset 0) c
      cross join lateral (
        select l.parameter_id, l.value_uuid
        from event_parameter_values l
        where l.event_id = c.id and l.value_uuid is not null
        offset 0
      ) v
      where not (select r.whole from reading r)
  ),
  -- First the function called, then the parameter "package", then any entity; the lowest parameter id among equals,
  -- then the lowest id of a package. All that is one number, so that the first is a minimum, for which nothing is
  -- sorted.
  primary_packages as materialized (
    select i.event_id, min((p.place << 30) | case when i.is_run and f.id is not null then bringer.place
        when p.names_package and named.id is not null then (1::bigint << 60) | named.place
        else (2::bigint << 60) | bringer.place end) & ((1 << 30) - 1) as place
    from logged_ids i
    join parameter_places p on p.id = i.parameter_id
    left join entities en on en.id = i.id
    left join published_packages brought on brought.id = en.package_id
    left join known_packages bringer on bringer.id = brought.package_id
    left join published_packages version on version.id = i.id
    left join known_packages named on named.id = version.package_id
    left join funcs f on f.id = i.id
    where (select q.packages from asked q)
    group by i.event_id
  ),
  -- Functions that events name, in the order that decides which one a run called: as for its package.
  mentions as (
    select i.event_id, i.is_run, f.function_id, f.label, row_number() over (partition by i.event_id
      order by f.package is null, p.place, f.place) as place
    from logged_ids i
    join known_functions f on f.id = i.id
    join parameter_places p on p.id = i.parameter_id
    where (select q.functions from asked q)
  ),
  -- The same for runs alone, without sorting.
  called as materialized (
    select i.event_id,
      min(((f.package is null)::int::bigint << 60) | (p.place << 30) | f.place) & ((1 << 30) - 1) as place
    from logged_ids i
    join funcs r on r.id = i.id
    join known_functions f on f.id = r.id
    join parameter_places p on p.id = i.parameter_id
    where (select q.functions from asked q) and i.is_run
    group by i.event_id
  ),
  -- A run concerns the function called, and if that is not known the one whose id is all zeros; other events concern
  -- all that they name.
  concerns as materialized (
      select c.id as event_id, coalesce(f.function_id, '00000000-0000-0000-0000-000000000000'::uuid) as function_id
      from counted c
      left join called m on m.event_id = c.id
      left join known_functions f on f.place = m.place
      where (select q.functions from asked q) and c.is_run
    union all
      select distinct i.event_id, f.function_id
      from logged_ids i
      join known_functions f on f.id = i.id
      join event_parameters p on p.id = i.parameter_id
      where (select q.of_any from asked q) and not i.is_run
  ),
  concerning as materialized (
    select k.event_id
    from concerns k
    where (select q.by_function or q.by_tag from asked q)
    group by k.event_id
    having ((select not q.by_function from asked q)
        or bool_or(k.function_id in (select c.function_id from chosen_functions c)))
      and ((select not q.by_tag from asked q)
        or bool_or(k.function_id in (select t.function_id from tagged_functions t)))
  ),
  placed as (
    select c.id, c.user_id, c.source, coalesce(k.name, 'Core') as package, f.function_id,
      width_bucket(c.event_time, g.edges) as place
    from counted c
    cross join cell_edges g
    left join primary_packages m on m.event_id = c.id
    left join known_packages k on k.place = m.place
    left join concerns f on f.event_id = c.id
    where (select q.by_cell from asked q)
  ),
  in_cells as materialized (
    select distinct p.id as event_id
    from placed p
    cross join lateral (values (p.user_id::text), (p.function_id::text), (p.package), ('')) as n (key)
    join cell_places w on w.place = p.place and w.key = n.key
    where (w.source = '' or w.source = p.source)
      and (w.package = '' or w.package = p.package)
      and (w.func = '' or w.function_id = p.function_id)
      and (w.person = '' or w.user_id = p.user_id or (w.person = '-' and p.user_id is null)
        or (w.other_than is not null and p.user_id is not null and p.user_id <> all(w.other_than)))
  ),
  -- A measure that is none fails.
  activity as (
    select c.period, c.id, c.event_time, c.session_id, c.user_id, c.type_id, c.source, c.type, c.is_event, c.is_run,
      c.is_error, coalesce(k.name, 'Core') as package, coalesce(k.label, 'Core') as package_label,
      coalesce(k.category, 'Core') as category
    from counted c
    cross join asked q
    left join primary_packages m on m.event_id = c.id
    left join known_packages k on k.place = m.place
    left join concerning f on f.event_id = c.id
    left join in_cells x on x.event_id = c.id
    where (coalesce(cardinality(@packages::text[]), 0) = 0 or coalesce(k.name, 'Core') = any(@packages::text[]))
      and (coalesce(cardinality(@categories::text[]), 0) = 0
        or coalesce(k.category, 'Core') = any(array_replace(@categories::text[], '', 'none')))
      and (f.event_id is not null or not (q.by_function or q.by_tag))
      and (x.event_id is not null or not q.by_cell)
      and case q.measure when 'events' then c.is_event when 'runs' then c.is_run when 'errors' then c.is_error
        else coalesce(q.measure::boolean, true) end
  ),
  -- scope >>
  -- << buckets
  -- Whole units of the zone's calendar that overlap the range; gives "edges".
  cut (unit, zone, starts, ends) as (
    select coalesce(@unit::text, 'day'), coalesce(@zone::text, 'UTC'), @from::timestamp, @to::timestamp
  ),
  -- Units below a day begin wherever the zone's clock shows a whole one: every offset is a multiple of 15 minutes.
  short_units (unit, seconds, grid) as (
    values ('minute', 60, interval '1 minute'), ('10 minutes', 600, interval '5 minutes'),
      ('hour', 3600, interval '15 minutes')
  ),
  long_units (unit, step) as (
    values ('day', interval '1 day'), ('week', interval '7 days'), ('month', interval '1 month'),
      ('quarter', interval '3 months'), ('year', interval '1 year')
  ),
  -- An unknown unit fails here, as no unit of "date_trunc" or no interval.
  walls as (
    select generate_series(date_trunc(c.unit, (c.starts at time zone 'utc') at time zone c.zone),
        ((c.ends at time zone 'utc') at time zone c.zone) + 2 * coalesce(u.step, c.unit::interval),
        coalesce(u.step, c.unit::interval)) as wall, c.zone
    from cut c left join long_units u on u.unit = c.unit
    where c.unit not in (select s.unit from short_units s)
  ),
  candidates (edge) as (
      select g.edge
      from cut c join short_units u on u.unit = c.unit
      cross join lateral generate_series(date_trunc('hour', c.starts) - interval '3 hours', c.ends + interval '3 hours',
        u.grid) as g (edge)
      where extract(epoch from (g.edge at time zone 'utc') at time zone c.zone)::bigint % u.seconds = 0
    union
      -- A midnight that comes twice is the first of the two.
      select (case when ((w.wall at time zone w.zone) - interval '1 hour') at time zone w.zone = w.wall
        then (w.wall at time zone w.zone) - interval '1 hour' else w.wall at time zone w.zone end) at time zone 'utc'
      from walls w
  ),
  ordered_edges as (
    select c.edge, lead(c.edge) over (order by c.edge) as finish from candidates c
  ),
  edges as materialized (
    select e.edge, e.finish, row_number() over (order by e.edge)::int as place
    from ordered_edges e cross join cut c
    where e.edge < c.ends and e.finish > c.starts
  ),
  -- buckets >>
  points as materialized (
    select width_bucket(a.event_time, (select array_agg(e.edge order by e.place) from edges e)) as place,
      a.source as item, a.user_id, count(*) filter (where a.is_event) as events,
      count(*) filter (where a.is_error) as errors
    from activity a
    group by 1, 2, 3
  ),
  -- << folding
  -- Reads "points" (place, item, user_id, events). Users are kept from the most active down as long as the points fit;
  -- one for each cell is set aside for the others together.
  user_sizes as (
    select p.user_id, count(*) as points, sum(p.events) as events
    from points p
    where p.user_id is not null
    group by p.user_id
  ),
  user_folding as materialized (
    select s.user_id, (select count(*) from points) > @maxPoints::int
      and sum(s.points) over (order by s.events desc, s.user_id) + (select count(*) from
        (select distinct p.place, p.item, p.user_id is null from points p) cells) > @maxPoints::int as is_folded
    from user_sizes s
  ),
  -- folding >>
  -- Errors that belong to nobody are folded into no other row.
  folded as (
    select p.place, p.item, coalesce(f.is_folded, false) as is_folded,
      case when not f.is_folded then p.user_id end as user_id, sum(p.events)::int as events,
      sum(p.errors)::int as errors, case when f.is_folded then count(*)::int else 0 end as folded
    from points p left join user_folding f on f.user_id = p.user_id
    group by p.place, p.item, f.is_folded, case when not f.is_folded then p.user_id end
  )
select e.edge as bucket, e.finish as bucket_end, p.item as source, p.user_id,
  case when p.is_folded then 'Other users' else a.label end as "user", a.login,
  coalesce(p.events, 0) as events, coalesce(p.errors, 0) as errors, coalesce(p.folded, 0) as folded
from edges e
left join folded p on p.place = e.place
left join accounts a on a.id = p.user_id
order by e.edge, p.item, p.is_folded, "user", p.user_id
--end

--name: EventTypes
--friendlyName: Event Types
--description: Types of the events of the range, error groups among them, with their counts; what has no known type is one row whose id is all zeros
--connection: System:Datagrok
--input: datetime from [First instant of the range, UTC]
--input: datetime to [End of the range, UTC, not included]
--input: list<string> groups {optional: true; nullable: true} [Ids of groups, members of nested groups included; none means everybody]
--input: list<string> users {optional: true; nullable: true} [Ids of users; none means all of the groups]
--input: list<string> packages {optional: true; nullable: true} [Names of packages, Core for what belongs to none; none means all]
--input: bool service = false {optional: true} [Count service and system accounts and package tests too]
--input: list<string> functions {optional: true; nullable: true} [Ids of functions, each standing for all versions; none means no restriction]
--input: list<string> entities {optional: true; nullable: true} [Ids of anything that events must name in a parameter; none means no restriction]
--input: list<string> sources {optional: true; nullable: true} [Log levels; none means all]
--input: list<string> types {optional: true; nullable: true} [Ids of event types; none means all]
--input: list<string> tags {optional: true; nullable: true} [Tags of functions; none means no restriction]
--input: list<string> categories {optional: true; nullable: true} [Categories of packages: none for those without one, Core for what belongs to no package; none given means all]
--input: string measure {optional: true; nullable: true} [Which events: events, runs or errors; null means every one the answer counts]
--input: list<string> cells {optional: true; nullable: true} [Exact selection, each from|to|user|source|function|package; none means no restriction]
--test: EventTypes(Date(2026, 1, 1), Date(2026, 2, 1))
with recursive
  dated as not materialized (
    select 'current'::text as period, e.id, e.event_time, e.session_id, e.event_type_id
    from events e
    where e.event_time >= @from::timestamp and e.event_time < @to::timestamp
  ),
  needs (packages, functions, narrow, few) as (select false, false, true, false),
  -- << scope
  -- Which events count, and for what; the same text in every query. Reads "dated" (events of the asked time) and
  -- "needs" ("packages" and "functions": whether the answer tells them; "narrow": whether more than people and
  -- packages restricts it; "few": whether "dated" has but few of the events of its time). Gives "accounts", "mentions",
  -- "concerns" and "activity". See docs/metrics.md.
  -- << accounts
  chosen_groups (id) as (
      select chosen.id from unnest(@groups::uuid[]) as chosen (id)
    union
      select r.child_id from chosen_groups g join groups_relations r on r.parent_id = g.id
  ),
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
  accounts as materialized (
    select k.id, k.login, k.joined, k.label,
      (not k.is_service or coalesce(@service::boolean, false))
        and (coalesce(cardinality(@groups::uuid[]), 0) = 0 or k.group_id in (select c.id from chosen_groups c))
        and (coalesce(cardinality(@users::uuid[]), 0) = 0 or k.id = any(@users::uuid[])) as is_counted
    from known_accounts k
  ),
  -- accounts >>
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
  -- << choice
  chosen_functions as (
    select coalesce(f.function_id, chosen.id) as function_id
    from unnest(@functions::uuid[]) as chosen (id) left join known_functions f on f.id = chosen.id
  ),
  -- A function has the tags of all its rows.
  tagged_functions as (
    select f.function_id from tags t join known_functions f on f.id = t.entity_id where t.tag = any(@tags::text[])
  ),
  -- An exact selection: each text is from|to|user|source|function|package, see docs/metrics.md. What is malformed fails
  -- or selects nothing.
  cell_parts as (
    select string_to_array(cell.text, '|') as parts from unnest(@cells::text[]) as cell (text)
  ),
  chosen_cells as materialized (
    select coalesce(nullif(c.parts[1], '')::timestamptz at time zone 'utc', '-infinity') as starts,
      coalesce(nullif(c.parts[2], '')::timestamptz at time zone 'utc', 'infinity') as ends,
      c.parts[3] as person, c.parts[4] as source, c.parts[5] as func, array_to_string(c.parts[6:], '|') as package,
      case when c.parts[3] not in ('', '-') and left(c.parts[3], 1) <> '!' then c.parts[3]::uuid end as user_id,
      case when left(c.parts[3], 1) = '!'
        then coalesce(string_to_array(nullif(substr(c.parts[3], 2), ''), ','), '{}')::uuid[] end as other_than,
      coalesce(f.function_id, nullif(c.parts[5], '')::uuid) as function_id
    from cell_parts c left join known_functions f on f.id = nullif(c.parts[5], '')::uuid
    where cardinality(c.parts) >= 6
  ),
  -- Time is cut where any cell begins or ends: cells are found by the number of the piece they lie in, and in it
  -- by the narrowest thing they name.
  cell_edges (edges) as materialized (
    select array_agg(e.edge order by e.edge)
    from (select c.starts as edge from chosen_cells c union select c.ends from chosen_cells c) e
  ),
  cell_places as materialized (
    select p.place, coalesce(c.user_id::text, c.function_id::text, c.package) as key,
      c.person, c.source, c.func, c.package, c.user_id, c.other_than, c.function_id
    from chosen_cells c cross join cell_edges g
    cross join lateral generate_series(width_bucket(c.starts, g.edges), width_bucket(c.ends, g.edges) - 1) as p (place)
  ),
  -- choice >>
  asked as materialized (
    select n.packages or coalesce(cardinality(@packages::text[]), 0) > 0
        or coalesce(cardinality(@categories::text[]), 0) > 0
        or (n.narrow and exists (select from chosen_cells c where c.package <> '')) as packages,
      n.functions or (n.narrow and (coalesce(cardinality(@functions::uuid[]), 0) > 0
        or coalesce(cardinality(@tags::text[]), 0) > 0
        or exists (select from chosen_cells c where c.func <> ''))) as functions,
      n.narrow and (coalesce(cardinality(@functions::uuid[]), 0) > 0 or coalesce(cardinality(@tags::text[]), 0) > 0
        or exists (select from chosen_cells c where c.func <> '')) as of_any,
      n.narrow and coalesce(cardinality(@functions::uuid[]), 0) > 0 as by_function,
      n.narrow and coalesce(cardinality(@tags::text[]), 0) > 0 as by_tag,
      n.narrow and coalesce(cardinality(@entities::uuid[]), 0) > 0 as by_entity,
      n.narrow and coalesce(cardinality(@sources::text[]), 0) > 0 as by_source,
      n.narrow and coalesce(cardinality(@types::uuid[]), 0) > 0 as by_type,
      n.narrow and coalesce(cardinality(@cells::text[]), 0) > 0 as by_cell,
      case when n.narrow then nullif(@measure::text, '') end as measure
    from needs n
  ),
  -- An error outside any known session counts until somebody is chosen; other events without a person never do.
  -- What has no known type is level "unknown", and of the type whose id is all zeros.
  counted as not materialized (
    select d.period, d.id, d.event_time, d.session_id, a.id as user_id,
      coalesce(t.id, '00000000-0000-0000-0000-000000000000'::uuid) as type_id,
      coalesce(t.source, 'unknown') as source, coalesce(t.friendly_name, 'unknown') as type,
      a.id is not null as is_event,
      a.id is not null and coalesce(t.source = 'usage' and t.friendly_name = 'function-ran', false) as is_run,
      coalesce(t.source = 'error' and t.is_error is distinct from false, false) as is_error
    from dated d
    left join event_types t on t.id = d.event_type_id
    left join users_sessions s on s.id = d.session_id
    left join accounts a on a.id = s.user_id
    -- One "case": of conditions that stand apart the planner would expect few events to be left, and go to each.
    where case
        when a.id is null and (t.source is distinct from 'error' or t.is_error is not distinct from false
          or coalesce(cardinality(@groups::uuid[]), 0) > 0 or coalesce(cardinality(@users::uuid[]), 0) > 0) then false
        when a.id is not null and not a.is_counted then false
        when a.id is not null and not coalesce(@service::boolean, false) and t.source = 'usage'
          and t.friendly_name like 'test-%' then false
        else (not (select q.by_source from asked q) or coalesce(t.source, 'unknown') = any(@sources::text[]))
          and (not (select q.by_type from asked q)
            or coalesce(t.id, '00000000-0000-0000-0000-000000000000'::uuid) = any(@types::uuid[]))
          and (not (select q.by_entity from asked q) or exists (
            select from event_parameter_values v where v.event_id = d.id and v.value_uuid = any(@entities::uuid[])))
          and (not (select q.by_cell from asked q)
            or width_bucket(d.event_time, (select g.edges from cell_edges g)) = any(
              (select array_agg(distinct w.place) from cell_places w)::int[]))
      end
      and (coalesce(cardinality(@users::uuid[]), 0) = 0 or s.user_id = any(@users::uuid[]))
  ),
  -- Every id that stands for a package: its published versions, and the entities which these brought.
  namers as (
      select v.id, v.package_id
      from published_packages v join known_packages p on p.id = v.package_id
    union all
      select en.id, v.package_id
      from entities en
      join published_packages v on v.id = en.package_id
      join known_packages p on p.id = v.package_id
  ),
  parameter_places as (
    select p.id, p.name = 'package' as names_package, row_number() over (order by p.id) as place from event_parameters p
  ),
  -- Looking up the values of an event takes as long as reading some 30 of all values one after the other. So few events,
  -- and those of chosen people, look theirs up, and many read all; as in "naming" of the summaries. With each "offset 0"
  -- the planner keeps to what stands before it: first the events that count, then the values of each.
  reading as materialized (
    select case when n.few or coalesce(cardinality(@users::uuid[]), 0) > 0 then false
      else exists (select from dated offset (case when c.reltuples > 0 then c.reltuples / 30 else 50000 end)::bigint) end
      as whole
    from needs n cross join pg_class c
    where c.oid = to_regclass('event_parameter_values')
  ),
  logged_ids as not materialized (
      select c.id as event_id, c.is_run, v.parameter_id, v.value_uuid as id
      from counted c
      join event_parameter_values v on v.event_id = c.id and v.value_uuid is not null
      where (select r.whole from reading r)
    union all
      select c.id, c.is_run, v.parameter_id, v.value_uuid
      from (select n.id, n.is_run from counted n offset 0) c
      cross join lateral (
        select l.parameter_id, l.value_uuid
        from event_parameter_values l
        where l.event_id = c.id and l.value_uuid is not null
        offset 0
      ) v
      where not (select r.whole from reading r)
  ),
  -- First the function called, then the parameter "package", then any entity; the lowest parameter id among equals,
  -- then the lowest id of a package. All that is one number, so that the first is a minimum, for which nothing is
  -- sorted.
  primary_packages as materialized (
    select i.event_id, min((p.place << 30) | case when i.is_run and f.id is not null then bringer.place
        when p.names_package and named.id is not null then (1::bigint << 60) | named.place
        else (2::bigint << 60) | bringer.place end) & ((1 << 30) - 1) as place
    from logged_ids i
    join parameter_places p on p.id = i.parameter_id
    left join entities en on en.id = i.id
    left join published_packages brought on brought.id = en.package_id
    left join known_packages bringer on bringer.id = brought.package_id
    left join published_packages version on version.id = i.id
    left join known_packages named on named.id = version.package_id
    left join funcs f on f.id = i.id
    where (select q.packages from asked q)
    group by i.event_id
  ),
  -- Functions that events name, in the order that decides which one a run called: as for its package.
  mentions as (
    select i.event_id, i.is_run, f.function_id, f.label, row_number() over (partition by i.event_id
      order by f.package is null, p.place, f.place) as place
    from logged_ids i
    join known_functions f on f.id = i.id
    join parameter_places p on p.id = i.parameter_id
    where (select q.functions from asked q)
  ),
  -- The same for runs alone, without sorting.
  called as materialized (
    select i.event_id,
      min(((f.package is null)::int::bigint << 60) | (p.place << 30) | f.place) & ((1 << 30) - 1) as place
    from logged_ids i
    join funcs r on r.id = i.id
    join known_functions f on f.id = r.id
    join parameter_places p on p.id = i.parameter_id
    where (select q.functions from asked q) and i.is_run
    group by i.event_id
  ),
  -- A run concerns the function called, and if that is not known the one whose id is all zeros; other events concern
  -- all that they name.
  concerns as materialized (
      select c.id as event_id, coalesce(f.function_id, '00000000-0000-0000-0000-000000000000'::uuid) as function_id
      from counted c
      left join called m on m.event_id = c.id
      left join known_functions f on f.place = m.place
      where (select q.functions from asked q) and c.is_run
    union all
      select distinct i.event_id, f.function_id
      from logged_ids i
      join known_functions f on f.id = i.id
      join event_parameters p on p.id = i.parameter_id
      where (select q.of_any from asked q) and not i.is_run
  ),
  concerning as materialized (
    select k.event_id
    from concerns k
    where (select q.by_function or q.by_tag from asked q)
    group by k.event_id
    having ((select not q.by_function from asked q)
        or bool_or(k.function_id in (select c.function_id from chosen_functions c)))
      and ((select not q.by_tag from asked q)
        or bool_or(k.function_id in (select t.function_id from tagged_functions t)))
  ),
  placed as (
    select c.id, c.user_id, c.source, coalesce(k.name, 'Core') as package, f.function_id,
      width_bucket(c.event_time, g.edges) as place
    from counted c
    cross join cell_edges g
    left join primary_packages m on m.event_id = c.id
    left join known_packages k on k.place = m.place
    left join concerns f on f.event_id = c.id
    where (select q.by_cell from asked q)
  ),
  in_cells as materialized (
    select distinct p.id as event_id
    from placed p
    cross join lateral (values (p.user_id::text), (p.function_id::text), (p.package), ('')) as n (key)
    join cell_places w on w.place = p.place and w.key = n.key
    where (w.source = '' or w.source = p.source)
      and (w.package = '' or w.package = p.package)
      and (w.func = '' or w.function_id = p.function_id)
      and (w.person = '' or w.user_id = p.user_id or (w.person = '-' and p.user_id is null)
        or (w.other_than is not null and p.user_id is not null and p.user_id <> all(w.other_than)))
  ),
  -- A measure that is none fails.
  activity as (
    select c.period, c.id, c.event_time, c.session_id, c.user_id, c.type_id, c.source, c.type, c.is_event, c.is_run,
      c.is_error, coalesce(k.name, 'Core') as package, coalesce(k.label, 'Core') as package_label,
      coalesce(k.category, 'Core') as category
    from counted c
    cross join asked q
    left join primary_packages m on m.event_id = c.id
    left join known_packages k on k.place = m.place
    left join concerning f on f.event_id = c.id
    left join in_cells x on x.event_id = c.id
    where (coalesce(cardinality(@packages::text[]), 0) = 0 or coalesce(k.name, 'Core') = any(@packages::text[]))
      and (coalesce(cardinality(@categories::text[]), 0) = 0
        or coalesce(k.category, 'Core') = any(array_replace(@categories::text[], '', 'none')))
      and (f.event_id is not null or not (q.by_function or q.by_tag))
      and (x.event_id is not null or not q.by_cell)
      and case q.measure when 'events' then c.is_event when 'runs' then c.is_run when 'errors' then c.is_error
        else coalesce(q.measure::boolean, true) end
  ),
  -- scope >>
  counts as (
    select a.type_id, a.source, a.type, count(*) filter (where a.is_event)::int as events,
      count(*) filter (where a.is_error)::int as errors, count(distinct a.user_id)::int as users,
      min(a.event_time) as first_seen, max(a.event_time) as last_seen
    from activity a
    group by a.type_id, a.source, a.type
  ),
  declared as (
    select p.event_type_id, count(*)::int as parameters, bool_or(p.name in ('package', 'packageName')) as is_custom
    from event_parameters p
    where p.event_type_id in (select c.type_id from counts c)
    group by p.event_type_id
  ),
  said (text) as (
      select c.type from counts c
    union all
      select t.comment from event_types t where t.id in (select c.type_id from counts c)
  ),
  -- << shown
  -- Reads "said" (text), what programs and people wrote; gives "shown" (text, as_shown). While names are hidden, so is
  -- text that names a person, by login or by name.
  person_words as materialized (
    select distinct ' ' || w.words || ' ' as words
    from account_rows u
    cross join lateral (values (u.login), (split_part(u.login, '@', 1)), (u.friendly_name),
      (concat_ws(' ', u.fields ->> 'first_name', u.fields ->> 'last_name'))) as n (text)
    cross join lateral (select trim(regexp_replace(lower(n.text), '[^[:alnum:]]+', ' ', 'g'))) as w (words)
    where (select p.hides_names from privacy p) and not u.is_service
      and u.id <> '878c42b0-9a50-11e6-c537-6bf8e9ab02ee' and length(w.words) >= 3
  ),
  said_words as (
    select distinct s.text, ' ' || regexp_replace(lower(s.text), '[^[:alnum:]]+', ' ', 'g') || ' ' as words
    from said s
    where s.text is not null
  ),
  shown as (
    select s.text, case when exists (select 1 from person_words w where position(w.words in s.words) > 0)
      then '(hidden: names a person)' else s.text end as as_shown
    from said_words s
  ),
  -- shown >>
  told as (
    select c.*, y.as_shown as shown_type, n.as_shown as comment,
      c.source = 'error' and t.is_error is distinct from false as is_error
    from counts c
    left join event_types t on t.id = c.type_id
    left join shown y on y.text = c.type
    left join shown n on n.text = t.comment
  )
select c.type_id, c.source, c.shown_type as type, c.events, c.errors, c.users, c.first_seen, c.last_seen,
  coalesce(d.parameters, 0) as parameters, coalesce(d.is_custom, false) as is_custom, c.comment, c.is_error
from told c
left join declared d on d.event_type_id = c.type_id
order by greatest(c.events, c.errors) desc, c.source, c.type, c.type_id
--end
