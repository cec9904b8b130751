-- Updates, forum, chat and bulletin of a TwinSpace; what was hidden; concerns.
--
-- Everything that was said has the same columns: who removed it (its author or an admin; it can be taken back), and which
-- teacher hid it with which reason. `author` is `account:<id>`, `pupil:<id>` or `visitor:<id>`; names are looked up.

create table updates (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  author text not null,
  words text not null,
  -- Ids of images among the project's materials, in their order.
  materials text[] not null default '{}',
  -- A pupil's waits until a teacher approves it.
  state text not null check (state in ('waiting', 'posted')),
  approved_by text,
  pinned boolean not null default false,
  at timestamptz not null,
  edited_at timestamptz,
  removed_at timestamptz,
  removed_by text,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text
);
create index updates_project on updates (project_id, pinned desc, at desc, id desc) where removed_at is null;

create table discussions (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  author text not null,
  title text not null,
  -- What it is for.
  words text not null default '',
  at timestamptz not null,
  edited_at timestamptz,
  -- Of the newest thread or answer in it.
  last_at timestamptz not null,
  removed_at timestamptz,
  removed_by text,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text
);
create index discussions_project on discussions (project_id, last_at desc, id desc) where removed_at is null;

create table threads (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  discussion_id text not null references discussions (id) on delete cascade,
  author text not null,
  title text not null,
  words text not null,
  at timestamptz not null,
  edited_at timestamptz,
  pinned boolean not null default false,
  -- Who locked it; nobody answers in it then.
  locked_by text,
  -- Of the thread itself or its newest answer.
  last_at timestamptz not null,
  removed_at timestamptz,
  removed_by text,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text,
  found tsvector not null generated always as (to_tsvector('simple', search_text(title || ' ' || words))) stored
);
create index threads_discussion on threads (discussion_id, pinned desc, last_at desc, id desc) where removed_at is null;
-- Newest first, for words that are in most of them.
create index threads_project on threads (project_id, at desc) where removed_at is null;
create index threads_found on threads using gin (found);

create table posts (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  thread_id text not null references threads (id) on delete cascade,
  author text not null,
  words text not null,
  at timestamptz not null,
  edited_at timestamptz,
  removed_at timestamptz,
  removed_by text,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text,
  found tsvector not null generated always as (to_tsvector('simple', search_text(words))) stored
);
create index posts_thread on posts (thread_id, at desc, id desc) where removed_at is null;
create index posts_project on posts (project_id, at desc) where removed_at is null;
create index posts_found on posts using gin (found);

-- Up to when somebody has read a thread.
create table thread_reads (
  thread_id text not null references threads (id) on delete cascade,
  reader text not null,
  at timestamptz not null,
  primary key (reader, thread_id)
);

-- How something read before its author changed it; for teachers.
create table earlier_words (
  id bigint generated always as identity primary key,
  project_id text not null references projects (id) on delete cascade,
  kind text not null,
  thing text not null,
  title text,
  words text not null,
  -- When these words were replaced.
  at timestamptz not null
);
create index earlier_words_thing on earlier_words (kind, thing, id desc);

create table chat_messages (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  author text not null,
  words text not null,
  at timestamptz not null,
  removed_at timestamptz,
  removed_by text,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text
);
create index chat_messages_project on chat_messages (project_id, at desc, id desc) where removed_at is null;
create index chat_messages_at on chat_messages (at);

-- Without a row both are so.
create table chat_settings (
  project_id text primary key references projects (id) on delete cascade,
  open boolean not null default true,
  pupils boolean not null default true
);

create table bulletin_notes (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  author text not null,
  words text not null,
  at timestamptz not null,
  edited_at timestamptz,
  removed_at timestamptz,
  removed_by text,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text
);
create index bulletin_notes_project on bulletin_notes (project_id, at desc, id desc) where removed_at is null;

-- Something worrying that somebody told in confidence. It outlives what it is about: `evidence` is how that read then.
create table concerns (
  id text primary key,
  project_id text references projects (id) on delete set null,
  -- Whose safeguarding leads read it: the reporter's school.
  school_id text not null references schools (id),
  -- A kind of thing, or `person`, whose id is an author.
  about_kind text not null,
  about_id text not null,
  -- Who made the thing, or is the person; they never read it.
  about_author text,
  reporter text not null,
  category text not null,
  words text not null,
  evidence jsonb not null,
  state text not null default 'open' check (state in ('open', 'triaged', 'acted', 'dismissed', 'escalated', 'closed')),
  created_at timestamptz not null,
  -- From then on what it is about may be erased like anything else.
  released_at timestamptz
);
create index concerns_school on concerns (school_id, created_at desc, id desc) where state = 'open';
create index concerns_about on concerns (about_kind, about_id);

-- Whom it came to: the school's leads, or who stands in for them.
create table concern_readers (
  concern_id text not null references concerns (id) on delete cascade,
  account_id text not null references accounts (id) on delete cascade,
  primary key (account_id, concern_id)
);

-- What a concern points at is never erased by a sweep: each of them asks here.
create view held_things as select about_kind as kind, about_id as id from concerns where released_at is null;
