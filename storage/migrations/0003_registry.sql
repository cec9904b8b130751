-- The registry: lists that are data, schools and who works there, support services, ambassadors. What an account is comes
-- from these tables, no longer from a column of its own.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- Lists that the CSS edits: countries, regions, languages of projects, subjects, tools, staff roles, rubrics. An entry is
-- never deleted but ends, so that what refers to it stays readable.
create table list_entries (
  list text not null,
  code text not null check (code ~ '^[A-Za-z0-9._-]{1,60}$'),
  -- By language: {"en": "Music", "fi": "Musiikki"}. English is always there.
  labels jsonb not null check (labels ? 'en'),
  sort int not null default 0,
  valid_from date,
  -- The first day on which it is not valid any more.
  valid_until date,
  -- What only this list's entries have: a country's group, a region's country, a rubric's steps.
  facts jsonb not null default '{}',
  changed_at timestamptz not null default now(),
  changed_by text references accounts (id) on delete set null,
  primary key (list, code)
);

-- One service for each country that has one (nss), and one for all (css, without a country).
create table support_services (
  id text primary key,
  kind text not null check (kind in ('css', 'nss')),
  country text check (country ~ '^[A-Z]{2}$'),
  name text not null,
  email text not null default '',
  website text not null default '',
  languages text[] not null default '{}',
  -- Whether a further partner's country approves again, or is only told.
  approves_added_partners boolean not null default false,
  created_at timestamptz not null default now(),
  check ((kind = 'css') = (country is null))
);
create unique index support_services_country on support_services (country) nulls not distinct;
insert into support_services (id, kind, name) values ('css', 'css', 'Central support service');

create table support_staff (
  service_id text not null references support_services (id),
  account_id text not null references accounts (id) on delete cascade,
  appointed_by text references accounts (id) on delete set null,
  since timestamptz not null default now(),
  primary key (service_id, account_id)
);
create index support_staff_account on support_staff (account_id);

create table ambassadors (
  account_id text primary key references accounts (id) on delete cascade,
  country text check (country ~ '^[A-Z]{2}$'),
  regions text[] not null default '{}',
  languages text[] not null default '{}',
  topics text[] not null default '{}',
  -- Shown to everybody who looks for help.
  listed boolean not null default true,
  appointed_by text references accounts (id) on delete set null,
  since timestamptz not null default now()
);

alter table schools
  add column legal_name text not null default '',
  add column region text not null default '',
  add column number text not null default '',
  add column address text not null default '',
  add column postcode text not null default '',
  add column website text not null default '',
  -- Entries of the lists schoolType, language and subject.
  add column type text not null default '',
  add column languages text[] not null default '{}',
  add column subjects text[] not null default '{}',
  add column age_min int check (age_min between 3 and 20),
  add column age_max int check (age_max between 3 and 20),
  add column pupil_count int check (pupil_count >= 0),
  add column description text not null default '',
  -- Available for new projects: without it nobody finds the school as a partner.
  add column available boolean not null default false,
  add column principal_name text not null default '',
  add column principal_email text not null default '',
  add column principal_told_at timestamptz,
  add column lead_name text not null default '',
  add column lead_email text not null default '',
  -- submitted -> validated | refused ; refused -> submitted ; validated <-> suspended ; any of them -> closed
  add column state text not null default 'validated'
    check (state in ('submitted', 'validated', 'refused', 'suspended', 'closed')),
  add column state_reason text not null default '',
  add column state_at timestamptz not null default now(),
  add column submitted_by text references accounts (id) on delete set null,
  add column decided_by text references accounts (id) on delete set null,
  -- Counts every change of the form, so that a change made on an older copy is seen.
  add column version int not null default 1,
  add check (age_min <= age_max);
alter table schools rename column language to main_language;
create unique index schools_number on schools (country, number) where number <> '' and state <> 'closed';
create index schools_waiting on schools (country, state_at) where state = 'submitted';

-- Who works where. One person may be at several schools.
create table memberships (
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  school_id text not null references schools (id),
  -- Entry of the list staffRole.
  staff_role text not null default 'teacher',
  -- The school's safeguarding lead.
  lead boolean not null default false,
  -- asked -> evidenceWanted -> asked ; asked -> active | refused ; active -> ended
  state text not null check (state in ('asked', 'evidenceWanted', 'active', 'refused', 'ended')),
  reason text not null default '',
  decided_by text references accounts (id) on delete set null,
  created_at timestamptz not null default now(),
  state_at timestamptz not null default now()
);
create unique index memberships_one on memberships (account_id, school_id) where state not in ('refused', 'ended');
create index memberships_school on memberships (school_id);
create index memberships_waiting on memberships (state_at) where state in ('asked', 'evidenceWanted');

-- Who did what to what in the registry, for whoever asks later. Ids and a note of the desk; never a pupil.
create table registry_acts (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  by_account text references accounts (id) on delete set null,
  kind text not null,
  object_id text not null,
  act text not null,
  note text not null default ''
);
create index registry_acts_object on registry_acts (kind, object_id, id);

-- What accounts were until now.
alter table accounts add column operator boolean not null default false;
update accounts set operator = true where role = 'operator';
insert into memberships (id, account_id, school_id, lead, state)
  select 'm-' || left(id, 40), id, school_id, role = 'lead', 'active'
  from accounts where school_id is not null and role in ('teacher', 'lead', 'ambassador');
insert into support_services (id, kind, country, name)
  select distinct 'nss-' || lower(country), 'nss', country, 'National support service, ' || country
  from accounts where role = 'support' and country is not null;
insert into support_staff (service_id, account_id)
  select coalesce('nss-' || lower(country), 'css'), id from accounts where role = 'support';
insert into ambassadors (account_id, country)
  select a.id, s.country from accounts a left join schools s on s.id = a.school_id where a.role = 'ambassador';
alter table accounts drop column role, drop column school_id, drop column country, drop column validated_at;
-- The address is confirmed by answering a link that was sent to it.
alter table accounts add column email_confirmed_at timestamptz;
update accounts set email_confirmed_at = created_at where password_hash is not null;

-- What an account is, in one row: `domain/permissions.ts` reads it as an Actor.
create view standings as
select a.id as account_id, a.operator,
  coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'country', s.country, 'lead', m.lead)
                             order by m.created_at, m.id)
            from memberships m join schools s on s.id = m.school_id
            where m.account_id = a.id and m.state = 'active' and s.state = 'validated'), '[]') as schools,
  coalesce((select jsonb_agg(v.country order by v.country nulls first)
            from support_staff st join support_services v on v.id = st.service_id
            where st.account_id = a.id), '[]') as serves,
  exists (select from ambassadors b where b.account_id = a.id) as ambassador
from accounts a;
