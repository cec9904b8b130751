-- What is new in a TwinSpace; mail between adult members; who is told of what.

-- One row for what somebody did to something; doing it again within the hour moves the row forward.
create table space_news (
  id bigint generated always as identity primary key,
  project_id text not null references projects (id) on delete cascade,
  -- `account:<id>`, `pupil:<id>` or `visitor:<id>`.
  author text not null,
  kind text not null,
  -- The id of what it is about. What is not there any more is not shown.
  thing text not null,
  seen_by text not null check (seen_by in ('visitors', 'members', 'adults', 'teachers')),
  at timestamptz not null
);
create index space_news_project on space_news (project_id, at desc, id desc);
create index space_news_same on space_news (project_id, author, kind, thing, at desc);
-- The bell asks for the newest of several projects at once.
create index space_news_at on space_news (at);

-- What was written to who is invited as an expert or observer; gone with the answer.
alter table project_members add column invited_note text not null default '';

-- When somebody was in a TwinSpace: what came after `before_at` is marked as new on its Home. Coming back within the half
-- hour is the same visit.
create table space_visits (
  project_id text not null references projects (id) on delete cascade,
  author text not null,
  before_at timestamptz,
  at timestamptz not null,
  primary key (project_id, author)
);

-- Mail between adult members of a project. (What the server writes is a letter, table mails.)
create table conversations (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  subject text not null,
  created_by text references accounts (id) on delete set null,
  created_at timestamptz not null
);

create table conversation_people (
  conversation_id text not null references conversations (id) on delete cascade,
  account_id text not null references accounts (id) on delete cascade,
  -- Of the newest message of which they have a copy.
  last_at timestamptz not null,
  archived boolean not null default false,
  -- Their own copy is removed; a further message brings the conversation back, without the old ones.
  removed_at timestamptz,
  primary key (conversation_id, account_id)
);
create index conversation_people_box on conversation_people (account_id, archived, last_at desc, conversation_id desc)
  where removed_at is null;

create table conversation_messages (
  id text primary key,
  conversation_id text not null references conversations (id) on delete cascade,
  -- Null once the account is gone.
  from_account text references accounts (id) on delete set null,
  words text not null,
  at timestamptz not null
);
create index conversation_messages_order on conversation_messages (conversation_id, at desc, id desc);
create index conversation_messages_from on conversation_messages (from_account, at);

-- Who got which message. Who has blocked its writer gets none, and the writer is not told.
create table conversation_copies (
  message_id text not null references conversation_messages (id) on delete cascade,
  account_id text not null references accounts (id) on delete cascade,
  conversation_id text not null references conversations (id) on delete cascade,
  at timestamptz not null,
  read_at timestamptz,
  primary key (account_id, message_id)
);
create index conversation_copies_message on conversation_copies (message_id);
create index conversation_copies_conversation on conversation_copies (conversation_id, account_id, at desc);
create index conversation_copies_unread on conversation_copies (account_id, at) where read_at is null;

-- Which things somebody is told of by letter, and how; without a row: once a day.
create table news_choices (
  account_id text not null references accounts (id) on delete cascade,
  kind text not null check (kind in ('mail', 'pages', 'materials', 'talk', 'dates', 'members')),
  choice text not null check (choice in ('atOnce', 'daily', 'never')),
  primary key (account_id, kind)
);

-- Up to when somebody was told. Only accounts have a row: pupils and visitors get no letters.
create table news_readers (
  account_id text primary key references accounts (id) on delete cascade,
  -- Ends the letters without signing in. Kept as it is, for every letter has it and it can do nothing else.
  stop_token text not null unique,
  -- What came later is new at the bell.
  seen_at timestamptz not null,
  -- Up to when the digest has told; and the letters that go at once.
  digest_until timestamptz not null,
  at_once_until timestamptz not null
);
