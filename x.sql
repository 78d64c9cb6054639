explain (analyze, timing off) with
  asked (fresh) as (select 'x'::text),
  -- << buckets
  -- Whole units of the zone's calendar that overlap the range; gives "edges".
  cut (unit, zone, starts, ends) as (
    select coalesce('day'::text, 'day'), coalesce('UTC'::text, 'UTC'), '2026-04-01'::timestamp, '2026-07-01'::timestamp
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
  -- marked as no error later; errors come last, so that most numbers of a user are near each other.
  typed as (
    select t.id, coalesce(t.source, 'unknown') as source, case when t.source = 'error' then t.id end as error_id,
      coalesce(t.source = 'usage' and t.friendly_name = 'function-ran', false) as is_run,
      coalesce(t.source = 'usage' and t.friendly_name like 'test-%', false) as is_test
    from event_types t
  ),
  kinds as not materialized (
    select t.*, dense_rank() over (order by t.source = 'error', t.source, t.error_id, t.is_test, t.is_run)::int as place
    from typed t
    where 'levels'::text <> 'functions' or t.is_run
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
    where e.event_time >= '2026-04-01'::timestamp and e.event_time < '2026-07-01'::timestamp
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
  -- Looking up the values of an event takes as long as reading some 60 of all values one after the other. So few events
  -- look theirs up, and many read all. Without "offset 0" the database would always read all, for it takes an event to
  -- have many more values than it has, the more the larger the log is.
  reading as materialized (
    select case when c.reltuples > 0 then exists (select from dated offset (c.reltuples / 60)::bigint)
      else '2026-07-01'::timestamp - '2026-04-01'::timestamp > interval '40 days' end as whole
    from pg_class c
    where c.oid = to_regclass('event_parameter_values')
  ),
  naming_events as not materialized (
    select e.id, k.is_run
    from dated e
    left join kinds k on k.id = e.event_type_id
    where 'levels'::text <> 'levels' and ('levels'::text <> 'functions' or k.is_run)
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
      case when 'levels'::text = 'functions' then (select count(*) + 1 from funcs) else 1 end as functions,
      case when 'levels'::text = 'levels' then 1 else (select count(*) + 1 from packages) end as packages,
      (select coalesce(max(k.place), 0) + 1 from kinds k) as kinds
  ),
  -- bases >>
  -- Only errors count without a person.
  facts as materialized (
    select case when 'levels'::text = 'packages' and u.id is not null then e.session_id end as session_id,
      -- Which 60 packages of a person's visit, whether a test, and which of the 60.
      case when 'levels'::text = 'packages' and u.id is not null then
        ((u.place * (select b.packages / 60 + 1 from bases b) + coalesce(m.package, 0) / 60) * 2
          + coalesce(k.is_test, false)::int) * 60 + coalesce(m.package, 0) % 60 end as visit,
      (((width_bucket(e.event_time, (select array_agg(x.edge order by x.place) from edges x))
        * (select b.users from bases b) + coalesce(u.place, 0)) * (select b.functions from bases b)
        + case when 'levels'::text = 'functions' then coalesce(m.func, 0) else 0 end) * (select b.kinds from bases b)
        + coalesce(k.place, 0)) * (select b.packages from bases b) + coalesce(m.package, 0) as code
    from dated e
    left join kinds k on k.id = e.event_type_id
    left join users_sessions s on s.id = e.session_id
    left join people u on u.id = s.user_id
    left join named m on m.event_id = e.id
    where (u.id is not null or k.source = 'error') and ('levels'::text <> 'functions' or k.is_run)
  ),
  -- Sorted first, counts come out in the order in which they are packed.
  counts as materialized (
    select f.code, count(*)::int as n
    from (select f.code from facts f order by case when 'levels'::text <> 'levels' then f.code end) f
    group by f.code
  ),
  -- Packages of a session as bits, 60 in a row, Core being the first: those of its events, and of its tests apart.
  visits as (
    select f.session_id, f.visit / 60 as code, bit_or(1::bigint << (f.visit % 60)::int) as bits
    from facts f
    where 'levels'::text = 'packages' and f.session_id is not null
    group by f.session_id, 2
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
where u.place in (select c.code / (b.functions * b.kinds * b.packages) % b.users from counts c cross join bases b
    where 'levels'::text <> 'packages')
  -- Whoever is counted has visits, of which there are fewer.
  or u.place in (select v.code / 2 / (b.packages / 60 + 1) from visits v cross join bases b)
having count(*) > 0
union all
select 'packages', string_agg(p.place || ' ' || p.id, ' ')
from package_places p
where 'levels'::text <> 'levels'
having count(*) > 0
union all
select 'functions', string_agg(f.place || ' ' || f.id, ' ')
from function_places f
where 'levels'::text = 'functions'
  and f.place in (select c.code / (b.kinds * b.packages) % b.functions from counts c cross join bases b)
having count(*) > 0
union all
select 'kinds', jsonb_agg(jsonb_build_array(k.place, k.source, k.error_id, k.is_test, k.is_run))::text
from (select distinct k.place, k.source, k.error_id, k.is_test, k.is_run from kinds k) k
having count(*) > 0
-- packed >>


;