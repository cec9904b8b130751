-- Pages of a TwinSpace: a tree, and for each page the steps that made its text.

create table pages (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  -- Null: at the top. Never more than four deep, and never below itself.
  parent_id text references pages (id) on delete cascade,
  -- The order below one parent.
  position double precision not null,
  title text not null,
  view text not null check (view in ('teachers', 'members', 'visitors')),
  edit text not null check (edit in ('author', 'teachers', 'members')),
  state text not null check (state in ('draft', 'shown', 'archived')),
  -- What it was before it was archived.
  archived_from text check (archived_from in ('draft', 'shown')),
  author text not null,
  made_at timestamptz not null,
  -- Its text, title or settings.
  changed_at timestamptz not null,
  changed_by text,
  removed_at timestamptz,
  removed_by text,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text,
  -- Of its text, when somebody stopped writing last: what it says without its looks, and the materials that it shows.
  words text not null default '',
  materials text[] not null default '{}',
  find_title text not null generated always as (search_latin(search_text(title))) stored,
  find_words text not null generated always as (left(search_latin(search_text(title || ' ' || words)), 40000)) stored
);
create index pages_tree on pages (project_id, parent_id, position, id) where removed_at is null;
create index pages_parent on pages (parent_id);
create index pages_removed on pages (project_id, removed_at desc) where removed_at is not null;
create index pages_find on pages using gin (find_words gin_trgm_ops);
create index pages_find_title on pages using gin (find_title gin_trgm_ops);
-- Words that are in most texts are found among those that were changed last.
create index pages_newest on pages (project_id, changed_at desc, id) where removed_at is null and hidden_at is null;
create index pages_materials on pages using gin (materials);

-- Beside the page, for this row changes with every letter and has no large index.
create table page_texts (
  page_id text primary key references pages (id) on delete cascade,
  -- How many steps it has, and so the number of the next one.
  version int not null default 0,
  -- The text as it was after so many of them; what came later is in page_steps. Brought to `version` when somebody has stopped
  -- writing, and every hundred steps.
  doc jsonb not null,
  doc_version int not null default 0,
  stepped_at timestamptz,
  stepped_by text
);
create index page_texts_unsettled on page_texts (stepped_at) where doc_version < version;

-- Nobody updates or deletes a step. The key is the lock: of two who write at once, one is told to look first.
create table page_steps (
  page_id text not null references pages (id) on delete cascade,
  -- The version of the text that it stands on.
  version int not null check (version >= 0),
  step jsonb not null,
  author text not null,
  -- Of the editor that made it, so that it knows its own again.
  client_id text not null,
  at timestamptz not null,
  primary key (page_id, version)
);

-- The text it began with and that at every hundredth version or so, for looking at old ones.
create table page_snapshots (
  page_id text not null references pages (id) on delete cascade,
  version int not null,
  doc jsonb not null,
  primary key (page_id, version)
);

-- What history lists: a stretch of writing, another title, a version that was brought back.
create table page_changes (
  id bigint generated always as identity primary key,
  page_id text not null references pages (id) on delete cascade,
  kind text not null check (kind in ('written', 'titled', 'restored')),
  authors text[] not null,
  -- Who wrote last of them, and when: others join a stretch only while it is being written.
  last_author text not null,
  from_version int not null,
  to_version int not null,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  title_was text,
  title_is text,
  restored_version int
);
create index page_changes_page on page_changes (page_id, id desc);

-- Whether somebody sees this page by its own settings: `seesAlone` of domain/twinspace/page.ts, for lists.
create function page_seen(p pages, reader text, role text) returns boolean
language sql immutable parallel safe
return p.removed_at is null
  and case role
    when 'visitor' then p.view = 'visitors'
    when 'founder' then true
    when 'teacherAdmin' then true
    when 'teacher' then true
    else p.view <> 'teachers'
  end
  and (p.state <> 'draft'
    or role in ('founder', 'teacherAdmin', 'expert', 'pupilAdmin')
    or role = 'teacher' and (p.author = reader or p.edit <> 'author')
    or role = 'pupil' and p.edit = 'members');

-- And every page above it: `seesPage`.
create function page_seen_through(p pages, reader text, role text) returns boolean
language sql stable parallel safe
begin atomic
  select page_seen(p, reader, role) and (p.parent_id is null or not exists (
    with recursive above as (
      select a.* from pages a where a.id = p.parent_id
      union all
      select a.* from above b join pages a on a.id = b.parent_id
    )
    select from above a where not page_seen(row (a.*)::pages, reader, role)
  ));
end;

-- The same of all pages of a project at once, from the top down; for who sees few of them.
create function pages_seen(project text, reader text, role text) returns setof text
language sql stable parallel safe
begin atomic
  with recursive seen as (
    select p.id from pages p where p.project_id = project and p.parent_id is null and page_seen(p, reader, role)
    union all
    select p.id from seen s join pages p on p.project_id = project and p.parent_id = s.id and page_seen(p, reader, role)
  )
  select id from seen;
end;
