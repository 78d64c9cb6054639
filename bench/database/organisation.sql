-- 800 people in 20 nested groups, 60 packages in three versions each, 3,000 functions, 300 dashboards.
-- Reads the settings bench.base, bench.until and bench.days.

create temp table setting as select
  current_setting('bench.base')::bigint as base,
  current_setting('bench.until')::timestamp as until,
  current_setting('bench.days')::integer as days;

create temp table kind_of_entity (name text primary key, id uuid);
insert into kind_of_entity
select name, pg_temp.id('entity type', n) from unnest(array['User', 'UserGroup', 'GrokPackage', 'GrokPublishedPackage',
  'PackageFunc', 'DataQuery', 'Script', 'Func', 'Project']) with ordinality as t(name, n);
insert into entity_types (id, name, friendly_name, is_package_entity) select id, name, name, false from kind_of_entity;

-- Groups: All users; 4 divisions; 6 departments within them; 10 teams within these, two of them within two.
insert into groups (id, name, friendly_name) values
  ('a4b45840-9a50-11e6-9cc9-8546b8bf62e6', 'All users', 'All users'),
  ('ba9cd191-9a50-11e6-9cc9-910bf827f0ab', 'Developers', 'Developers'),
  ('1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5', 'Administrators', 'Administrators');
create temp table unit as
select n, pg_temp.id('group', s.base + n) as id,
  case when n <= 4 then 'Division ' || n when n <= 10 then 'Department ' || n - 4 else 'Team ' || n - 10 end as name
from setting s, generate_series(1, 20) n;
insert into groups (id, name, friendly_name) select id, name, name from unit;
insert into groups_relations (id, parent_id, child_id)
select pg_temp.id('relation', s.base + p.n * 100 + c.n), p.id, c.id
from setting s, unit p join unit c on c.n between 5 and 10 and p.n = 1 + c.n % 4
  or c.n > 10 and (p.n = 5 + c.n % 6 or c.n > 18 and p.n = 5 + (c.n + 1) % 6);

-- People. Place 1 is the most active one; the last five are service accounts. A quarter joined within the range.
create temp table person as
select n, pg_temp.id('user', s.base + n) as id, pg_temp.id('personal', s.base + n) as group_id,
  'user' || n as login, 'User ' || n as name, n > 795 as is_service,
  case when pg_temp.chance(s.base + n, 1) < 0.75 then s.until - (s.days + 400 * pg_temp.chance(s.base + n, 2)) * interval '1 day'
    else s.until - s.days * pg_temp.chance(s.base + n, 2) * interval '1 day' end as joined,
  11 + floor(10 * power(pg_temp.chance(s.base + n, 3), 1.5))::integer as team
from setting s, generate_series(1, 800) n;
insert into groups (id, name, friendly_name, personal) select group_id, login, name, true from person
union all values ('a4b45840-9a50-11e6-c537-6bf8e9ab02ee'::uuid, 'admin', 'Admin', true),
  ('a4b45840-ac9c-4d39-8b4b-4db3e576b3c3', 'system', 'System', true);
insert into users (id, login, name, friendly_name, group_id, joined, status, is_service)
select id, login, name, name, group_id, joined, 'active', is_service from person
union all select '878c42b0-9a50-11e6-c537-6bf8e9ab02ee', 'admin', 'Admin', 'Admin',
  'a4b45840-9a50-11e6-c537-6bf8e9ab02ee', until - 2000 * interval '1 day', 'active', false from setting
union all select '3e32c5fa-ac9c-4d39-8b4b-4db3e576b3c3', 'system', 'System', 'System',
  'a4b45840-ac9c-4d39-8b4b-4db3e576b3c3', until - 2000 * interval '1 day', 'active', true from setting;
insert into groups_relations (id, parent_id, child_id)
select pg_temp.id('member', s.base + p.n), u.id, p.group_id from setting s, person p join unit u on u.n = p.team
where not p.is_service
union all select pg_temp.id('member of all', row_number() over (order by id)), 'a4b45840-9a50-11e6-9cc9-8546b8bf62e6',
  group_id from users
union all values (pg_temp.id('member of', 1), '1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5'::uuid,
  'a4b45840-9a50-11e6-c537-6bf8e9ab02ee'::uuid);
insert into entities (id, entity_type_id, name, friendly_name)
select u.id, k.id, u.login, u.friendly_name from users u, kind_of_entity k where k.name = 'User'
union all select g.id, k.id, g.name, g.friendly_name from groups g, kind_of_entity k where k.name = 'UserGroup';

-- Packages: place 1 is the most used one. Versions came before the range, in it, and lately.
create temp table package as
select n, pg_temp.id('package', s.base + n) as id, 'Package' || n as name, 'Category ' || 1 + n % 8 as category,
  pg_temp.id('package project', s.base + n) as project_id
from setting s, generate_series(1, 60) n;
insert into packages (id, name, friendly_name, category, created_on)
select p.id, p.name, p.name, p.category, s.until - 900 * interval '1 day' from setting s, package p;
create temp table version as
select p.n, v, pg_temp.id('version', s.base + p.n * 10 + v) as id, p.id as package_id, p.name,
  s.until - case v when 1 then s.days + 100 * pg_temp.chance(s.base + p.n, 11) when 2 then s.days * 0.8
    else s.days * (0.02 + 0.4 * pg_temp.chance(s.base + p.n, 12)) end * interval '1 day' as published_on
from setting s, package p, generate_series(1, 3) v;
insert into published_packages (id, package_id, name, friendly_name, version, is_current, published_on)
select id, package_id, name, name, '1.' || v || '.0', v = 3, published_on from version;
insert into projects (id, name, friendly_name, is_root, is_package, created_on)
select p.project_id, p.name, p.name, true, true, s.until - 900 * interval '1 day' from setting s, package p;
insert into entities (id, entity_type_id, name, friendly_name)
select p.id, k.id, p.name, p.name from package p, kind_of_entity k where k.name = 'GrokPackage'
union all select v.id, k.id, v.name, v.name from version v, kind_of_entity k where k.name = 'GrokPublishedPackage'
union all select p.project_id, k.id, p.name, p.name from package p, kind_of_entity k where k.name = 'Project';

-- Functions: 45 in each package and 300 of the platform. Most belong to the current version, some to one before.
create temp table runnable as
select n, (n - 1) / 45 + 1 as package, (n - 1) % 45 + 1 as place, pg_temp.id('function', s.base + n) as id,
  'Function' || n as name, case n % 10 when 7 then 'data-query' when 8 then 'script' else 'function-package' end as source,
  (n - 1) / 45 >= 60 as is_core
from setting s, generate_series(1, 3000) n;
create unique index on runnable (n);
insert into funcs (id, name, friendly_name, source, created_on, options)
select r.id, r.name, r.name, case when r.is_core then 'function' else r.source end, s.until - 500 * interval '1 day', '{}'
from setting s, runnable r;
insert into entities (id, entity_type_id, package_id, name, friendly_name, namespace)
select r.id, k.id, v.id, r.name, r.name, v.name || ':'
from setting s cross join runnable r
left join version v on v.n = r.package and not r.is_core
  and v.v = case when pg_temp.chance(s.base + r.n, 21) < 0.7 then 3 else 2 end
join kind_of_entity k on k.name = case when r.is_core then 'Func' when r.source = 'data-query' then 'DataQuery'
  when r.source = 'script' then 'Script' else 'PackageFunc' end;
insert into project_relations (id, project_id, entity_id, is_link)
select pg_temp.id('content', r.n), p.project_id, r.id, false
from runnable r join package p on p.n = r.package where not r.is_core;
insert into tags (id, entity_id, tag)
select pg_temp.id('tag', r.n), r.id, 'tag ' || r.n % 20 from runnable r;
insert into func_params (id, func_id, is_input, name, type)
select pg_temp.id('function parameter', r.n * 10 + i), r.id, i < 3, case i when 1 then 'table' when 2 then 'limit' else 'result' end,
  case i when 2 then 'int' else 'dataframe' end from runnable r, generate_series(1, 3) i;

create temp table dashboard as
select n, pg_temp.id('dashboard', s.base + n) as id, 'Dashboard ' || n as name from setting s, generate_series(1, 300) n;
insert into projects (id, name, friendly_name, is_dashboard, created_on, author_id)
select d.id, d.name, d.name, true, s.until - (s.days + 100) * interval '1 day', p.id
from setting s, dashboard d join person p on p.n = 1 + d.n % 790;
insert into entities (id, entity_type_id, name, friendly_name)
select d.id, k.id, d.name, d.name from dashboard d, kind_of_entity k where k.name = 'Project';
