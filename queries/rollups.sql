--name: SummaryHints
--friendlyName: Summary Hints
--description: How to count: whether the roll-ups of files/rollups are there for this connection, how many events a day has, and when the first one was
--connection: System:Datagrok
--test: SummaryHints()
with
  log as (
    select c.reltuples as events, n.nspname as schema
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.oid = to_regclass('events')
  ),
  -- By the statistics, which cost nothing to read.
  bounds as (
    select s.histogram_bounds::text::timestamp[] as at
    from pg_stats s join log l on l.schema = s.schemaname
    where s.tablename = 'events' and s.attname = 'event_time'
  ),
  span as (
    select extract(epoch from max(b.at[cardinality(b.at)]) - min(b.at[1])) / 86400 as days from bounds b
  )
-- An older version of the roll-ups has no levels, and is not read.
select coalesce(has_table_privilege(to_regclass('usage_rollups.levels'), 'select'), false) as installed,
  coalesce((select greatest(l.events, 0) / greatest(s.days, 1) from log l cross join span s), 0)::float8 as events_per_day,
  -- Seconds since 1970; null in an empty log.
  extract(epoch from (select e.event_time from events e where e.event_time is not null order by e.event_time
    limit 1))::float8 as first_event
--end

--name: RolledDays
--friendlyName: Rolled Days
--description: Days, in UTC, whose events are rolled up, and when each was counted; only where roll-ups are installed
--connection: System:Datagrok
select (d.day - date '1970-01-01')::int as day, extract(epoch from d.counted_at)::float8 as version
from usage_rollups.days d
order by d.day
--end

--name: RolledSummary
--friendlyName: Rolled Summary
--description: The answer of UsageSummary, read from roll-ups; only where they are installed
--meta.cache: all
--meta.cache.invalidateOn: 0 3 1 * *
--connection: System:Datagrok
--input: datetime from [First instant of the range, UTC; a whole half hour]
--input: datetime to [End of the range, UTC, not included; a whole half hour]
--input: string detail = "packages" {optional: true; choices: ["levels", "packages", "functions"]} [What is told apart: log levels; packages too, with the sessions; or runs alone, by function]
--input: string unit = "day" {optional: true; choices: ["hour", "day", "week", "month", "quarter", "year"]} [Width of a bucket]
--input: string zone = "UTC" {optional: true} [IANA time zone in which buckets are cut]
--input: string version {optional: true; nullable: true} [When the youngest of the days was counted: a newer count is another question]
with
  asked (version) as (select @version::text),
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
  -- << bases
  -- One number says bucket, user, function, kind and package, 0 for none of them: digits of these bases.
  bases as materialized (
    select (select count(*) + 1 from users) as users,
      case when @detail::text = 'functions' then (select count(*) + 1 from funcs) else 1 end as functions,
      case when @detail::text = 'levels' then 1 else (select count(*) + 1 from packages) end as packages,
      (select coalesce(max(k.place), 0) + 1 from kinds k) as kinds
  ),
  -- bases >>
  -- What the small numbers of roll-ups stand for, by the places of this answer. What was deleted since has none.
  persons as materialized (
    select i.place as id, u.place from usage_rollups.ids i join people u on u.id = i.id
  ),
  owners as materialized (
    select i.place as id, p.place from usage_rollups.ids i join package_places p on p.id = i.id
  ),
  functions as materialized (
    select i.place as id, f.place from usage_rollups.ids i join function_places f on f.id = i.id
  ),
  types as materialized (
    select i.place as id, k.place, k.source, k.is_run from usage_rollups.ids i join kinds k on k.id = i.id
  ),
  -- Log levels alone have counts of their own, which are a fraction as many.
  cells as not materialized (
      select c.starts, c.person, c.package, c.func, c.event_type, c.n
      from usage_rollups.cells c
      where @detail::text <> 'levels' and c.starts >= @from::timestamp and c.starts < @to::timestamp
    union all
      select l.starts, l.person, 0, 0, l.event_type, l.n
      from usage_rollups.levels l
      where @detail::text = 'levels' and l.starts >= @from::timestamp and l.starts < @to::timestamp
  ),
  -- Buckets are made of whole half hours.
  coded as (
    select c.n, (((width_bucket(c.starts, (select array_agg(x.edge order by x.place) from edges x))
        * (select b.users from bases b) + coalesce(u.place, 0)) * (select b.functions from bases b)
        + coalesce(f.place, 0)) * (select b.kinds from bases b)
        + coalesce(k.place, 0)) * (select b.packages from bases b) + coalesce(p.place, 0) as code
    from cells c
    left join persons u on u.id = c.person
    left join owners p on @detail::text <> 'levels' and p.id = c.package
    left join functions f on @detail::text = 'functions' and f.id = c.func
    left join types k on k.id = c.event_type
    where (u.id is not null or k.source = 'error') and (@detail::text <> 'functions' or k.is_run)
  ),
  -- There are many more cells than counts: they are hashed, not sorted as in "UsageSummary".
  counts as materialized (
    select c.code, sum(c.n)::int as n from coded c group by c.code
  ),
  visits as (
    select v.session_id, (u.place * (select b.packages / 60 + 1 from bases b) + coalesce(p.place, 0) / 60) * 2
      + v.is_test::int as code, bit_or(1::bigint << (coalesce(p.place, 0) % 60)::int) as bits
    from usage_rollups.visits v
    join persons u on u.id = v.person
    left join owners p on p.id = v.package
    where @detail::text = 'packages' and v.starts >= @from::timestamp and v.starts < @to::timestamp
    group by v.session_id, 2
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
