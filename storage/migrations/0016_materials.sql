-- Materials of a TwinSpace: folders, files and links, the uploads they come by, and which pupils are on them.

create table material_folders (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  -- Null: at the top.
  parent_id text references material_folders (id) on delete cascade,
  name text not null,
  author text not null,
  created_at timestamptz not null default now()
);
create unique index material_folders_name on material_folders (project_id, coalesce(parent_id, ''), lower(name));
create index material_folders_parent on material_folders (parent_id);

create table materials (
  -- Also of the upload it came by, and the name of its file below DATA_DIR/materials/<project>/.
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  folder_id text references material_folders (id) on delete set null,
  kind text not null check (kind in ('image', 'video', 'sound', 'file', 'link')),
  -- As it was called, without a path; nothing is decided by it.
  name text not null,
  -- By what stands in the file. Empty for links.
  type text not null default '',
  -- Of the file itself, and of all that is kept of it.
  bytes bigint not null default 0,
  stored_bytes bigint not null default 0,
  sha256 bytea,
  width int,
  height int,
  -- The smaller pictures there are beside it, by their longer side.
  sizes int[] not null default '{}',
  -- Of links; never fetched from here.
  link text,
  licence text not null default 'unknown' check (licence in
    ('unknown', 'allRights', 'cc0', 'ccBy', 'ccBySa', 'ccByNd', 'ccByNc', 'ccByNcSa', 'ccByNcNd', 'publicDomain')),
  credit text not null default '',
  alt text not null default '',
  decorative boolean not null default false,
  shows text not null default 'unknown' check (shows in ('nobody', 'people', 'unknown')),
  description text not null default '',
  -- Of a video: whether the recorder has looked at it yet (a picture of it, and nothing in it but sound and picture).
  film_state text check (film_state in ('queued', 'ready', 'failed')),
  author text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  removed_at timestamptz,
  removed_by text,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text,
  find_words text not null
    generated always as (left(search_latin(search_text(name || ' ' || alt || ' ' || description || ' ' || credit)), 2000)) stored,
  check ((kind = 'link') = (link is not null))
);
-- Newest first: in a folder, in all of them, and the same of one kind.
create index materials_folder on materials (project_id, folder_id, created_at desc, id desc) where removed_at is null;
create index materials_folder_kind on materials (project_id, folder_id, kind, created_at desc, id desc) where removed_at is null;
create index materials_all on materials (project_id, created_at desc, id desc) where removed_at is null;
create index materials_kind on materials (project_id, kind, created_at desc, id desc) where removed_at is null;
create index materials_find on materials using gin (find_words gin_trgm_ops);
-- How much room a project has taken, without looking at the rows.
create index materials_room on materials (project_id) include (stored_bytes);
create index materials_film on materials (id) where film_state = 'queued';
create index materials_removed on materials (removed_at) where removed_at is not null;

-- Which pupils are to be seen or heard on it, as a teacher said. Asked before anything is published.
create table material_people (
  material_id text not null references materials (id) on delete cascade,
  pupil_id text not null references pupils (id) on delete cascade,
  primary key (material_id, pupil_id)
);
create index material_people_pupil on material_people (pupil_id);

-- A file that is on its way, below DATA_DIR/materials/.uploads/. How far it came is the length of that file. The row stays for a
-- day when it has become a material, for a browser that did not hear so.
create table material_uploads (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  author text not null,
  folder_id text references material_folders (id) on delete set null,
  name text not null,
  bytes bigint not null,
  created_at timestamptz not null,
  touched_at timestamptz not null,
  finished_at timestamptz
);
create index material_uploads_project on material_uploads (project_id, author) where finished_at is null;
create index material_uploads_touched on material_uploads (touched_at);
