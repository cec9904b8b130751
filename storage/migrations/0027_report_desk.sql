-- What the support services' lists of report cards are found by, and what their desks keep.

-- Cards that wait, the longest first; then those that are silent longest.
create index report_cards_order on report_cards (question_since, (coalesce(last_shared_at, opened_at)), project_id);

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
