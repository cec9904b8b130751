-- Quality Labels: what is applied with, the copy that is judged, and how it was judged.

create table label_applications (
  id text primary key,
  -- European and School labels come later: a kind more, and who applies for it.
  kind text not null default 'qualityLabel' check (kind in ('qualityLabel')),
  -- Who applies; a Quality Label is a teacher's own. Their name is looked up when it is shown.
  account_id text references accounts (id) on delete set null,
  school_id text not null references schools (id),
  project_id text references projects (id) on delete cascade,
  -- The applicant's school's, whose service judges it.
  country text not null check (country ~ '^[A-Z]{2}$'),
  -- Of the list `rubric`: by which it is judged.
  rubric text not null,
  -- domain/qualityLabels/states.ts
  state text not null default 'draft'
    check (state in ('draft', 'submitted', 'inReview', 'granted', 'notGranted', 'withdrawn')),
  -- protocol/qualityLabels/applications.ts ApplicationBody, as far as it is filled in.
  gate jsonb not null default '{}',
  answers jsonb not null default '{}',
  chosen jsonb not null default '{}',
  -- One more with every save; and of each field, at which it was changed last: {"answers.ql-2023.online": 3}.
  version int not null default 0,
  field_versions jsonb not null default '{}',
  -- The second one after it was not granted is attempt 2.
  attempt int not null default 1 check (attempt >= 1),
  begun_at timestamptz not null,
  changed_at timestamptz not null,
  submitted_at timestamptz,
  -- What is judged: protocol/qualityLabels/frozen.ts Frozen. Written once, when it is sent; nothing of it ever changes.
  frozen jsonb,
  -- And by what: frozen.ts FrozenRubric, names, descriptors and least points as they were.
  criteria jsonb,
  -- Since when somebody judges it. From then on it counts for the year, even if it is withdrawn.
  review_began_at timestamptz,
  decided_at timestamptz,
  decided_by text references accounts (id) on delete set null,
  -- What the service writes to the applicant with its decision.
  feedback text not null default '',
  award_id text references awards (id),
  check (kind <> 'qualityLabel' or project_id is not null),
  check (state in ('draft', 'withdrawn') or (submitted_at is not null and frozen is not null and criteria is not null)),
  check ((state in ('granted', 'notGranted')) = (decided_at is not null))
);
-- One at a time.
create unique index label_applications_open on label_applications (kind, account_id, project_id)
  where state in ('draft', 'submitted', 'inReview');
create index label_applications_own on label_applications (account_id, submitted_at desc);
create index label_applications_project on label_applications (project_id);
-- What waits for a service, what waits longest first; and what it has decided.
create index label_applications_waiting on label_applications (country, submitted_at, id)
  where state in ('submitted', 'inReview');
create index label_applications_decided on label_applications (country, decided_at desc, id desc)
  where state in ('granted', 'notGranted');

-- Files of a frozen copy, below DATA_DIR/applications/<application>/<key>. The row is there before its file is asked for.
create table label_application_files (
  application_id text not null references label_applications (id) on delete cascade,
  key text not null,
  -- Where it was copied from. It may be gone by now.
  material_id text not null,
  kind text not null check (kind in ('image', 'video', 'sound', 'file')),
  name text not null,
  type text not null,
  sha256 bytea not null,
  bytes bigint not null,
  -- The smaller pictures beside it (<key>.320), by their longer side.
  sizes int[] not null default '{}',
  alt text not null default '',
  -- What was written below it on the page it came by.
  caption text not null default '',
  credit text not null default '',
  licence text not null default 'unknown',
  shows text not null check (shows in ('nobody', 'people', 'unknown')),
  -- Who is to be seen or heard on it: ids of pupils, who may be purged by now.
  pupils text[] not null default '{}',
  -- Since when its bytes, its name and its words are gone, because somebody on it was erased.
  erased_at timestamptz,
  primary key (application_id, key)
);
create index label_application_files_pupils on label_application_files using gin (pupils) where erased_at is null;
create index label_application_files_material on label_application_files (material_id) where erased_at is null;

-- What each reviewer gives for each criterion.
create table label_scores (
  application_id text not null references label_applications (id) on delete cascade,
  reviewer text not null references accounts (id),
  criterion text not null,
  -- Null: nothing given yet, only a remark.
  points int check (points between 0 and 5),
  remark text not null default '',
  at timestamptz not null,
  primary key (application_id, reviewer, criterion)
);

-- Whether the label, if it is given, says who holds it: as the applicant agreed when they sent it.
alter table label_applications add column named boolean not null default false;

-- Who works at an application for the service, so that two do not begin unaware.
create table label_reviews (
  application_id text not null references label_applications (id) on delete cascade,
  reviewer text not null references accounts (id),
  began_at timestamptz not null,
  primary key (application_id, reviewer)
);

-- Awards of several kinds: the eTwinning Label is a school's, a Quality Label a teacher's. One space of codes, one list of
-- revoked badges. (Last in this file: it refers to the applications above.)
alter table awards
  drop constraint awards_kind_check,
  drop constraint awards_kind_project_id_school_id_key,
  add constraint awards_kind_check check (kind in ('etwinningLabel', 'qualityLabel')),
  -- Who holds it: null for a school's, and once their account is gone.
  add column account_id text references accounts (id) on delete set null,
  -- The application it was given for.
  add column application_id text references label_applications (id),
  -- The holder's name may stand on it, as they agreed when they applied.
  add column named boolean not null default false,
  -- The holder shows it in public.
  add column shown boolean not null default true,
  add check ((kind = 'qualityLabel') = (application_id is not null));
create unique index awards_of_school on awards (project_id, school_id) where kind = 'etwinningLabel';
-- One that was taken back may be given anew, with a code of its own: the old one stays revoked for ever.
create unique index awards_of_holder on awards (project_id, account_id) where kind = 'qualityLabel' and revoked_at is null;
create unique index awards_of_application on awards (application_id) where revoked_at is null;
create index awards_holder on awards (account_id, issued_at desc) where account_id is not null;
