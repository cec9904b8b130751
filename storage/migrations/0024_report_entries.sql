-- The report card: dated entries of a project, its plan, and what was said about them.

-- What the project set out to do, one line each: begun from the registered form, kept by its teachers.
create table report_plan (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  position int not null,
  kind text not null check (kind in ('aim', 'result')),
  words text not null,
  -- How many of it are meant; null where it is not a thing to count.
  target int check (target between 1 and 1000),
  -- By what it is counted: the amounts that entries give, or what the TwinSpace has by now.
  counted text not null default 'entries' check (counted in ('entries', 'meetings', 'pages', 'materials')),
  made_at timestamptz not null,
  removed_at timestamptz
);
create index report_plan_project on report_plan (project_id, position) where removed_at is null;

create table report_entries (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  kind text not null check (kind in
    ('activity', 'meeting', 'milestone', 'difficulty', 'change', 'result', 'dissemination', 'question', 'interim', 'final')),
  -- draft -> shared
  state text not null default 'draft' check (state in ('draft', 'shared')),
  -- Who reads it once it is shared: the teachers of the project, or its support services too.
  readers text not null default 'services' check (readers in ('partners', 'services')),
  -- `account:<id>`; null: the meeting wrote it.
  author text,
  -- The author's; null where the meeting wrote it.
  school_id text references schools (id),
  -- protocol/reports/entries.ts EntryBody, as far as it is filled in.
  body jsonb not null default '{}',
  -- One more with every save; and of each field, at which it was changed last and by whom: {"done": [3, "account:a"]}.
  version int not null default 1,
  field_versions jsonb not null default '{}',
  -- Of a meeting's own entry: which, and what was counted in it (protocol/reports/meetingCounts.ts). Numbers, no names.
  meeting_id text unique references meetings (id) on delete set null,
  counts jsonb,
  -- The date of the calendar it tells of.
  calendar_item text references calendar_items (id) on delete set null,
  -- The day it is about, for order: the last day of its period.
  day date not null,
  made_at timestamptz not null,
  shared_at timestamptz,
  changed_at timestamptz not null,
  -- A question to the support service that waits: since when, whose (the author's school's country).
  question_since timestamptz,
  question_country text,
  removed_at timestamptz,
  removed_by text,
  check ((kind = 'meeting') = (counts is not null)),
  check ((state = 'shared') = (shared_at is not null))
);
create index report_entries_project on report_entries (project_id, day desc, made_at desc, id desc) where removed_at is null;
create index report_entries_questions on report_entries (question_country, question_since)
  where question_since is not null and removed_at is null;
create unique index report_entries_calendar on report_entries (calendar_item)
  where calendar_item is not null and removed_at is null;

-- Praise, advice, questions and actions of the support services, and what each side answers.
create table report_comments (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  -- Null: about the card as a whole.
  entry_id text references report_entries (id) on delete cascade,
  -- The comment it answers.
  answers_id text references report_comments (id) on delete cascade,
  -- Which side says it, and of a service whose: null is the central one's.
  side text not null check (side in ('service', 'partner')),
  country text,
  by_account text references accounts (id) on delete set null,
  kind text not null check (kind in ('praise', 'advice', 'question', 'action', 'answer')),
  words text not null,
  -- `services`: between the support services only.
  readers text not null default 'partners' check (readers in ('partners', 'services')),
  -- Of an action: by when, and when the partners said that it is done.
  due_day date,
  done_at timestamptz,
  done_by text references accounts (id) on delete set null,
  -- Of a question to the partners: when it was answered.
  answered_at timestamptz,
  at timestamptz not null,
  removed_at timestamptz
);
create index report_comments_project on report_comments (project_id, at, id) where removed_at is null;
create index report_comments_entry on report_comments (entry_id, at, id) where removed_at is null;

-- That a service has read an entry: once for each country, '' for the central one.
create table report_reviews (
  entry_id text not null references report_entries (id) on delete cascade,
  country text not null,
  by_account text references accounts (id) on delete set null,
  at timestamptz not null,
  primary key (entry_id, country)
);

-- What is offered to be written about and nobody wants to: a date of the calendar, or a meeting's own entry.
create table report_offers_dismissed (
  project_id text not null references projects (id) on delete cascade,
  thing text not null,
  by text not null,
  at timestamptz not null,
  primary key (project_id, thing)
);

-- What lists of many cards are drawn from. Kept by server/reports/cards.ts in every transaction that changes what it says.
alter table report_cards
  add column entries int not null default 0,
  add column last_shared_at timestamptz,
  -- The most that one entry says took part.
  add column pupils int not null default 0,
  -- The question that waits longest.
  add column question_since timestamptz,
  add column interim_at timestamptz,
  add column interim_read_at timestamptz,
  add column final_at timestamptz,
  add column final_read_at timestamptz,
  -- When its teachers were last reminded that nothing was written, and of what is due.
  add column reminded_at timestamptz,
  add column due_told text;
