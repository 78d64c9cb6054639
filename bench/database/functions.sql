-- Random numbers that depend on a row's number and a purpose alone, so that one seed gives one log on every run.
-- Rows of another seed have other numbers: a seed begins at seed * 2^40.

-- In [0, 1).
create function pg_temp.chance(n bigint, purpose bigint) returns double precision
language sql immutable parallel safe as
$$ select (hashint8extended(n, purpose) & 9007199254740991)::double precision / 9007199254740992 $$;

create function pg_temp.id(kind text, n bigint) returns uuid language sql immutable parallel safe as
$$ select md5(kind || n::text)::uuid $$;

-- A place in 1..size by a power law: the first is used the most, and place k about in proportion to 1/k.
create function pg_temp.place(size integer, chance double precision) returns integer
language sql immutable parallel safe as
$$ select least(size, floor(power(size + 1, chance))::integer) $$;
