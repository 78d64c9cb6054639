--name: UsageSummary
--friendlyName: Usage Summary
--description: Counts per bucket, user, package or function, as numbers, for days that are over: the answer is kept
--meta.cache: all
--meta.cache.invalidateOn: 0 3 1 * *
--connection: System:Datagrok
--input: datetime from [First instant of the range, UTC]
--input: datetime to [End of the range, UTC, not included]
--input: string detail = "packages" {optional: true; choices: ["levels", "packages", "functions"]} [What is told apart: log levels; packages too, with the sessions; or runs alone, by function]
--input: string unit = "day" {optional: true; choices: ["minute", "10 minutes", "hour", "day", "week", "month", "quarter", "year"]} [Width of a bucket]
--input: string zone = "UTC" {optional: true} [IANA time zone in which buckets are cut]
--input: string fresh {optional: true; nullable: true} [Any text: what was asked with another one is counted anew]
--test: UsageSummary(Date(2026, 1, 1), Date(2026, 2, 1))
with
  asked (fresh) as (select @fresh::text),
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
  -- << counting
  -- How many events there are per bucket, user, package or function, and kind: ids and counts alone, whoever asks and
  -- whatever is hidden, so that the answer for past days can be kept. The rules are those of "scope".
  -- << places
  -- Types alike in all that decides how their events count are one kind. Of errors each type is one, because it may be
  -- marked as no error later; errors come last, so that most numbers of a user are near each other. Kinds
  -- are materialized: the database then reads the values of many runs all at once, where it would look each of them up,
  -- which takes a tenth longer.
  typed as (
    select t.id, coalesce(t.source, 'unknown') as source, case when t.source = 'error' then t.id end as error_id,
      coalesce(t.source = 'usage' and t.friendly_name = 'function-ran', false) as is_run,
      coalesce(t.source = 'usage' and t.friendly_name like 'test-%', false) as is_test
    from event_types t
  ),
  kinds as materialized (
    select t.*, dense_rank() over (order by t.source = 'error', t.source, t.error_id, t.is_test, t.is_run)::int as place
    from typed t
    where @detail::text <> 'functions' or t.is_run
  ),
  people as not materialized (
    select u.id, row_number() over (order by u.id)::int as place from users u
  ),
  package_places as not materialized (
    select p.id, row_number() over (order by p.id)::int as place from packages p
  ),
  function_places as not materialized (
    select f.id, row_number() over (order by p.place nulls last, f.id)::int as place
    from funcs f
    left join entities en on en.id = f.id
    left join published_packages v on v.id = en.package_id
    left join package_places p on p.id = v.package_id
  ),
  -- places >>
  -- << naming
  dated as not materialized (
    select e.id, e.event_time, e.session_id, e.event_type_id
    from events e
    where e.event_time >= @from::timestamp and e.event_time < @to::timestamp
  ),
  parameter_places as (
    select p.id, p.name = 'package' as names_package, row_number() over (order by p.id) as place from event_parameters p
  ),
  -- What a parameter may name: something of a package, the version of a package, a function; each by its place.
  named_things as (
      select en.id, p.place as package, null::int as version, null::int as func
      from entities en join published_packages v on v.id = en.package_id join package_places p on p.id = v.package_id
    union all
      select v.id, null, p.place, null from published_packages v join package_places p on p.id = v.package_id
    union all
      select f.id, null, null, f.place from function_places f
  ),
  things as not materialized (
    select t.id, min(t.package) as package, min(t.version) as version, min(t.func) as func from named_things t group by t.id
  ),
  -- Looking up the values of an event takes as long as reading some 30 of all values one after the other. So few events
  -- look theirs up, and many read all. Without "offset 0" the database would always read all, for it takes an event to
  -- have many more values than it has, the more the larger the log is.
  reading as materialized (
    select exists (select from dated offset (case when c.reltuples > 0 then c.reltuples / 30 else 50000 end)::bigint)
      as whole
    from pg_class c
    where c.oid = to_regclass('event_parameter_values')
  ),
  naming_events as not materialized (
    select e.id, k.is_run
    from dated e
    left join kinds k on k.id = e.event_type_id
    where @detail::text <> 'levels' and (@detail::text <> 'functions' or k.is_run)
  ),
  logged_ids as not materialized (
      select e.id as event_id, e.is_run, v.parameter_id, v.value_uuid as id
      from naming_events e
      join event_parameter_values v on v.event_id = e.id and v.value_uuid is not null
      where (select r.whole from reading r)
    union all
      select e.id, e.is_run, v.parameter_id, v.value_uuid
      from naming_events e
      cross join lateral (
        select l.parameter_id, l.value_uuid
        from event_parameter_values l
        where l.event_id = e.id and l.value_uuid is not null
        offset 0
      ) v
      where not (select r.whole from reading r)
  ),
  -- Package and function as in "scope": order, parameter and what it names are one number, whose minimum is the first.
  -- The id is compared as an expression: else long ranges would be read in the order of the index over ids.
  named as (
    select i.event_id,
      (min((p.place << 30) | case when i.is_run and t.func is not null then t.package
        when p.names_package and t.version is not null then (1::bigint << 60) | t.version
        else (2::bigint << 60) | t.package end) & ((1 << 30) - 1))::int as package,
      (min((case when t.package is null then 1 else 0 end::bigint << 60) | (p.place << 30) | t.func)
        & ((1 << 30) - 1))::int as func
    from logged_ids i
    join things t on t.id = coalesce(i.id, '00000000-0000-0000-0000-000000000000')
    join parameter_places p on p.id = i.parameter_id
    group by i.event_id
  ),
  -- naming >>
  -- << bases
  -- One number says bucket, user, function, kind and package, 0 for none of them: digits of these bases.
  bases as materialized (
    select (select count(*) + 1 from users) as users,
      case when @detail::text = 'functions' then (select count(*) + 1 from funcs) else 1 end as functions,
      case when @detail::text = 'levels' then 1 else (select count(*) + 1 from packages) end as packages,
      (select coalesce(max(k.place), 0) + 1 from kinds k) as kinds
  ),
  -- bases >>
  -- Only errors count without a person.
  facts as materialized (
    select case when @detail::text = 'packages' and u.id is not null then e.session_id end as session_id,
      -- Which 60 packages of a person's visit, whether a test, and which of the 60.
      case when @detail::text = 'packages' and u.id is not null then
        ((u.place * (select b.packages / 60 + 1 from bases b) + coalesce(m.package, 0) / 60) * 2
          + coalesce(k.is_test, false)::int) * 60 + coalesce(m.package, 0) % 60 end as visit,
      (((width_bucket(e.event_time, (select array_agg(x.edge order by x.place) from edges x))
        * (select b.users from bases b) + coalesce(u.place, 0)) * (select b.functions from bases b)
        + case when @detail::text = 'functions' then coalesce(m.func, 0) else 0 end) * (select b.kinds from bases b)
        + coalesce(k.place, 0)) * (select b.packages from bases b) + coalesce(m.package, 0) as code
    from dated e
    left join kinds k on k.id = e.event_type_id
    left join users_sessions s on s.id = e.session_id
    left join people u on u.id = s.user_id
    left join named m on m.event_id = e.id
    where (u.id is not null or k.source = 'error') and (@detail::text <> 'functions' or k.is_run)
  ),
  -- Sorted first, counts come out in the order in which they are packed.
  counts as materialized (
    select f.code, count(*)::int as n from (select f.code from facts f order by f.code) f group by f.code
  ),
  -- Packages of a session as bits, 60 in a row, Core being the first: those of its events, and of its tests apart.
  visits as (
    select f.session_id, f.visit / 60 as code, bit_or(1::bigint << (f.visit % 60)::int) as bits
    from facts f
    where @detail::text = 'packages' and f.session_id is not null
    group by f.session_id, 2
    -- As the counts are, so that sorting both once more costs nothing.
    order by 2
  ),
  -- << packing
  -- Codes in their order: how much each is more than the one before, twice, and one more where it counts several.
  listed (list, code, n) as (
    select 1, c.code, c.n from counts c union all select 2, v.code, 1 from visits v
  ),
  steps as (
    select l.list, l.code, l.n,
      (l.code - lag(l.code, 1, 0::bigint) over (partition by l.list order by l.code)) * 2 + (l.n > 1)::int as step
    from listed l
  )
  -- packing >>
  -- counting >>
-- << packed
-- A line for each list. A step takes 1 to 4 bytes, the first bits telling how many (0, 10, 110, 1110), or 9 (1111); a
-- number above 1 comes after it, less 2: a byte, or 255 and four.
select 'form' as part, concat_ws(' ', b.users, b.functions, b.packages, b.kinds) as data
from bases b
union all
select case s.list when 1 then 'counts' else 'visits' end, encode(string_agg(
  case when s.step < 128 then substr(int4send(s.step::int), 4)
    when s.step < 16384 then substr(int4send(s.step::int | 32768), 3)
    when s.step < 2097152 then substr(int4send(s.step::int | 12582912), 2)
    when s.step < 268435456 then int4send(s.step::int - 536870912)
    else '\xf0'::bytea || int8send(s.step) end
  || case when s.n = 1 then ''::bytea when s.n < 257 then substr(int4send(s.n - 2), 4)
    else '\xff'::bytea || int4send(s.n - 2) end, ''::bytea order by s.code), 'base64')
from steps s
group by s.list
union all
-- For each visit 8 bytes that tell its session from all others, and the bits.
select 'sessions', encode(string_agg(substr(sha256(uuid_send(v.session_id)), 1, 8) || int8send(v.bits), ''::bytea
  order by v.code), 'base64')
from visits v
having count(*) > 0
union all
select 'users', string_agg(u.place || ' ' || u.id, ' ')
from people u
-- Of many counts all are told: to look for those who have some takes longer.
where (@detail::text <> 'packages' and (select count(*) from counts) > 20 * (select b.users from bases b))
  or u.place in (select c.code / (b.functions * b.kinds * b.packages) % b.users from counts c cross join bases b
    where @detail::text <> 'packages')
  -- Whoever is counted has visits, of which there are fewer.
  or u.place in (select v.code / 2 / (b.packages / 60 + 1) from visits v cross join bases b)
having count(*) > 0
union all
select 'packages', string_agg(p.place || ' ' || p.id, ' ')
from package_places p
where @detail::text <> 'levels'
having count(*) > 0
union all
select 'functions', string_agg(f.place || ' ' || f.id, ' ')
from function_places f
where @detail::text = 'functions'
  and ((select count(*) from counts) > 20 * (select b.functions from bases b)
    or f.place in (select c.code / (b.kinds * b.packages) % b.functions from counts c cross join bases b))
having count(*) > 0
union all
select 'kinds', jsonb_agg(jsonb_build_array(k.place, k.source, k.error_id, k.is_test, k.is_run))::text
from (select distinct k.place, k.source, k.error_id, k.is_test, k.is_run from kinds k) k
having count(*) > 0
-- packed >>
--end

--name: UsageSummaryLive
--friendlyName: Usage Summary Live
--description: Counts per bucket, user, package or function, as numbers, for days to which events may still come
--connection: System:Datagrok
--input: datetime from [First instant of the range, UTC]
--input: datetime to [End of the range, UTC, not included]
--input: string detail = "packages" {optional: true; choices: ["levels", "packages", "functions"]} [What is told apart: log levels; packages too, with the sessions; or runs alone, by function]
--input: string unit = "day" {optional: true; choices: ["minute", "10 minutes", "hour", "day", "week", "month", "quarter", "year"]} [Width of a bucket]
--input: string zone = "UTC" {optional: true} [IANA time zone in which buckets are cut]
--test: UsageSummaryLive(Date(2026, 1, 1), Date(2026, 2, 1))
with
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
  -- << counting
  -- How many events there are per bucket, user, package or function, and kind: ids and counts alone, whoever asks and
  -- whatever is hidden, so that the answer for past days can be kept. The rules are those of "scope".
  -- << places
  -- Types alike in all that decides how their events count are one kind. Of errors each type is one, because it may be
  -- marked as no error later; errors come last, so that most numbers of a user are near each other. Kinds
  -- are materialized: the database then reads the values of many runs all at once, where it would look each of them up,
  -- which takes a tenth longer.
  typed as (
    select t.id, coalesce(t.source, 'unknown') as source, case when t.source = 'error' then t.id end as error_id,
      coalesce(t.source = 'usage' and t.friendly_name = 'function-ran', false) as is_run,
      coalesce(t.source = 'usage' and t.friendly_name like 'test-%', false) as is_test
    from event_types t
  ),
  kinds as materialized (
    select t.*, dense_rank() over (order by t.source = 'error', t.source, t.error_id, t.is_test, t.is_run)::int as place
    from typed t
    where @detail::text <> 'functions' or t.is_run
  ),
  people as not materialized (
    select u.id, row_number() over (order by u.id)::int as place from users u
  ),
  package_places as not materialized (
    select p.id, row_number() over (order by p.id)::int as place from packages p
  ),
  function_places as not materialized (
    select f.id, row_number() over (order by p.place nulls last, f.id)::int as place
    from funcs f
    left join entities en on en.id = f.id
    left join published_packages v on v.id = en.package_id
    left join package_places p on p.id = v.package_id
  ),
  -- places >>
  -- << naming
  dated as not materialized (
    select e.id, e.event_time, e.session_id, e.event_type_id
    from events e
    where e.event_time >= @from::timestamp and e.event_time < @to::timestamp
  ),
  parameter_places as (
    select p.id, p.name = 'package' as names_package, row_number() over (order by p.id) as place from event_parameters p
  ),
  -- What a parameter may name: something of a package, the version of a package, a function; each by its place.
  named_things as (
      select en.id, p.place as package, null::int as version, null::int as func
      from entities en join published_packages v on v.id = en.package_id join package_places p on p.id = v.package_id
    union all
      select v.id, null, p.place, null from published_packages v join package_places p on p.id = v.package_id
    union all
      select f.id, null, null, f.place from function_places f
  ),
  things as not materialized (
    select t.id, min(t.package) as package, min(t.version) as version, min(t.func) as func from named_things t group by t.id
  ),
  -- Looking up the values of an event takes as long as reading some 30 of all values one after the other. So few events
  -- look theirs up, and many read all. Without "offset 0" the database would always read all, for it takes an event to
  -- have many more values than it has, the more the larger the log is.
  reading as materialized (
    select exists (select from dated offset (case when c.reltuples > 0 then c.reltuples / 30 else 50000 end)::bigint)
      as whole
    from pg_class c
    where c.oid = to_regclass('event_parameter_values')
  ),
  naming_events as not materialized (
    select e.id, k.is_run
    from dated e
    left join kinds k on k.id = e.event_type_id
    where @detail::text <> 'levels' and (@detail::text <> 'functions' or k.is_run)
  ),
  logged_ids as not materialized (
      select e.id as event_id, e.is_run, v.parameter_id, v.value_uuid as id
      from naming_events e
      join event_parameter_values v on v.event_id = e.id and v.value_uuid is not null
      where (select r.whole from reading r)
    union all
      select e.id, e.is_run, v.parameter_id, v.value_uuid
      from naming_events e
      cross join lateral (
        select l.parameter_id, l.value_uuid
        from event_parameter_values l
        where l.event_id = e.id and l.value_uuid is not null
        offset 0
      ) v
      where not (select r.whole from reading r)
  ),
  -- Package and function as in "scope": order, parameter and what it names are one number, whose minimum is the first.
  -- The id is compared as an expression: else long ranges would be read in the order of the index over ids.
  named as (
    select i.event_id,
      (min((p.place << 30) | case when i.is_run and t.func is not null then t.package
        when p.names_package and t.version is not null then (1::bigint << 60) | t.version
        else (2::bigint << 60) | t.package end) & ((1 << 30) - 1))::int as package,
      (min((case when t.package is null then 1 else 0 end::bigint << 60) | (p.place << 30) | t.func)
        & ((1 << 30) - 1))::int as func
    from logged_ids i
    join things t on t.id = coalesce(i.id, '00000000-0000-0000-0000-000000000000')
    join parameter_places p on p.id = i.parameter_id
    group by i.event_id
  ),
  -- naming >>
  -- << bases
  -- One number says bucket, user, function, kind and package, 0 for none of them: digits of these bases.
  bases as materialized (
    select (select count(*) + 1 from users) as users,
      case when @detail::text = 'functions' then (select count(*) + 1 from funcs) else 1 end as functions,
      case when @detail::text = 'levels' then 1 else (select count(*) + 1 from packages) end as packages,
      (select coalesce(max(k.place), 0) + 1 from kinds k) as kinds
  ),
  -- bases >>
  -- Only errors count without a person.
  facts as materialized (
    select case when @detail::text = 'packages' and u.id is not null then e.session_id end as session_id,
      -- Which 60 packages of a person's visit, whether a test, and which of the 60.
      case when @detail::text = 'packages' and u.id is not null then
        ((u.place * (select b.packages / 60 + 1 from bases b) + coalesce(m.package, 0) / 60) * 2
          + coalesce(k.is_test, false)::int) * 60 + coalesce(m.package, 0) % 60 end as visit,
      (((width_bucket(e.event_time, (select array_agg(x.edge order by x.place) from edges x))
        * (select b.users from bases b) + coalesce(u.place, 0)) * (select b.functions from bases b)
        + case when @detail::text = 'functions' then coalesce(m.func, 0) else 0 end) * (select b.kinds from bases b)
        + coalesce(k.place, 0)) * (select b.packages from bases b) + coalesce(m.package, 0) as code
    from dated e
    left join kinds k on k.id = e.event_type_id
    left join users_sessions s on s.id = e.session_id
    left join people u on u.id = s.user_id
    left join named m on m.event_id = e.id
    where (u.id is not null or k.source = 'error') and (@detail::text <> 'functions' or k.is_run)
  ),
  -- Sorted first, counts come out in the order in which they are packed.
  counts as materialized (
    select f.code, count(*)::int as n from (select f.code from facts f order by f.code) f group by f.code
  ),
  -- Packages of a session as bits, 60 in a row, Core being the first: those of its events, and of its tests apart.
  visits as (
    select f.session_id, f.visit / 60 as code, bit_or(1::bigint << (f.visit % 60)::int) as bits
    from facts f
    where @detail::text = 'packages' and f.session_id is not null
    group by f.session_id, 2
    -- As the counts are, so that sorting both once more costs nothing.
    order by 2
  ),
  -- << packing
  -- Codes in their order: how much each is more than the one before, twice, and one more where it counts several.
  listed (list, code, n) as (
    select 1, c.code, c.n from counts c union all select 2, v.code, 1 from visits v
  ),
  steps as (
    select l.list, l.code, l.n,
      (l.code - lag(l.code, 1, 0::bigint) over (partition by l.list order by l.code)) * 2 + (l.n > 1)::int as step
    from listed l
  )
  -- packing >>
  -- counting >>
-- << packed
-- A line for each list. A step takes 1 to 4 bytes, the first bits telling how many (0, 10, 110, 1110), or 9 (1111); a
-- number above 1 comes after it, less 2: a byte, or 255 and four.
select 'form' as part, concat_ws(' ', b.users, b.functions, b.packages, b.kinds) as data
from bases b
union all
select case s.list when 1 then 'counts' else 'visits' end, encode(string_agg(
  case when s.step < 128 then substr(int4send(s.step::int), 4)
    when s.step < 16384 then substr(int4send(s.step::int | 32768), 3)
    when s.step < 2097152 then substr(int4send(s.step::int | 12582912), 2)
    when s.step < 268435456 then int4send(s.step::int - 536870912)
    else '\xf0'::bytea || int8send(s.step) end
  || case when s.n = 1 then ''::bytea when s.n < 257 then substr(int4send(s.n - 2), 4)
    else '\xff'::bytea || int4send(s.n - 2) end, ''::bytea order by s.code), 'base64')
from steps s
group by s.list
union all
-- For each visit 8 bytes that tell its session from all others, and the bits.
select 'sessions', encode(string_agg(substr(sha256(uuid_send(v.session_id)), 1, 8) || int8send(v.bits), ''::bytea
  order by v.code), 'base64')
from visits v
having count(*) > 0
union all
select 'users', string_agg(u.place || ' ' || u.id, ' ')
from people u
-- Of many counts all are told: to look for those who have some takes longer.
where (@detail::text <> 'packages' and (select count(*) from counts) > 20 * (select b.users from bases b))
  or u.place in (select c.code / (b.functions * b.kinds * b.packages) % b.users from counts c cross join bases b
    where @detail::text <> 'packages')
  -- Whoever is counted has visits, of which there are fewer.
  or u.place in (select v.code / 2 / (b.packages / 60 + 1) from visits v cross join bases b)
having count(*) > 0
union all
select 'packages', string_agg(p.place || ' ' || p.id, ' ')
from package_places p
where @detail::text <> 'levels'
having count(*) > 0
union all
select 'functions', string_agg(f.place || ' ' || f.id, ' ')
from function_places f
where @detail::text = 'functions'
  and ((select count(*) from counts) > 20 * (select b.functions from bases b)
    or f.place in (select c.code / (b.kinds * b.packages) % b.functions from counts c cross join bases b))
having count(*) > 0
union all
select 'kinds', jsonb_agg(jsonb_build_array(k.place, k.source, k.error_id, k.is_test, k.is_run))::text
from (select distinct k.place, k.source, k.error_id, k.is_test, k.is_run from kinds k) k
having count(*) > 0
-- packed >>
--end

--name: UsageDimensions
--friendlyName: Usage Dimensions
--description: What the ids of summaries mean now: accounts, members of groups, packages, errors that are marked as none
--connection: System:Datagrok
--test: UsageDimensions()
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
  -- A line for each kind of thing, all of them as a list of lists in JSON; instants in milliseconds.
  told (part, data) as (
      select 'users', json_agg(json_build_array(a.id, a.label, a.login, a.group_id, a.is_service,
        (extract(epoch from a.joined) * 1000)::bigint))::text
      from known_accounts a
    union all
      select 'members', json_agg(json_build_array(r.parent_id, r.child_id))::text from groups_relations r
    union all
      select 'packages', json_agg(json_build_array(k.id, k.name, k.label, k.category))::text from known_packages k
    union all
      select 'no errors', json_agg(t.id)::text from event_types t where t.source = 'error' and not t.is_error
  )
select t.part, t.data
from told t
--end

--name: FunctionDimensions
--friendlyName: Function Dimensions
--description: What the ids of functions in summaries mean now, and the tags of functions
--connection: System:Datagrok
--test: FunctionDimensions()
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
  -- As in "UsageDimensions".
  told (part, data) as (
      select 'functions',
        json_agg(json_build_array(f.id, f.function_id, f.label, f.package, f.package_label))::text
      from known_functions f
    union all
      select 'tags', json_agg(json_build_array(t.function_id, t.tag))::text
      from (select distinct f.function_id, g.tag from tags g join known_functions f on f.id = g.entity_id where g.tag <> '') t
  )
select t.part, t.data
from told t
--end
