-- What the support services' lists of report cards are found by, and what their desks keep.

-- The same as the columns beside them, of what was shared with the services: they read, and count, nothing else.
alter table report_cards
  add column service_entries int not null default 0,
  add column service_pupils int not null default 0,
  add column service_shared_at timestamptz;

-- Who has not read what: what was shared with the services.
create index report_entries_services on report_entries (project_id, shared_at)
  where state = 'shared' and readers = 'services' and removed_at is null;
-- Cards by when they were opened and closed, for a school year.
create index report_cards_opened on report_cards (opened_at);

-- Of an answer: since when the question waited that it ended. Taken back, the question waits again.
alter table report_comments add column ended_since timestamptz;

-- Once in so many days a service reminds the same project.
create table report_reminders (
  project_id text not null references projects (id) on delete cascade,
  -- '' for the central one.
  country text not null,
  by_account text references accounts (id) on delete set null,
  at timestamptz not null,
  primary key (project_id, country)
);

-- News of report cards may be chosen, too.
alter table news_choices drop constraint news_choices_kind_check;
alter table news_choices add constraint news_choices_kind_check
  check (kind in ('mail', 'pages', 'materials', 'talk', 'dates', 'members', 'report'));
