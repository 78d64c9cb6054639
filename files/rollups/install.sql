-- Roll-ups of Usage Analysis: an optional installation for very large logs, run by an administrator of the database.
--
--   psql -v ON_ERROR_STOP=1 -d datagrok -f install.sql     creates the schema "usage_rollups"; safe to run again
--   psql -d datagrok -c 'call usage_rollups.refresh()'     counts what is new, late or gone; run it every hour
--   psql -d datagrok -c 'drop schema usage_rollups cascade'
--
-- Nothing of the platform's own is changed. See docs/rollups.md in the repository of the package.
create schema if not exists usage_rollups;

-- Users, packages, functions and event types by small numbers, which never change; 0 is none.
create table if not exists usage_rollups.ids (
  place int generated always as identity primary key,
  id uuid not null unique
);

-- The watermark: a day (UTC) is here when its events are counted, with how many there were. A day with another number
-- of events now is counted anew.
create table if not exists usage_rollups.days (
  day date primary key,
  events bigint not null,
  counted_at timestamptz not null
);

-- How many events there were in a half hour (UTC): days of most time zones are made of these.
create table if not exists usage_rollups.cells (
  starts timestamp not null,
  person int not null,
  package int not null,
  func int not null,
  event_type int not null,
  n int not null
) partition by range (starts);
create index if not exists cells_starts on usage_rollups.cells (starts);

-- The same without package and function, for log levels alone: of event types that count alike, one stands for all.
do $$
begin
  if to_regclass('usage_rollups.levels') is null then
    create table usage_rollups.levels (
      starts timestamp not null,
      person int not null,
      event_type int not null,
      n int not null
    ) partition by range (starts);
    create index levels_starts on usage_rollups.levels (starts);
    -- Days that an older version counted lack it.
    update usage_rollups.days set events = -1;
  end if;
end $$;

-- Which packages a session used in a half hour.
create table if not exists usage_rollups.visits (
  starts timestamp not null,
  session_id uuid not null,
  person int not null,
  package int not null,
  is_test boolean not null
) partition by range (starts);
create index if not exists visits_starts on usage_rollups.visits (starts);

-- Replaces the counts of one day by what the log holds now, in one statement: readers see the old or the new ones.
create or replace function usage_rollups.count_day(_day date) returns void
language plpgsql set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  _from timestamp := _day;
  _to timestamp := _day + 1;
  _table text;
begin
  -- A partition for each month: old ones are dropped in no time.
  foreach _table in array array['cells', 'levels', 'visits'] loop
    if to_regclass('usage_rollups.' || _table || to_char(_from, '"_"YYYY_MM')) is null then
      execute format('create table usage_rollups.%I partition of usage_rollups.%I for values from (%L) to (%L)',
        _table || to_char(_from, '"_"YYYY_MM'), _table, date_trunc('month', _from),
        date_trunc('month', _from) + interval '1 month');
    end if;
  end loop;
  insert into usage_rollups.ids (id)
  select x.id
  from (select u.id from users u union select p.id from packages p union select f.id from funcs f
    union select t.id from event_types t) x
  where not exists (select from usage_rollups.ids i where i.id = x.id)
  on conflict do nothing;
  delete from usage_rollups.cells where starts >= _from and starts < _to;
  delete from usage_rollups.levels where starts >= _from and starts < _to;
  delete from usage_rollups.visits where starts >= _from and starts < _to;
  with
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
    where 'all' <> 'functions' or t.is_run
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
    where e.event_time >= _from and e.event_time < _to
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
    where 'all' <> 'levels' and ('all' <> 'functions' or k.is_run)
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
  -- The type that stands for a kind.
  alike as (
    select distinct on (k.place) k.place, k.id from kinds k order by k.place, k.id
  ),
  facts as materialized (
    select _from + floor(extract(epoch from e.event_time - _from) / 1800) * interval '30 minutes' as starts,
      case when u.id is not null then e.session_id end as session_id, u.id as user_id, p.id as package_id,
      f.id as function_id, e.event_type_id, a.id as alike_id, coalesce(k.is_test, false) as is_test
    from dated e
    left join kinds k on k.id = e.event_type_id
    left join alike a on a.place = k.place
    left join users_sessions s on s.id = e.session_id
    left join people u on u.id = s.user_id
    left join named m on m.event_id = e.id
    left join package_places p on p.place = m.package
    left join function_places f on f.place = m.func
    where u.id is not null or k.source = 'error'
  ),
  placed as materialized (
    select x.starts, x.session_id, x.is_test, coalesce(u.place, 0) as person, coalesce(p.place, 0) as package,
      coalesce(f.place, 0) as func, coalesce(t.place, 0) as event_type, coalesce(a.place, 0) as alike
    from facts x
    left join usage_rollups.ids u on u.id = x.user_id
    left join usage_rollups.ids p on p.id = x.package_id
    left join usage_rollups.ids f on f.id = x.function_id
    left join usage_rollups.ids t on t.id = x.event_type_id
    left join usage_rollups.ids a on a.id = x.alike_id
  ),
  counted as (
    insert into usage_rollups.cells (starts, person, package, func, event_type, n)
    select x.starts, x.person, x.package, x.func, x.event_type, count(*)
    from placed x
    group by x.starts, x.person, x.package, x.func, x.event_type
  ),
  leveled as (
    insert into usage_rollups.levels (starts, person, event_type, n)
    select x.starts, x.person, x.alike, count(*)
    from placed x
    group by x.starts, x.person, x.alike
  ),
  visited as (
    insert into usage_rollups.visits (starts, session_id, person, package, is_test)
    select distinct x.starts, x.session_id, x.person, x.package, x.is_test
    from placed x
    where x.session_id is not null
  )
  insert into usage_rollups.days (day, events, counted_at)
  select _day, count(*), clock_timestamp()
  from dated
  on conflict (day) do update set events = excluded.events, counted_at = excluded.counted_at;
end $$;

-- Counts each day that is over and whose number of events is not the one that was counted: new days, days to which
-- events came late, days of which events were deleted. One day is one transaction: whenever this is stopped, what was
-- done stays, and the next run does the rest. Two runs at once do not meet: the second one ends.
-- The days of the last 60 are looked at, and all of them the first time; refresh('-infinity') looks at all.
create or replace procedure usage_rollups.refresh(_since date default null)
language plpgsql as $$
declare
  _today date := ((clock_timestamp() - interval '10 minutes') at time zone 'utc')::date;
  _first date;
  _days date[];
  _day date;
begin
  if not pg_try_advisory_lock(hashtext('usage_rollups')) then
    raise notice 'Another run is at work';
    return;
  end if;
  select least((select e.event_time::date from public.events e where e.event_time is not null order by e.event_time limit 1),
    (select min(d.day) from usage_rollups.days d)) into _first;
  if _since is null and exists (select from usage_rollups.days) then
    _since := _today - 60;
  end if;
  _first := greatest(_first, _since);
  -- The newest first: they are asked for most.
  _days := array(
    select s.day::date
    from generate_series(_first::timestamp, _today - interval '1 day', interval '1 day') as s (day)
    left join (
      select e.event_time::date as day, count(*) as events
      from public.events e
      where e.event_time >= _first and e.event_time < _today
      group by 1
    ) n on n.day = s.day::date
    left join usage_rollups.days d on d.day = s.day::date
    where coalesce(n.events, 0) is distinct from d.events
    order by 1 desc);
  foreach _day in array _days loop
    perform usage_rollups.count_day(_day);
    commit;
  end loop;
  analyze usage_rollups.ids;
  if cardinality(_days) > 0 then
    analyze usage_rollups.cells;
    analyze usage_rollups.levels;
    analyze usage_rollups.visits;
  end if;
  perform pg_advisory_unlock(hashtext('usage_rollups'));
end $$;

-- Makes the next run count these days anew, both included: when values of events were changed by hand.
create or replace function usage_rollups.forget(_from date, _to date) returns void language sql as $$
  update usage_rollups.days set events = -1 where day between _from and _to
$$;

-- The platform's connection reads; whoever owns the log is its user.
do $$
declare
  _reader text := (select t.tableowner from pg_tables t where t.schemaname = 'public' and t.tablename = 'events');
begin
  execute format('grant usage on schema usage_rollups to %I', _reader);
  execute format('grant select on all tables in schema usage_rollups to %I', _reader);
end $$;
