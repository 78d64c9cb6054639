-- The events of some days (settings bench.first_day and bench.last_day), in the order of their time, as a log is written.

-- The most active person makes some fifty times as many events as the median one. Some are there on most days, others on
-- one of five: of four drawn by activity the first who is there counts.
-- Who, when, of which kind, about which function, package or dashboard.
create temp table stage on commit drop as
with numbered as (
  select s.base + d.first + i as n, d.d, d.date from setting s, day d, generate_series(1, d.size) i
  where d.d between current_setting('bench.first_day')::integer and current_setting('bench.last_day')::integer),
drawn as (
  select n, d, date, pg_temp.chance(n, 41) as what, pg_temp.chance(n, 42) as which,
    case when pg_temp.chance(n, 43) < 0.04 then 796 + floor(5 * pg_temp.chance(n, 44))::integer
      else (select t.who from (select attempt, 1 + floor(795 * power(pg_temp.chance(n, 50 + attempt), 2.2))::integer as who
        from generate_series(1, 4) attempt) t
        order by pg_temp.chance(d * 1000 + t.who, 61) > 0.2 + 0.7 * pg_temp.chance(t.who, 62), attempt limit 1) end as who,
    pg_temp.chance(n, 45) + pg_temp.chance(n, 46) as hour, pg_temp.chance(n, 47) as package_chance,
    pg_temp.chance(n, 48) as function_chance, pg_temp.chance(n, 49) as own
  from numbered),
-- Service accounts work in the small hours, people in a stretch of eight hours of their own.
timed as (
  select x.*, p.is_service, x.date + interval '1 hour' * case when p.is_service then 2.5 * x.hour
    else 6.5 + p.n % 5 * 0.5 + 4 * x.hour end as event_time
  from drawn x join person p on p.n = x.who)
select x.n, x.who as person, x.d, f.family, f.source, pg_temp.place(f.kinds, x.which) as k,
  case when x.event_time < s.until then x.event_time else s.until - (s.until - s.until::date) * x.hour / 2.001 end as event_time,
  -- Errors of the server, and one in six of the others, are nobody's.
  not (f.family = 'server' or f.family = 'error' and x.function_chance > 0.83) as has_session,
  -- Three quarters of what people use are some packages of their own; seven of a hundred runs are of the platform itself.
  case when x.own < 0.75 then 1 + (x.who * 7 + pg_temp.place(6, x.package_chance) * pg_temp.place(6, x.which)) % 60
    else pg_temp.place(60, x.package_chance) end as package,
  x.own, x.function_chance, null::integer as function
from setting s, timed x join family_share f on x.what >= f.low and x.what < f.high;

update stage set function = case when own > 0.93 then 2700 + pg_temp.place(300, function_chance)
  else (package - 1) * 45 + pg_temp.place(45, function_chance) end;
analyze stage;

insert into users_sessions (id, user_id, started, type)
select distinct on (q.id) q.id, q.user_id, q.started, 'internal' from (
  select pg_temp.id('session', s.base + (d / 3) * 1000 + e.person) as id, p.id as user_id,
    e.event_time - interval '1 minute' as started
  from setting s, stage e join person p on p.n = e.person where e.has_session) q
order by q.id, q.started
on conflict (id) do nothing;

insert into events (id, event_type_id, session_id, event_time, friendly_name, description, error_message, error_stack_trace)
select pg_temp.id('event', e.n), k.id, case when e.has_session then pg_temp.id('session', s.base + (e.d / 3) * 1000 + e.person) end,
  e.event_time, null,
  case e.family when 'run' then '@user ran @entity' when 'opened' then '@user opened @entity'
    when 'changed' then '@user changed @entity' when 'click' then 'Top menu / Group ' || e.k || ' / Command ' || e.person % 17
    when 'plugin' then 'Ribbon / Command ' || e.k else e.family || ' ' || e.k end,
  case e.source when 'error' then 'Occurrence of cause ' || e.k end,
  case e.source when 'error' then E'    at read (package.js:12:7)\n    at call (func.js:9:2)\n    at run (main.js:' || e.k || ':1)' end
from setting s, stage e join kind_parameters k using (family, k) order by e.event_time, e.n;

insert into event_parameter_values (id, event_id, parameter_id, value, value_uuid)
select pg_temp.id('value', e.n * 4 + p.i), pg_temp.id('event', e.n), k.parameters[p.i], coalesce(v.entity::text, v.text), v.entity
from setting s cross join stage e join kind_parameters k using (family, k) join family f using (family)
cross join unnest(f.params) with ordinality as p(name, i)
cross join lateral (
  select case p.name when 'user' then pg_temp.id('user', s.base + e.person)
      when 'entity' then case when e.family = 'run' then pg_temp.id('function', s.base + e.function)
        else pg_temp.id('dashboard', s.base + pg_temp.place(300, e.function_chance)) end
      when 'group' then pg_temp.id('group', s.base + 1 + e.k % 20)
      when 'package' then pg_temp.id('version', s.base + e.package * 10 + 3) end as entity,
    case p.name when 'packageName' then 'Package' || e.package when 'method' then 'GET' when 'route' then '/api/route' || e.person % 40
      when 'status' then case when e.function_chance < 0.98 then '200' else '500' end when 'mode' then 'mode ' || e.person % 5
      else floor(1000 * e.function_chance * e.function_chance)::text end as text) v
order by e.event_time, e.n, p.i;

-- One run in four is saved with its inputs.
insert into func_calls (id, func_id, session_id, started, ended, status)
select pg_temp.id('call', e.n), pg_temp.id('function', s.base + e.function), pg_temp.id('session', s.base + (e.d / 3) * 1000 + e.person), e.event_time,
  e.event_time + interval '1 millisecond' * (20 + 4000 * power(e.function_chance, 6)),
  case when e.function_chance > 0.97 then 'Error' else 'Completed' end
from setting s, stage e
where e.family = 'run' and e.n % 4 = 0 order by e.event_time, e.n;
insert into func_call_values (id, func_call_id, func_param_id, value, data_frame_value_name)
select pg_temp.id('call value', e.n * 4 + i), pg_temp.id('call', e.n), pg_temp.id('function parameter', e.function * 10 + i),
  case i when 2 then (e.n % 500)::text end, case i when 1 then 'table' end
from stage e, generate_series(1, 2) i
where e.family = 'run' and e.n % 4 = 0 order by e.event_time, e.n, i;
