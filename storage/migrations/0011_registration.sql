-- Registering by e-mail, finding one's school, evidence of working there.

-- The link in the letter that confirms an address. There is no account before it is answered: who only wrote somebody
-- else's address into a form has taken nothing from them. `about` is what the account will be: name, email, language,
-- timeZone.
alter table invitations drop constraint invitations_purpose_check;
alter table invitations add constraint invitations_purpose_check
  check (purpose in ('firstOperator', 'invitation', 'password', 'registration'));
alter table invitations add column about jsonb;
alter table invitations add check ((purpose = 'registration') = (about is not null));
create index invitations_expire on invitations (expires_at) where used_at is null;

-- What schools are found by where one looks for one's own, validated or not: in Latin letters, small and without accents,
-- so that "volos" finds Βόλος. The beginning is the name, which is what lists go by.
alter table schools add column find_words text not null
  generated always as (left(search_latin(search_text(name || ' ' || town || ' ' || number || ' ' || legal_name)), 400)) stored;
create index schools_find on schools using gin (find_words gin_trgm_ops);
-- Page by page through a country, and through all of them. With all that is asked of a row, so that words too short or
-- too frequent for trigrams are looked for in the index alone.
create index schools_find_country on schools (country, find_words, id) include (state);
create index schools_find_all on schools (find_words, id) include (state);

-- One file at a time for each place, below DATA_DIR/evidence under its id. The row outlives the file, to say that it was
-- deleted, and when.
create table evidence (
  id text primary key,
  membership_id text not null references memberships (id) on delete cascade,
  type text not null check (type in ('application/pdf', 'image/jpeg', 'image/png')),
  bytes int not null check (bytes > 0),
  given_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index evidence_one on evidence (membership_id) where deleted_at is null;
create index evidence_of on evidence (membership_id, given_at);
