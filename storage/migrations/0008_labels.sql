-- Awards: what schools are given for a project, with a code by which anybody checks it. Never to a pupil.

create table awards (
  id text primary key,
  kind text not null default 'etwinningLabel' check (kind in ('etwinningLabel')),
  -- domain/projects/labelCode.ts: nine random signs and one that checks them.
  code text not null unique check (code ~ '^[23456789CDFHJKMNPQRTWXY]{10}$'),
  project_id text not null references projects (id),
  school_id text not null references schools (id),
  issued_at timestamptz not null default now(),
  -- Its bit in the published list of revoked badges; it stands in signed badges and never changes.
  status_index int generated always as identity unique,
  revoked_at timestamptz,
  -- A class that everybody may read; what the service wrote beside it is in registry_acts.
  revoked_reason text check (revoked_reason in ('issuedInError', 'projectEnded', 'rulesBroken', 'schoolLeft')),
  revoked_by text references accounts (id) on delete set null,
  unique (kind, project_id, school_id),
  check ((revoked_at is null) = (revoked_reason is null))
);
create index awards_school on awards (school_id);
create index awards_revoked on awards (status_index) where revoked_at is not null;

-- The gallery of active projects, newest first.
create index projects_gallery on projects (activated_at desc, id desc) where state = 'active';
-- And what narrows it down.
create index projects_by_subject on projects using gin (subjects) where state = 'active';
create index projects_by_language on projects using gin (languages) where state = 'active';
create index project_schools_country on project_schools (country, project_id);
