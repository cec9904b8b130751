-- The desks of the support services: what they decided, so that it can be taken back; what their worklists go by.

-- One row for each decision. `was` and `became`: what the thing was before and is because of it, as far as it can be put
-- back; a decision can be taken back only while the thing is still what it became.
create table desk_decisions (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  by_account text references accounts (id) on delete set null,
  kind text not null check (kind in ('school', 'person', 'project')),
  object_id text not null,
  -- For a project, whose approval it is.
  country text not null check (country ~ '^[A-Z]{2}$'),
  act text not null,
  was jsonb not null,
  became jsonb not null,
  undone_at timestamptz,
  undone_by text references accounts (id) on delete set null
);
create index desk_decisions_object on desk_decisions (kind, object_id, country, id desc);

-- What waits in all countries, oldest first; what is decided, newest first.
create index schools_waiting_all on schools (state_at, id) where state = 'submitted';
create index schools_decided on schools (country, state_at desc, id desc) where state in ('validated', 'suspended', 'refused');
create index schools_decided_all on schools (state_at desc, id desc) where state in ('validated', 'suspended', 'refused');
create index memberships_decided on memberships (state_at desc, id desc) where state in ('active', 'refused', 'ended');
create index project_schools_decided on project_schools (service_at desc, project_id desc) where service_state <> 'pending';
create index project_schools_decided_in on project_schools (country, service_at desc, project_id desc)
  where service_state <> 'pending';

-- Titles as one looks for them: in Latin letters, small and without accents.
alter table projects add column find_words text not null
  generated always as (left(search_latin(search_text(title)), 400)) stored;
create index projects_find on projects using gin (find_words gin_trgm_ops);
-- Figures by month.
create index projects_activated on projects (activated_at) where activated_at is not null;
