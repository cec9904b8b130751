-- The calendar of a TwinSpace. Its meetings stand in `meetings` and are read from there.

-- On which clock a school lives, where its teachers said so; otherwise it follows from its country.
create table school_zones (
  school_id text primary key references schools (id) on delete cascade,
  time_zone text not null,
  set_by text references accounts (id) on delete set null,
  set_at timestamptz not null default now()
);

create table calendar_items (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  kind text not null check (kind in ('activity', 'deadline', 'holiday')),
  title text not null,
  description text not null default '',
  place text not null default '',
  -- Of a holiday: whose.
  school_id text references schools (id),
  -- True: whole days on everybody's own clock. Then starts_at is midnight UTC of the first, ends_at of the day after the last.
  whole_days boolean not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- The zone it was written in: its hour stays the same there when the clocks change.
  time_zone text not null,
  -- The same for all that were made by one weekly repetition.
  series_id text,
  -- One more with every change; SEQUENCE of the feed, and the base of the next change.
  version int not null default 1,
  author text not null,
  made_at timestamptz not null,
  changed_by text,
  changed_at timestamptz not null,
  -- From which event of a file it came (UID, and the day where that event repeats), and its version when it last did.
  file_uid text,
  file_version int,
  removed_at timestamptz,
  removed_by text,
  check (ends_at >= starts_at),
  check ((kind = 'holiday') = (school_id is not null))
);
create index calendar_items_starts on calendar_items (project_id, starts_at, id) where removed_at is null;
create index calendar_items_ends on calendar_items (project_id, ends_at) where removed_at is null;
create index calendar_items_series on calendar_items (series_id, starts_at) where series_id is not null;
create unique index calendar_items_file on calendar_items (project_id, school_id, file_uid) where file_uid is not null;

-- Who did what to an item when; `fields` has what each changed one was and became.
create table calendar_changes (
  id bigint generated always as identity primary key,
  item_id text not null references calendar_items (id) on delete cascade,
  at timestamptz not null,
  author text not null,
  act text not null check (act in ('added', 'imported', 'changed', 'removed', 'restored')),
  fields jsonb not null default '[]'
);
create index calendar_changes_item on calendar_changes (item_id, id desc);

-- The secret address by which somebody's own calendar program reads a TwinSpace's dates. It ends with their role there.
create table calendar_feeds (
  project_id text not null references projects (id) on delete cascade,
  account_id text not null references accounts (id) on delete cascade,
  -- SHA-256 of the token. Only this is compared.
  token_hash bytea not null unique,
  -- The token, sealed (storage/secrets.ts, about `calendarFeed:<project>:<account>`), so that its owner can copy it again.
  token bytea not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (project_id, account_id)
);
