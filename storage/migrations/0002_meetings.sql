-- Meetings: how they were booked, their links, the log, the words beside it, what was recorded.

create table meetings (
  id text primary key,
  code text not null unique,
  title text not null,
  language text not null default 'en',
  starts_at timestamptz not null,
  length_minutes int not null check (length_minutes between 5 and 1440),
  time_zone text not null default 'UTC',
  -- protocol/meeting.ts MeetingSettings as booked; what changes later is in the log.
  settings jsonb not null,
  chair_account text not null references accounts (id),
  school_id text references schools (id),
  phase text not null default 'booked' check (phase in ('booked', 'open', 'ended')),
  opened_at timestamptz,
  ended_at timestamptz,
  -- Replay: who may see it besides its chair.
  replay_audience text not null default 'chair' check (replay_audience in ('chair', 'participants', 'link')),
  created_at timestamptz not null default now()
);
create index meetings_chair on meetings (chair_account, starts_at);
create index meetings_open on meetings (phase) where phase = 'open';

-- Links to take a seat by; the chair sees them again, so the key is kept as it is. `code` alone is the open
-- participant link where a meeting has one.
create table meeting_links (
  id text primary key,
  meeting_id text not null references meetings (id) on delete cascade,
  key text not null unique,
  role text not null check (role in ('chair', 'participant', 'watcher')),
  -- Null: unknown, which counts as a pupil.
  kind text check (kind in ('adult', 'pupil', 'class')),
  school_id text references schools (id),
  label text not null default '',
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);
create index meeting_links_meeting on meeting_links (meeting_id);

-- The ordered log of what happened. The primary key is also the lock: two writers cannot both append `seq`.
create table meeting_log (
  meeting_id text not null references meetings (id) on delete cascade,
  seq int not null check (seq > 0),
  at timestamptz not null,
  event jsonb not null,
  primary key (meeting_id, seq)
);

-- What people wrote, by id, beside the log: erasing a row's words leaves the log foldable.
create table contents (
  id text primary key,
  meeting_id text not null references meetings (id) on delete cascade,
  kind text not null check (kind in ('name', 'pupilName', 'message')),
  words text,
  created_at timestamptz not null default now(),
  erased_at timestamptz
);
create index contents_meeting on contents (meeting_id);

-- A place in a meeting that was given out: the bearer of the ticket connects to the seat. Only hashes are kept.
create table tickets (
  token_hash bytea primary key,
  meeting_id text not null references meetings (id) on delete cascade,
  seat_id text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index tickets_meeting on tickets (meeting_id);

-- Kept media: one file per turn and seat with its sound and camera, the screen its own. The row is written before
-- the first byte, so that after a crash nothing is forgotten.
create table recordings (
  id text primary key,
  meeting_id text not null references meetings (id) on delete cascade,
  turn_id text not null,
  seat_id text not null,
  kind text not null check (kind in ('speaker', 'screen')),
  -- Below the media folder.
  path text not null,
  -- The file's zero on the meeting's clock.
  started_at timestamptz not null,
  ended_at timestamptz,
  length_ms int,
  bytes bigint,
  has_sound boolean,
  has_picture boolean,
  state text not null default 'writing' check (state in ('writing', 'finished', 'repaired', 'empty', 'lost'))
);
create index recordings_meeting on recordings (meeting_id, started_at);

-- The film of a whole meeting behind "Download", made by a job.
create table films (
  meeting_id text primary key references meetings (id) on delete cascade,
  state text not null check (state in ('queued', 'working', 'ready', 'failed')),
  percent int not null default 0 check (percent between 0 and 100),
  -- Below the media folder.
  path text,
  bytes bigint,
  updated_at timestamptz not null default now()
);

-- A guest who held a seat watches the replay with a cookie: the hash of its token, and as whom they sat. Whether that
-- seat may still watch is asked anew each time.
create table replay_passes (
  token_hash bytea primary key,
  meeting_id text not null references meetings (id) on delete cascade,
  identity text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index replay_passes_meeting on replay_passes (meeting_id);
