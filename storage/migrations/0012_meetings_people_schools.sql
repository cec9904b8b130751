-- What meetings and the operator's lists need of the registry.

-- A project's meeting: its accepted teachers may watch the replay.
alter table meetings add column project_id text references projects (id);
create index meetings_project on meetings (project_id, starts_at) where project_id is not null;

-- What somebody is found by, as schools are: in Latin letters, small and without accents.
alter table accounts add column find_words text not null
  generated always as (left(search_latin(search_text(name || ' ' || email)), 400)) stored;
create index accounts_find on accounts using gin (find_words gin_trgm_ops);

-- The operator's list: who was invited and has not answered first, who has ended last.
alter table accounts add column list_rank int not null generated always as (
  case when ended_at is not null then 2 when password_hash is null then 0 else 1 end
) stored;
create index accounts_listed on accounts (list_rank, left(find_words, 60), id);
