-- Kinds of events with their parameters. Shares add up to 1; a kind of a family is chosen within its share.
-- About two parameters for each event: a run names the person and the function, a click of a plugin its package.

create temp table family (family text primary key, source text, share double precision, kinds integer, params text[]);
insert into family values
  ('run',       'usage',   0.400,   1, array['user', 'entity']),
  ('click',     'usage',   0.140,  12, array[]::text[]),
  ('plugin',    'usage',   0.090,  12, array['package', 'packageName']),
  ('custom',    'usage',   0.140, 120, array['package', 'packageName', 'rows', 'mode']),
  ('opened',    'usage',   0.050,   1, array['user', 'entity']),
  ('request',   'usage',   0.045,   1, array['method', 'route', 'status', 'ms']),
  ('changed',   'audit',   0.050,  20, array['user', 'entity', 'group']),
  ('warning',   'warning', 0.030,  40, array['package', 'packageName']),
  ('debug',     'debug',   0.020,  10, array['package', 'packageName']),
  ('error',     'error',   0.027, 300, array['package', 'packageName']),
  ('server',    'error',   0.008,  30, array[]::text[]);

create temp table family_share as
select f.*, sum(share) over (order by share desc, family) - share as low, sum(share) over (order by share desc, family) as high
from family f;

create temp table kind as
select f.family, k, pg_temp.id('kind:' || f.family || ':', s.base + k) as id,
  case f.family when 'run' then 'function-ran' when 'opened' then 'project-opened' when 'request' then 'http-request'
    when 'error' then 'Cannot read properties of undefined (reading ''field' || k || ''')'
    when 'server' then 'Connection lost: cause ' || k else f.family || '-' || k end as name
from setting s, family f, generate_series(1, f.kinds) k;
insert into event_types (id, source, friendly_name, error_stack_trace_hash, error_source, is_error)
select k.id, f.source, k.name, case f.source when 'error' then pg_temp.id('signature', k.k + length(f.family) * 1000) end,
  case f.source when 'error' then 'Client' end, case f.source when 'error' then k.k % 25 <> 24 end
from kind k join family f using (family);

-- parameters: the ids of a kind's parameters in the order of its family's names.
create temp table kind_parameters as
select k.family, k.k, k.id, array_agg(pg_temp.id('parameter:' || k.family || ':' || p.i || ':', s.base + k.k) order by p.i)
  filter (where p.i is not null) as parameters
from setting s, kind k join family f using (family) left join unnest(f.params) with ordinality as p(name, i) on true
group by k.family, k.k, k.id;
create unique index on kind_parameters (family, k);
insert into event_parameters (id, event_type_id, name, type)
select k.parameters[p.i], k.id, p.name, case when p.name in ('user', 'entity', 'group', 'package') then 'entity_id'
  when p.name in ('rows', 'status', 'ms') then 'int' else 'string' end
from kind_parameters k join family f using (family), unnest(f.params) with ordinality as p(name, i);

-- Days: a fifth of the week's work on each working day, little at weekends, growing over the range, quiet at the turn
-- of the year. first and size say which of the events happen on the day. The last day has begun only.
create temp table day as
with dated as (
  select d, s.until::date - s.days + d as date, s.* from setting s, generate_series(1, s.days) d),
weighted as (
  select d, date, case when extract(isodow from date) > 5 then 0.1 else 1 end
    * (0.6 + 0.8 * d / days) * (0.8 + 0.4 * pg_temp.chance(base + d, 31))
    * case when to_char(date, 'MMDD') between '1223' and '1231' then 0.2 else 1 end
    * case when d < days then 1 else extract(epoch from until - until::date) / 86400 end as weight
  from dated),
running as (
  select d, date, round(sum(weight) over (order by d) / sum(weight) over () * current_setting('bench.events')::bigint)::bigint as n
  from weighted)
select d, date, n - lag(n, 1, 0::bigint) over (order by d) as size, lag(n, 1, 0::bigint) over (order by d) as first
from running;

analyze person; analyze unit; analyze package; analyze version; analyze runnable; analyze dashboard; analyze family;
analyze family_share; analyze kind_parameters; analyze day;
