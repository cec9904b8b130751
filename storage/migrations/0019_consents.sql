-- Consents that pupils' parents gave, as their teachers recorded them. What is not here was not asked yet.
create table consents (
  pupil_id text not null references pupils (id) on delete cascade,
  kind text not null check (kind in ('imageInside', 'imagePublic', 'voiceVideoLive', 'recording', 'nameInitial')),
  given text not null check (given in ('yes', 'no', 'withdrawn')),
  -- Where the paper is kept, in words of the school; erased a year after the pupil's name.
  evidence text not null default '',
  recorded_by text references accounts (id) on delete set null,
  recorded_at timestamptz not null default now(),
  -- The last day on which it counts; null for no end.
  valid_until date,
  primary key (pupil_id, kind)
);
