-- The platform's metadata database, as far as usage analytics and this host need it.
--
-- The platform's own schema is not published. Tables and columns below are assembled from public facts: the SQL
-- that published packages run against it, the entity metadata inside the compiled client core, the declaration
-- shipped with the publishing tool, and the help pages. Certainty is marked per column:
--
--   (no mark)   name and meaning have direct evidence
--   [inferred]  several facts point to it: mostly columns known from entity metadata alone, whose SQL type is derived
--   [guess]     needed here, unproven there
--
-- Rules that hold everywhere: ids are uuids made by whoever writes the row. Instants are UTC wall time in
-- `timestamp` without time zone [type inferred]; sessions must run with TimeZone UTC. Every entity has one row in
-- `entities` with the id of its own table's row. Columns that hold secrets exist on the platform and are left out.
-- Loads on PostgreSQL 12 and later. Indexes are at the end, after a line that the loader looks for.

-- People ------------------------------------------------------------------------------------------------------------

create table groups (
  id            uuid primary key,
  name          varchar,
  friendly_name varchar,
  description   varchar,                        -- [inferred]
  personal      boolean not null default false, -- the shadow of exactly one user
  hidden        boolean not null default false,
  is_role       boolean not null default false, -- [inferred]
  origin        varchar,                        -- [inferred]
  origin_id     varchar,                        -- [inferred]
  author_id     uuid,                           -- [inferred]
  created_on    timestamp,                      -- [inferred]
  updated_on    timestamp                       -- [inferred]
);

-- The child is a member of the parent. Diamonds are usual, cycles possible: walk with `union`, never `union all`.
create table groups_relations (
  id        uuid primary key,
  parent_id uuid not null references groups (id),
  child_id  uuid not null references groups (id),
  is_admin  boolean not null default false,     -- [inferred] the child administers the parent
  origin    varchar                             -- [inferred]
);

create table users (
  id              uuid primary key,
  login           varchar,
  name            varchar,                      -- [inferred]
  friendly_name   varchar,
  first_name      varchar,
  last_name       varchar,
  group_id        uuid references groups (id),  -- the personal group; membership goes through it
  joined          timestamp,
  status          varchar,                      -- new, active, blocked, guest
  is_service      boolean not null default false, -- [inferred]
  picture         varchar,                      -- [inferred]
  picture_id      varchar,                      -- [inferred]
  has_password    boolean,                      -- [inferred]
  email_confirmed boolean,                      -- [inferred]
  project_id      uuid,                         -- [inferred] home project
  storage_connection_id uuid,                   -- [inferred] home file share
  origin          varchar,                      -- [inferred]
  origin_id       varchar,                      -- [inferred]
  author_id       uuid,                         -- [inferred]
  created_on      timestamp,                    -- [inferred]
  updated_on      timestamp                     -- [inferred]
);

-- An authentication token with a life time, which may span days and many browser starts.
create table users_sessions (
  id       uuid primary key,
  user_id  uuid not null references users (id),
  started  timestamp,
  ended    timestamp,                           -- [inferred] null while open
  type     varchar,                             -- [inferred] internal, guest
  ip       varchar,                             -- [inferred]
  is_admin boolean                              -- [inferred]
);

-- The registry of entities ------------------------------------------------------------------------------------------

create table entity_types (
  id                uuid primary key,
  name              varchar not null,           -- class name: User, DataQuery, PackageFunc, Script, Project ...
  friendly_name     varchar,                    -- [inferred]
  is_package_entity boolean                     -- [inferred]
);

-- The package as such.
create table packages (
  id                 uuid primary key,
  name               varchar,
  friendly_name      varchar,
  category           varchar,
  description        varchar,                   -- [inferred]
  full_name          varchar,                   -- [inferred]
  url                varchar,                   -- [inferred]
  image_url          varchar,                   -- [inferred]
  error              varchar,                   -- [inferred]
  publish_on_startup boolean,                   -- [inferred]
  desired_version    varchar,                   -- [inferred]
  repository_id      uuid,                      -- [inferred]
  published_on       timestamp,                 -- [inferred]
  author_id          uuid,                      -- [inferred]
  created_on         timestamp,                 -- [inferred]
  updated_on         timestamp                  -- [inferred]
);

-- One row per published version and per debug build. Several rows share a name.
create table published_packages (
  id             uuid primary key,
  package_id     uuid references packages (id),
  name           varchar,                       -- equals packages.name
  friendly_name  varchar,                       -- [inferred]
  version        varchar,
  is_current     boolean not null default false,
  debug          boolean not null default false,
  build_number   integer,                       -- [inferred]
  build_hash     varchar,                       -- [inferred]
  commit         varchar,                       -- [inferred]
  is_latest      boolean,                       -- [inferred] may be computed
  is_disabled    boolean,                       -- [inferred] may be computed
  is_local       boolean,                       -- [inferred] may be computed
  is_remote      boolean,                       -- [inferred] may be computed
  is_webpack     boolean,                       -- [inferred] may be computed
  package_author varchar,                       -- [inferred]
  error          varchar,                       -- [inferred]
  params         jsonb,                         -- [inferred]
  meta           jsonb,                         -- [inferred]
  sources        varchar[],                     -- [inferred]
  can_view       varchar[],                     -- [inferred]
  can_edit       varchar[],                     -- [inferred]
  published_on   timestamp,                     -- [inferred]
  author_id      uuid,                          -- [inferred]
  created_on     timestamp,                     -- [inferred]
  updated_on     timestamp                      -- [inferred]
);

create table entities (
  id             uuid primary key,
  entity_type_id uuid references entity_types (id),
  package_id     uuid references published_packages (id), -- the version that brought it, not packages.id; null: none
  is_deleted     boolean not null default false,
  name           varchar,
  friendly_name  varchar,                       -- [inferred]
  namespace      varchar,                       -- [inferred] such as `Chem:`
  handle         varchar,                       -- [inferred]
  tokens         varchar[]                      -- [guess] type
);

create table tags (
  id        uuid primary key,
  entity_id uuid references entities (id),
  tag       varchar,
  type      varchar,                            -- [inferred]
  owner_id  uuid                                -- [inferred] a group
);

-- Projects ----------------------------------------------------------------------------------------------------------

create table projects (
  id                    uuid primary key,
  name                  varchar,                -- may be empty; then friendly_name is shown
  friendly_name         varchar,
  description           varchar,                -- [inferred]
  is_root               boolean not null default false, -- namespace of a user or package
  is_entity             boolean not null default false, -- wrapper of a single entity
  is_package            boolean not null default false, -- with is_root: root project of a package
  is_dashboard          boolean not null default false, -- what people call a dashboard
  storage_connection_id uuid,                   -- [inferred] set for spaces
  options               jsonb,                  -- [inferred]
  layout                jsonb,                  -- [inferred]
  project_values        jsonb,                  -- [inferred]
  picture_id            varchar,                -- [inferred]
  author_id             uuid,                   -- [inferred]
  created_on            timestamp,              -- [inferred]
  updated_on            timestamp               -- [inferred]
);

create table project_relations (
  id         uuid primary key,
  project_id uuid references projects (id),
  entity_id  uuid references entities (id),
  is_link    boolean not null default false     -- [inferred] false: the project owns it
);

-- Permissions of groups to single entities: a row for each. Of the platform's table the name is known, and what its
-- client says of it; the columns are made of that [guess].
create table permissions (
  id            uuid primary key,
  entity_id     uuid references entities (id) on delete cascade, -- the project that wraps the entity, or is it
  user_group_id uuid references groups (id),
  permission_id uuid not null,
  granted_by_id uuid,
  granted_at    timestamp
);

-- Functions ---------------------------------------------------------------------------------------------------------

-- Every function. Queries and scripts have a row here too, with their id [inferred: by a row or by inheritance].
create table funcs (
  id                uuid primary key,
  name              varchar,                    -- not unique across packages
  friendly_name     varchar,                    -- [inferred]
  description       varchar,                    -- [inferred]
  source            varchar,                    -- [inferred] function-package, script, data-query, function ...
  help_url          varchar,                    -- [inferred]
  toolbox           varchar,                    -- [inferred]
  top_menu          varchar,                    -- [inferred]
  options           jsonb,                      -- [inferred] `meta.*` annotations
  recurrence        jsonb,                      -- [inferred]
  recurrence_run_as varchar,                    -- [inferred]
  next_run_time     timestamp,                  -- [inferred]
  last_run_time     timestamp,                  -- [inferred]
  author_id         uuid,                       -- [inferred]
  created_on        timestamp,                  -- [inferred]
  updated_on        timestamp                   -- [inferred]
);

create table func_params (
  id                      uuid primary key,
  func_id                 uuid references funcs (id), -- [guess] the reference; the column is certain
  is_input                boolean,              -- [inferred]
  name                    varchar,
  type                    varchar,
  sub_type                varchar,              -- [inferred]
  sem_type                varchar,              -- [inferred]
  description             varchar,              -- [inferred]
  category                varchar,              -- [inferred]
  default_value           varchar(1000),        -- [inferred]
  choices                 varchar[],            -- [inferred]
  options                 jsonb,                -- [inferred]
  parent_table_param_name varchar,              -- [inferred]
  is_optional             boolean,              -- [inferred]
  nullable_raw            boolean               -- [inferred]
);

create table func_calls (
  id                   uuid primary key,
  func_id              uuid,                    -- funcs.id; no constraint: a function may be gone
  session_id           uuid references users_sessions (id), -- who ran it; there is no user column
  parent_func_call_id  uuid references func_calls (id),
  started              timestamp,
  ended                timestamp,
  status               varchar,                 -- Queued, Running, Completed, Error, Canceled
  name                 varchar,                 -- [inferred]
  friendly_name        varchar,                 -- [inferred]
  source               varchar,                 -- [inferred]
  run_number           integer,                 -- [inferred]
  remote_run_completed boolean,                 -- [inferred]
  expression           text,                    -- [inferred]
  engine               varchar,                 -- [inferred]
  error_message        text,                    -- [inferred]
  error_stack_trace    text,                    -- [inferred]
  cache_key            varchar,                 -- [inferred]
  cache_key_id         uuid,                    -- [inferred]
  server_id            uuid,                    -- [inferred]
  options              jsonb,                   -- [inferred]
  progress             jsonb                    -- [inferred]
);

-- One row per parameter of a call, inputs and outputs alike; func_params.is_input tells them apart.
create table func_call_values (
  id                    uuid primary key,       -- [inferred]
  func_call_id          uuid references func_calls (id),
  func_param_id         uuid references func_params (id),
  value                 varchar,                -- [inferred use] numbers, dates, short text
  value_string          varchar,                -- [inferred use] long text
  value_array           varchar[],              -- [inferred type] lists
  value_uuid            uuid,                   -- [inferred use] entities
  data_frame_value_name varchar                 -- name of a data frame; its content is not stored
);

create table connections (
  id                uuid primary key,
  name              varchar,
  friendly_name     varchar,
  data_source       varchar,
  author_id         uuid,
  created_on        timestamp,
  description       varchar,                    -- [inferred]
  connection_string varchar,                    -- [inferred]
  parameters        jsonb,                      -- [inferred]
  is_available      boolean,                    -- [inferred]
  is_system         boolean,                    -- [inferred]
  updated_on        timestamp                   -- [inferred]
);

create table queries (
  id                  uuid primary key,         -- funcs.id
  name                varchar,
  connection_id       uuid references connections (id),
  author_id           uuid,
  created_on          timestamp,
  friendly_name       varchar,                  -- [inferred]
  description         varchar,                  -- [inferred]
  source              varchar,                  -- [inferred]
  query               text,                     -- [inferred]
  parameters          jsonb,                    -- [inferred]
  script              text,                     -- [inferred]
  post_process_script text,                     -- [inferred]
  options             jsonb,                    -- [inferred]
  updated_on          timestamp                 -- [inferred]
);

create table scripts (
  id            uuid primary key,               -- funcs.id
  name          varchar,                        -- [inferred]
  friendly_name varchar,                        -- [inferred]
  description   varchar,                        -- [inferred]
  source        varchar,                        -- [inferred]
  language      varchar,                        -- [inferred]
  script        text,                           -- [inferred]
  sample        varchar,                        -- [inferred]
  options       jsonb,                          -- [inferred]
  author_id     uuid,                           -- [inferred]
  created_on    timestamp,                      -- [inferred]
  updated_on    timestamp                       -- [inferred]
);

create table view_layouts (
  id             uuid primary key,
  author_id      uuid,
  created_on     timestamp,
  name           varchar,                       -- [inferred]
  friendly_name  varchar,                       -- [inferred]
  type           varchar,                       -- [inferred]
  view_state_map jsonb,                         -- [inferred]
  user_data      jsonb,                         -- [inferred]
  picture_id     varchar,                       -- [inferred]
  updated_on     timestamp                      -- [inferred]
);

-- The event log -----------------------------------------------------------------------------------------------------

-- A kind of record; for errors, a group of occurrences with the same simplified stack trace.
create table event_types (
  id                     uuid primary key,
  source                 varchar,               -- log level: audit, usage, error, warning, info, debug
  friendly_name          varchar,               -- the kind; for errors the message. There is no column `name`
  error_stack_trace      text,                  -- [inferred] a representative one
  error_stack_trace_hash uuid,                  -- [inferred type] signature of the group
  error_source           varchar,
  error_severity         varchar,               -- [inferred]
  is_error               boolean,               -- false: an administrator said that it is none
  comment                varchar                -- [inferred]
);

create table events (
  id                uuid primary key,
  event_type_id     uuid references event_types (id),
  session_id        uuid references users_sessions (id), -- null: server-side, nobody's session. There is no user column
  event_time        timestamp,
  friendly_name     varchar,
  description       varchar,                    -- the message; for clicks the path in the UI
  error_message     varchar,                    -- of this occurrence
  error_stack_trace text,                       -- of this occurrence
  exported_by       varchar                     -- [inferred] dead: nothing writes it
);

-- A parameter is declared once per kind of event.
create table event_parameters (
  id            uuid primary key,
  event_type_id uuid references event_types (id),
  name          varchar,                        -- without a leading @
  type          varchar                         -- `entity_id` for entities; others are type names [guess]
);

create table event_parameter_values (
  id           uuid primary key,
  event_id     uuid references events (id) on delete cascade, -- [guess] the cascade
  parameter_id uuid references event_parameters (id),
  value        varchar,                         -- text of any value; may be the word `null`
  value_uuid   uuid                             -- the id, for entities
);

-- Reports and chats -------------------------------------------------------------------------------------------------

create table reports_data (
  id              uuid primary key,
  screenshot      jsonb,
  details         jsonb,
  client_settings jsonb,
  server_settings jsonb,
  errors          jsonb,
  client_log      jsonb,
  server_log      jsonb,
  console         jsonb,
  queries_log     jsonb,
  scripting_log   jsonb,
  containers_log  jsonb,
  images_log      jsonb,
  services        jsonb
);

create table reports (
  id                     uuid primary key,
  number                 integer,               -- the one people quote
  type                   varchar,               -- report, feedback
  description            varchar,               -- `Auto report`: show error_message instead
  is_auto                boolean,
  is_resolved            boolean,
  jira_ticket            varchar,
  labels                 varchar[],
  reporter_id            uuid references users (id),
  assignee_id            uuid references users (id),
  error_message          varchar,
  error_stack_trace      text,
  error_stack_trace_hash uuid,                  -- [inferred type] the only link to events
  data_id                uuid references reports_data (id),
  created_on             timestamp,
  name                   varchar,               -- [inferred]
  friendly_name          varchar,               -- [inferred]
  options                jsonb                  -- [inferred]
);

create table chats (
  id            uuid primary key,
  name          varchar,
  friendly_name varchar,
  group_id      uuid,
  views         integer,                        -- [inferred]
  private       boolean,                        -- [inferred]
  direct        boolean                         -- [inferred]
);

create table comments (
  id      uuid primary key,
  chat_id uuid references chats (id),
  user_id uuid references users (id),
  posted  timestamp,
  text    text
);

-- Test runs: filled by the vendor's own builds, absent or empty on an ordinary server [types inferred] -----------------

create table builds (
  name       varchar primary key,
  build_date timestamp,
  commit     varchar
);

create table tests (
  name          varchar primary key,
  friendly_name varchar,
  type          varchar,
  package       varchar,
  owner         varchar,
  first_run     timestamp
);

create table test_runs (
  test_name   varchar references tests (name),
  build_name  varchar,
  batch_name  varchar,
  instance    varchar,
  date_time   timestamp,
  passed      boolean,
  skipped     boolean,
  benchmark   boolean not null default false,
  stress_test boolean not null default false,
  ci_cd       boolean not null default false,
  result      varchar,
  duration    integer,
  params      jsonb
);

-- Indexes -----------------------------------------------------------------------------------------------------------
-- Nothing public shows the platform's indexes. These are the ones that published queries only make sense with; the
-- primary keys and event_time are inferred, the others a guess. Queries must stay usable without the guessed ones.

create index events_event_time on events (event_time);
create index events_type_and_time on events (event_type_id, event_time);
create index events_session_and_time on events (session_id, event_time);
create index event_parameter_values_event on event_parameter_values (event_id);
create index event_parameter_values_entity on event_parameter_values (value_uuid) where value_uuid is not null;
create index event_parameter_values_parameter on event_parameter_values (parameter_id);
create index event_parameters_type_and_name on event_parameters (event_type_id, name);
create index event_types_source_and_name on event_types (source, friendly_name);
create index event_types_signature on event_types (error_stack_trace_hash);
create index users_sessions_user on users_sessions (user_id);
create index users_group on users (group_id);
create index groups_relations_parent on groups_relations (parent_id);
create index groups_relations_child on groups_relations (child_id);
create index entities_package on entities (package_id);
create index published_packages_package on published_packages (package_id);
create index published_packages_name on published_packages (name);
create index project_relations_entity on project_relations (entity_id);
create index project_relations_project on project_relations (project_id);
create index tags_entity on tags (entity_id);
create index permissions_entity on permissions (entity_id);
create index func_calls_func_and_start on func_calls (func_id, started);
create index func_calls_session on func_calls (session_id);
create index func_call_values_call on func_call_values (func_call_id);
create index func_params_func on func_params (func_id);
create index reports_signature on reports (error_stack_trace_hash);
