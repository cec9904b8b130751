-- What a meeting of a project is more than a meeting: who may come by their place in the TwinSpace, which schools say yes to
-- it, who watches it again, and that it may have been moved there later.

alter table meetings add column purpose text not null default '';
-- Whom it is for, as protocol/twinspace/meetings.ts has it (Invited). Null: of no project.
alter table meetings add column invited jsonb;
alter table meetings drop constraint meetings_replay_audience_check;
alter table meetings add constraint meetings_replay_audience_check
  check (replay_audience in ('chair', 'participants', 'project', 'link'));
-- What was written in it becomes a material of the project once it has ended; then the material's id.
alter table meetings add column keeps_chat boolean not null default false;
alter table meetings add column chat_material text;

-- A school that wants to say yes to each of its projects' meetings beforehand.
alter table schools add column approves_meetings boolean not null default false;

-- One row for each school whose yes a meeting waits for. Not opened before all of them are `approved`.
create table meeting_approvals (
  meeting_id text not null references meetings (id) on delete cascade,
  school_id text not null references schools (id),
  -- waiting -> approved | refused ; approved -> withdrawn ; refused, withdrawn -> approved
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'withdrawn')),
  reason text not null default '',
  by_account text references accounts (id) on delete set null,
  at timestamptz not null default now(),
  primary key (meeting_id, school_id)
);
create index meeting_approvals_school on meeting_approvals (school_id, state);

-- Who came by their account or place and not by a link. Their seat ends when they are not in the project any more.
create table meeting_members (
  meeting_id text not null references meetings (id) on delete cascade,
  -- As in the log: `account:<id>`, `pupil:<id>`.
  identity text not null,
  came_at timestamptz not null default now(),
  -- When their seat was taken away because their place had ended; null again once they come back by a place.
  dismissed_at timestamptz,
  primary key (meeting_id, identity)
);
create index meeting_members_identity on meeting_members (identity);

-- Meetings that were moved to a project after they were booked, and back within ten minutes.
create table meeting_moves (
  id bigint generated always as identity primary key,
  meeting_id text not null references meetings (id) on delete cascade,
  project_id text not null references projects (id) on delete cascade,
  -- As they were before, for who takes it back.
  school_before text references schools (id),
  audience_before text not null,
  by_account text references accounts (id) on delete set null,
  at timestamptz not null default now(),
  undone_at timestamptz
);
create index meeting_moves_meeting on meeting_moves (meeting_id, id desc);
