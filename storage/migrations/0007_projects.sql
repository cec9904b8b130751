-- Partnerships of schools, registered as projects.

create table projects (
  id text primary key,
  -- Its address. Made of the title when it is sent for the first time, and then for good; until then it is the id.
  slug text not null unique,
  title text not null default '',
  -- What everybody may read once it is active.
  summary text not null default '',
  description text not null default '',
  aims text not null default '',
  work_process text not null default '',
  expected_results text not null default '',
  pupil_number int check (pupil_number between 1 and 100000),
  age_min int check (age_min between 3 and 20),
  age_max int check (age_max between 3 and 20),
  -- Entries of the lists language, subject, vocationalSubject, competence and tool.
  languages text[] not null default '{}',
  subjects text[] not null default '{}',
  vocational_subjects text[] not null default '{}',
  competences text[] not null default '{}',
  tools text[] not null default '{}',
  start_date date,
  end_date date,
  -- Computed from the founders' schools whenever they change.
  scope text not null default 'national' check (scope in ('european', 'national', 'sameSchool')),
  origin text not null default 'foundHere' check (origin in ('foundHere', 'existingPartnership')),
  -- As in domain/projects/project.ts.
  state text not null default 'draft' check (state in ('draft', 'awaitingPartner', 'awaitingService', 'returned', 'active',
    'closed', 'archived', 'declined', 'refused', 'withdrawn', 'suspended')),
  -- What the last one wrote who asked for a change, declined, withdrew or suspended; services' notes are with the schools.
  note text not null default '',
  note_by text references accounts (id) on delete set null,
  -- Counts every change of the form: who says yes says it to the form they have read.
  version int not null default 1,
  created_by text references accounts (id) on delete set null,
  created_at timestamptz not null default now(),
  state_at timestamptz not null default now(),
  activated_at timestamptz,
  closed_at timestamptz
);
create index projects_state on projects (state, state_at, id);
create index projects_active on projects (activated_at desc, id) where state in ('active', 'closed');

create table project_schools (
  project_id text not null references projects (id) on delete cascade,
  school_id text not null references schools (id),
  country text not null check (country ~ '^[A-Z]{2}$'),
  founder boolean not null default false,
  service_state text not null default 'pending' check (service_state in ('pending', 'approved', 'returned', 'refused')),
  service_by text references accounts (id) on delete set null,
  service_at timestamptz,
  service_note text not null default '',
  pupils_planned int check (pupils_planned >= 0),
  primary key (project_id, school_id)
);
create index project_schools_school on project_schools (school_id);
create index project_schools_waiting on project_schools (country, project_id) where service_state = 'pending';

create table project_members (
  project_id text not null references projects (id) on delete cascade,
  account_id text not null references accounts (id) on delete cascade,
  -- For which school they are in it. Fixed once they have joined.
  school_id text not null references schools (id),
  role text not null check (role in ('founder', 'teacherAdmin', 'teacher')),
  -- invited -> accepted | declined | expired ; accepted -> left
  state text not null check (state in ('invited', 'accepted', 'declined', 'expired', 'left')),
  -- A founder's yes to the form as it is now.
  agreed boolean not null default false,
  invited_by text references accounts (id) on delete set null,
  -- Since when they are in this state.
  at timestamptz not null default now(),
  primary key (project_id, account_id)
);
create index project_members_account on project_members (account_id, state);
-- Two founders at most see to it that both have the same rights.
create index project_members_founders on project_members (project_id) where role = 'founder';

-- Every value that a field of the form ever had, and every one that came too late to be taken: nothing anybody wrote is lost.
create table project_fields_history (
  id bigint generated always as identity primary key,
  project_id text not null references projects (id) on delete cascade,
  field text not null,
  -- The field's own count of changes; null for a value that was set aside, because somebody else had changed it meanwhile.
  version int,
  -- The version that its author had before their eyes.
  base int not null,
  value jsonb not null,
  by_account text references accounts (id) on delete set null,
  at timestamptz not null default now()
);
create unique index project_fields_history_version on project_fields_history (project_id, field, version);
create index project_fields_history_all on project_fields_history (project_id, field, id);
