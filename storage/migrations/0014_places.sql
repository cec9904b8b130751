-- Who has a place in a TwinSpace besides its teachers: experts and observers by their account, pupils and visitors by a place
-- of their own. And how they are signed in.

alter table project_members drop constraint project_members_role_check;
alter table project_members add constraint project_members_role_check
  check (role in ('founder', 'teacherAdmin', 'teacher', 'expert', 'observer'));
-- Experts and observers need not work at a school.
alter table project_members alter column school_id drop not null;
alter table project_members add check (school_id is not null or role in ('expert', 'observer'));

-- A pupil belongs to one project and one school. Everybody sees the alias; the roster name only their own school's staff.
create table pupils (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  school_id text not null references schools (id),
  -- Sealed (storage/secrets.ts, about `roster:<id>`); null once it is purged.
  roster_name bytea,
  alias text not null,
  -- One of the pictures of domain/twinspace/pictures.ts, shown beside the alias.
  picture text not null,
  year_group text not null default '',
  role text not null default 'pupil' check (role in ('pupil', 'pupilAdmin')),
  -- Stands on the login card; no secret by itself.
  login_code text not null unique,
  secret_kind text not null check (secret_kind in ('pictures', 'word')),
  -- An argon2id string; null when there is none to sign in by.
  secret_hash text,
  -- active <-> locked by their teacher ; active, locked -> ended (with the project, or by their teacher) ;
  -- ended -> what it was before | purged. Whom too many wrong tries keep out stands in pupil_tries.
  state text not null default 'active' check (state in ('active', 'locked', 'ended', 'purged')),
  created_by text references accounts (id) on delete set null,
  created_at timestamptz not null default now(),
  seen_at timestamptz,
  ended_at timestamptz,
  -- What it was before it was ended, for who brings it back; and whether the project's end ended it.
  ended_from text check (ended_from in ('active', 'locked')),
  ended_with_project boolean not null default false,
  -- From then on the roster name is erased and the alias becomes "pupil of" their school.
  purge_after timestamptz,
  purged_at timestamptz
);
create index pupils_project on pupils (project_id, school_id, lower(alias));
create unique index pupils_alias on pupils (project_id, lower(alias)) where state in ('active', 'locked');
create index pupils_purge on pupils (purge_after) where state = 'ended';

-- Guesses at the secret behind a login code, whether there is such a code or not: nobody can tell the two apart by counting.
create table pupil_tries (
  code text primary key,
  -- Wrong ones since the last right one.
  wrong int not null,
  -- Wrong ones since the secret was made, or the teacher unlocked it.
  wrong_in_all int not null,
  at timestamptz not null
);
create index pupil_tries_at on pupil_tries (at);

-- Wrong tries from one network or one device, which run off with time. Kept as keyed digests, never as addresses.
create table pupil_try_sources (
  source bytea primary key,
  wrong double precision not null,
  at timestamptz not null
);
create index pupil_try_sources_at on pupil_try_sources (at);

-- From which networks (keyed digests) a pupil has signed in: from there they get in while strangers' guesses are held up.
create table pupil_networks (
  pupil_id text not null references pupils (id) on delete cascade,
  network bytea not null,
  at timestamptz not null,
  primary key (pupil_id, network)
);
create index pupil_networks_at on pupil_networks (at);

-- What teachers have done to pupils' accounts and consents, for whoever asks later. No names, no words.
create table pupil_acts (
  id bigint generated always as identity primary key,
  project_id text not null references projects (id) on delete cascade,
  pupil_id text references pupils (id) on delete cascade,
  by_account text references accounts (id) on delete set null,
  act text not null,
  note text not null default '',
  at timestamptz not null default now()
);
create index pupil_acts_project on pupil_acts (project_id, id);

-- Parents, heads, inspectors: who see what they are granted, by a link that was sent to them.
create table visitors (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  name text not null,
  -- Lower case; where the link went. Null once it is erased.
  email text,
  relation text not null check (relation in ('parent', 'head', 'inspector', 'other')),
  -- SHA-256 of the link's token.
  token_hash bytea not null unique,
  invited_by text references accounts (id) on delete set null,
  created_at timestamptz not null default now(),
  seen_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index visitors_project on visitors (project_id, lower(name), id);

-- One cookie, and so one person, for each browser: an account, a pupil or a visitor.
alter table sessions alter column account_id drop not null;
alter table sessions add column pupil_id text references pupils (id) on delete cascade;
alter table sessions add column visitor_id text references visitors (id) on delete cascade;
alter table sessions add check (num_nonnulls(account_id, pupil_id, visitor_id) = 1);
create index sessions_pupil on sessions (pupil_id) where pupil_id is not null;
create index sessions_visitor on sessions (visitor_id) where visitor_id is not null;
