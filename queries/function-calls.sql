--name: FunctionCalls
--friendlyName: Function Calls
--description: Saved calls one by one, the newest first, by pages
--connection: System:Datagrok
--input: datetime from [First instant of the range, UTC]
--input: datetime to [End of the range, UTC, not included]
--input: list<string> groups {optional: true; nullable: true} [Ids of groups, members of nested groups included; none means everybody]
--input: list<string> users {optional: true; nullable: true} [Ids of users; none means all of the groups]
--input: list<string> packages {optional: true; nullable: true} [Names of packages, Core for what belongs to none; none means all]
--input: bool service = false {optional: true} [Count service and system accounts and package tests too]
--input: list<string> functions {optional: true; nullable: true} [Ids of functions, each standing for all versions; none means no restriction]
--input: list<string> tags {optional: true; nullable: true} [Tags of functions; none means no restriction]
--input: list<string> categories {optional: true; nullable: true} [Categories of packages: none for those without one, Core for what belongs to no package; none given means all]
--input: list<string> cells {optional: true; nullable: true} [Exact selection, each from|to|user|source|function|package; none means no restriction]
--input: string status {optional: true; nullable: true} [Status of the calls, or unfinished; null means all]
--input: datetime beforeTime {optional: true; nullable: true} [Time of the last row of the page before; used when that row is gone]
--input: string beforeId {optional: true; nullable: true} [Id of the last row of the page before; null means the first page, one that is gone and has no time none]
--input: int pageSize = 50 {optional: true} [Rows of a page]
--test: FunctionCalls(Date(2026, 1, 1), Date(2026, 2, 1))
with recursive
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
  -- << calls
  -- Saved calls of people who count, by the function called; log levels and event types do not apply to them.
  dated_calls as (
    select c.id, c.started, c.ended, c.status, c.error_message, a.id as user_id, a.label as user_label,
      extract(epoch from c.ended - c.started) * 1000 as ms, lower(c.status) = 'error' as is_failed,
      coalesce(f.function_id, '00000000-0000-0000-0000-000000000000'::uuid) as function_id,
      coalesce(f.package, 'Core') as package, coalesce(f.package_label, 'Core') as package_label,
      coalesce(f.category, 'Core') as category, f.version
    from func_calls c
    join users_sessions s on s.id = c.session_id
    join accounts a on a.id = s.user_id
    left join known_functions f on f.id = c.func_id
    where c.started >= @from::timestamp and c.started < @to::timestamp and a.is_counted
  ),
  chosen_calls as materialized (
    select c.*
    from dated_calls c
    where (coalesce(cardinality(@packages::text[]), 0) = 0 or c.package = any(@packages::text[]))
      and (coalesce(cardinality(@categories::text[]), 0) = 0
        or c.category = any(array_replace(@categories::text[], '', 'none')))
      and (coalesce(cardinality(@functions::uuid[]), 0) = 0
        or c.function_id in (select f.function_id from chosen_functions f))
      and (coalesce(cardinality(@tags::text[]), 0) = 0
        or c.function_id in (select t.function_id from tagged_functions t))
  ),
  calls_in_cells as (
    select distinct c.id
    from chosen_calls c
    cross join cell_edges g
    cross join lateral (values (c.user_id::text), (c.function_id::text), (c.package), ('')) as n (key)
    join cell_places w on w.place = width_bucket(c.started, g.edges) and w.key = n.key
    where (w.package = '' or w.package = c.package) and (w.func = '' or w.function_id = c.function_id)
      and (w.person = '' or w.user_id = c.user_id or c.user_id <> all(w.other_than))
  ),
  calls as materialized (
    select c.*
    from chosen_calls c left join calls_in_cells x on x.id = c.id
    where x.id is not null or coalesce(cardinality(@cells::text[]), 0) = 0
  ),
  called_functions as (
      select f.function_id, f.label, f.package, f.package_label from known_functions f where f.id = f.function_id
    union all
      select '00000000-0000-0000-0000-000000000000'::uuid, 'Unknown function', null, null
  ),
  -- calls >>
  matching as materialized (
    select c.*
    from calls c
    where case lower(coalesce(@status::text, '')) when '' then true when 'unfinished' then c.ended is null
      else lower(c.status) = lower(@status::text) end
  ),
  -- The place of the page is looked up, for times lose microseconds on their way through the page.
  place (started, id) as (
    select coalesce((select b.started from func_calls b where b.id = nullif(@beforeId::text, '')::uuid),
      @beforeTime::timestamp), nullif(@beforeId::text, '')::uuid
  ),
  page as materialized (
    select c.*
    from matching c cross join place p
    where coalesce(p.started::text, p.id::text) is null or c.started < p.started or (c.started = p.started and c.id < p.id)
    order by c.started desc, c.id desc
    limit coalesce(@pageSize::int, 50)
  ),
  said (text) as (select c.error_message from page c),
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
  total (calls) as (select count(*)::int from matching)
select c.id, c.started, c.ended, c.ms::float8 as ms, c.status, c.user_id, c.user_label as "user", f.function_id,
  f.label as "function", c.version, m.as_shown as error_message, t.calls as total
from page c
cross join total t
join called_functions f on f.function_id = c.function_id
left join shown m on m.text = c.error_message
order by c.started desc, c.id desc
--end

--name: FunctionCallsOverTime
--friendlyName: Function Calls Over Time
--description: Saved calls per bucket: how many, how many failed, and how long those that ended took; every bucket has a row
--connection: System:Datagrok
--input: datetime from [First instant of the range, UTC]
--input: datetime to [End of the range, UTC, not included]
--input: list<string> groups {optional: true; nullable: true} [Ids of groups, members of nested groups included; none means everybody]
--input: list<string> users {optional: true; nullable: true} [Ids of users; none means all of the groups]
--input: list<string> packages {optional: true; nullable: true} [Names of packages, Core for what belongs to none; none means all]
--input: bool service = false {optional: true} [Count service and system accounts and package tests too]
--input: list<string> functions {optional: true; nullable: true} [Ids of functions, each standing for all versions; none means no restriction]
--input: list<string> tags {optional: true; nullable: true} [Tags of functions; none means no restriction]
--input: list<string> categories {optional: true; nullable: true} [Categories of packages: none for those without one, Core for what belongs to no package; none given means all]
--input: list<string> cells {optional: true; nullable: true} [Exact selection, each from|to|user|source|function|package; none means no restriction]
--input: string unit = "day" {optional: true; choices: ["minute", "10 minutes", "hour", "day", "week", "month", "quarter", "year"]} [Width of a bucket]
--input: string zone = "UTC" {optional: true} [IANA time zone in which buckets are cut]
--test: FunctionCallsOverTime(Date(2026, 1, 1), Date(2026, 2, 1))
with recursive
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
  -- << calls
  -- Saved calls of people who count, by the function called; log levels and event types do not apply to them.
  dated_calls as (
    select c.id, c.started, c.ended, c.status, c.error_message, a.id as user_id, a.label as user_label,
      extract(epoch from c.ended - c.started) * 1000 as ms, lower(c.status) = 'error' as is_failed,
      coalesce(f.function_id, '00000000-0000-0000-0000-000000000000'::uuid) as function_id,
      coalesce(f.package, 'Core') as package, coalesce(f.package_label, 'Core') as package_label,
      coalesce(f.category, 'Core') as category, f.version
    from func_calls c
    join users_sessions s on s.id = c.session_id
    join accounts a on a.id = s.user_id
    left join known_functions f on f.id = c.func_id
    where c.started >= @from::timestamp and c.started < @to::timestamp and a.is_counted
  ),
  chosen_calls as materialized (
    select c.*
    from dated_calls c
    where (coalesce(cardinality(@packages::text[]), 0) = 0 or c.package = any(@packages::text[]))
      and (coalesce(cardinality(@categories::text[]), 0) = 0
        or c.category = any(array_replace(@categories::text[], '', 'none')))
      and (coalesce(cardinality(@functions::uuid[]), 0) = 0
        or c.function_id in (select f.function_id from chosen_functions f))
      and (coalesce(cardinality(@tags::text[]), 0) = 0
        or c.function_id in (select t.function_id from tagged_functions t))
  ),
  calls_in_cells as (
    select distinct c.id
    from chosen_calls c
    cross join cell_edges g
    cross join lateral (values (c.user_id::text), (c.function_id::text), (c.package), ('')) as n (key)
    join cell_places w on w.place = width_bucket(c.started, g.edges) and w.key = n.key
    where (w.package = '' or w.package = c.package) and (w.func = '' or w.function_id = c.function_id)
      and (w.person = '' or w.user_id = c.user_id or c.user_id <> all(w.other_than))
  ),
  calls as materialized (
    select c.*
    from chosen_calls c left join calls_in_cells x on x.id = c.id
    where x.id is not null or coalesce(cardinality(@cells::text[]), 0) = 0
  ),
  called_functions as (
      select f.function_id, f.label, f.package, f.package_label from known_functions f where f.id = f.function_id
    union all
      select '00000000-0000-0000-0000-000000000000'::uuid, 'Unknown function', null, null
  ),
  -- calls >>
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
  placed as (
    select width_bucket(c.started, (select array_agg(e.edge order by e.place) from edges e)) as place, c.ms, c.is_failed
    from calls c
  ),
  timing as (
    select p.place, count(*)::int as calls, count(*) filter (where p.is_failed)::int as failed,
      percentile_cont(array[0.5, 0.95]) within group (order by p.ms) as parts
    from placed p
    group by p.place
  )
select e.edge as bucket, e.finish as bucket_end, coalesce(t.calls, 0) as calls, coalesce(t.failed, 0) as failed,
  t.parts[1] as p50_ms, t.parts[2] as p95_ms
from edges e
left join timing t on t.place = e.place
order by e.edge
--end

--name: FunctionCallValues
--friendlyName: Function Call Values
--description: Inputs and outputs of saved calls, in declared order; of data frames the name alone
--connection: System:Datagrok
--input: list<string> calls {optional: true; nullable: true} [Ids of function calls]
--test: FunctionCallValues(['a4b45840-9a50-11e6-9cc9-8546b8bf62e6'])
with
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
  asked_calls as (
    select c.id, c.func_id from func_calls c where c.id = any(@calls::uuid[])
  ),
  -- The platform keeps no position of a parameter: they are told in the order in which their rows were written.
  filled as (
      select c.id as call_id, p.is_input, p.name, p.type, p.ctid as place, v.id,
        coalesce(v.value, v.value_uuid::text, v.value_array::text, v.data_frame_value_name, v.value_string) as value
      from asked_calls c
      join func_params p on p.func_id = c.func_id
      left join func_call_values v on v.func_call_id = c.id and v.func_param_id = p.id
    union all
      -- Parameters of other versions, or such as are gone.
      select c.id, p.is_input, coalesce(p.name, v.func_param_id::text), p.type, p.ctid, v.id,
        coalesce(v.value, v.value_uuid::text, v.value_array::text, v.data_frame_value_name, v.value_string)
      from asked_calls c
      join func_call_values v on v.func_call_id = c.id
      left join func_params p on p.id = v.func_param_id
      where p.func_id is distinct from c.func_id
  ),
  held as (
    select f.*, case when f.value is null then null
      when regexp_replace(lower(f.name), '[^[:alnum:]]', '', 'g') ~ h.secrets then '(hidden)' else f.value end as told
    from filled f cross join privacy h
  ),
  said (text) as (select h.told from held h),
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
  answer as (
    select h.*, s.as_shown from held h left join shown s on s.text = h.told
  )
select f.call_id, row_number() over (partition by f.call_id
    order by f.is_input desc nulls last, f.place nulls last, f.name, f.id)::int as position,
  f.name, coalesce(f.is_input, false) as is_input, f.type, f.as_shown as value
from answer f
order by f.call_id, position
--end
