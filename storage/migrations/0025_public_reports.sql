-- The public version of a report card: copies of chosen entries as they were when they were published. What is shown at
-- /projects/<slug>/report comes from here and never from the entries themselves.

create table public_reports (
  project_id text primary key references projects (id) on delete cascade,
  state text not null default 'hidden' check (state in ('hidden', 'public')),
  -- As its teachers have written it by now: a line below the project's title, words to begin with, which parts stand above the
  -- entries (protocol/reports/published.ts).
  line text not null default '',
  intro text not null default '',
  parts text[] not null default '{facts,glance,labels}',
  -- One more with every save.
  version int not null default 0,
  -- The same as it was published; null until then. What is being typed is never seen outside.
  shown jsonb,
  -- Whether search engines may list it.
  listed boolean not null default false,
  -- When it was published first, and when anything of it last.
  published_at timestamptz,
  changed_at timestamptz,
  by text,
  -- Which teacher asks for it to be published and has no answer yet.
  asked_by text,
  asked_at timestamptz,
  -- Which school's safeguarding lead took it down, and why. It comes back by a lead alone.
  vetoed_by text,
  vetoed_at timestamptz,
  veto_reason text,
  check (state <> 'public' or shown is not null)
);

create table public_report_entries (
  entry_id text primary key references report_entries (id) on delete cascade,
  project_id text not null references projects (id) on delete cascade,
  position int not null,
  -- protocol/reports/published.ts EntryCopy.
  copy jsonb not null,
  -- Pictures and files that it shows, in their order.
  materials text[] not null default '{}',
  -- Those of the entry that were left out on purpose.
  left_out text[] not null default '{}',
  at timestamptz not null,
  by text not null,
  -- Taken away; it can be brought back as it was.
  withdrawn_at timestamptz
);
create index public_report_entries_project on public_report_entries (project_id, position);
create index public_report_entries_materials on public_report_entries using gin (materials) where withdrawn_at is null;

-- How often it was read: counts of a day (UTC), and nothing about who read it.
create table public_report_reads (
  project_id text not null references projects (id) on delete cascade,
  day date not null,
  kind text not null check (kind in ('html', 'feed', 'pdf')),
  count int not null,
  primary key (project_id, day, kind)
);
