-- Projects exported and imported, and personal data.

-- A project as one file, made by a job: DATA_DIR/exports/<id>.zip once it is ready, <id>.part before.
create table space_exports (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  asked_by text references accounts (id) on delete set null,
  -- queued -> running -> ready | failed ; one that a killed process left behind is taken over by the next one.
  state text not null default 'queued' check (state in ('queued', 'running', 'ready', 'failed')),
  percent int not null default 0,
  tries int not null default 0,
  bytes bigint,
  asked_at timestamptz not null,
  -- When somebody worked at it last; without that for a minute it is nobody's.
  touched_at timestamptz not null,
  finished_at timestamptz
);
create index space_exports_project on space_exports (project_id, asked_at desc);
create unique index space_exports_one on space_exports (project_id) where state in ('queued', 'running');

-- A file that somebody wants to fill an empty TwinSpace with: DATA_DIR/exports/.imports/<id>.zip.
create table space_imports (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  by_account text not null references accounts (id) on delete cascade,
  -- read -> running -> done | failed
  state text not null default 'read' check (state in ('read', 'running', 'done', 'failed')),
  summary jsonb not null,
  refused text,
  at timestamptz not null,
  touched_at timestamptz not null
);
create index space_imports_project on space_imports (project_id, at desc);

-- When founders were told that their closed project goes into the archive.
alter table projects add column archive_told_at timestamptz;
create index projects_closed on projects (closed_at) where state = 'closed';

-- Somebody ended their account themselves: what they were called and where they had mail is erased.
alter table accounts add column erased_at timestamptz;
