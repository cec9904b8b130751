-- What a project is given when it is approved: its TwinSpace, its members' own closed place, and its report card, the running
-- account for its support services. What stands in them comes in tables of its own.

create table twin_spaces (
  project_id text primary key references projects (id) on delete cascade,
  opened_at timestamptz not null default now()
);

create table report_cards (
  project_id text primary key references projects (id) on delete cascade,
  opened_at timestamptz not null default now()
);

insert into twin_spaces (project_id, opened_at) select id, activated_at from projects where activated_at is not null;
insert into report_cards (project_id, opened_at) select id, activated_at from projects where activated_at is not null;
