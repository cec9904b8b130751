-- Public pages of a project: copies of what its pages were when they were published. What is shown at /p/ comes from here and
-- never from the pages themselves.

create table published_pages (
  page_id text primary key references pages (id) on delete cascade,
  project_id text not null references projects (id) on delete cascade,
  -- In its address, made of its title when it was first asked for, and then for good.
  slug text not null,
  -- asked -> public | refused ; public -> withdrawn -> public (domain/twinspace/publishing.ts).
  state text not null check (state in ('asked', 'public', 'withdrawn', 'refused')),
  -- The copy; null until it was published for the first time.
  title text,
  doc jsonb,
  version int,
  -- What it shows, in the order of the text; what was hidden, removed or another project's then is not among it.
  materials text[] not null default '{}',
  published_at timestamptz,
  -- Who asks for it and has no answer yet; also of a public page that has changed.
  asked_by text,
  asked_at timestamptz,
  decided_by text,
  -- Since when its state is so, and why it was refused.
  at timestamptz not null,
  note text not null default '',
  -- Which school's safeguarding lead took it down, and why. It comes back by a lead alone.
  vetoed_by text,
  vetoed_at timestamptz,
  veto_reason text,
  unique (project_id, slug),
  check (state not in ('public', 'withdrawn') or doc is not null)
);
create index published_pages_public on published_pages (project_id) where state = 'public';
create index published_pages_materials on published_pages using gin (materials) where state = 'public';

create table public_sites (
  project_id text primary key references projects (id) on delete cascade,
  theme text not null default 'river' check (theme in ('river', 'meadow', 'brick', 'slate')),
  tagline text not null default '',
  -- Whether search engines may list it.
  listed boolean not null default false
);
