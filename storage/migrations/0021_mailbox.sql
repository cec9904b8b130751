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
