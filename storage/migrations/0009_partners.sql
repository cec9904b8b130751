-- Finding a partner: who may be found and by what words, contacts by mutual consent, notices, saved searches.

-- Words -------------------------------------------------------------------------------------------------------------

-- How every text is written before it is compared: no accents, lower case, one sigma, no punctuation. `unaccent` is only
-- stable, for its rules are a file; they change with a new version of Postgres, which is when refresh_partners is run again.
create function search_text(given text) returns text
language sql immutable strict parallel safe
return translate(lower(unaccent('unaccent'::regdictionary, normalize(given, NFC))),
  'ς.,;:!?/\-_@#&()[]{}<>|~*+=%$^`"''´¨«»„“”‘’‚–—·•…°§',
  'σ' || repeat(' ', 49));

-- In Latin letters: so that "Volos" finds Βόλος, and because trigrams know only ASCII where the database's own character
-- type is C, as in the embedded one. Scripts that are not here are found as they are written, without typing errors.
create function search_latin(given text) returns text
language sql immutable strict parallel safe
return translate(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    given, 'ου', 'u'), 'θ', 'th'), 'χ', 'ch'), 'ψ', 'ps'), 'ξ', 'x'),
    'ж', 'zh'), 'ч', 'ch'), 'ш', 'sh'), 'щ', 'sht'), 'ц', 'ts'), 'ю', 'yu'), 'я', 'ya'), 'х', 'h'),
  'αβγδεζηικλμνοπρστυφω' || 'абвгдезийклмнопрстуфыэіїєґјљњћђџўъь',
  'avgdeziiklmnoprstyfo' || 'abvgdeziyklmnoprstufyeiiegjlncddua');

-- The text search configuration of a language, as far as this Postgres brings one. Texts are handed to it without accents.
do $$
declare
  cases text;
begin
  select string_agg(format('when %L then %L::regconfig', tag, 'pg_catalog.' || name), ' ' order by tag) into cases
  from (values
    ('ar', 'arabic'), ('ca', 'catalan'), ('da', 'danish'), ('de', 'german'), ('el', 'greek'), ('en', 'english'),
    ('es', 'spanish'), ('et', 'estonian'), ('eu', 'basque'), ('fi', 'finnish'), ('fr', 'french'), ('ga', 'irish'),
    ('hu', 'hungarian'), ('hy', 'armenian'), ('it', 'italian'), ('lt', 'lithuanian'), ('nb', 'norwegian'),
    ('nl', 'dutch'), ('nn', 'norwegian'), ('no', 'norwegian'), ('pt', 'portuguese'), ('ro', 'romanian'),
    ('ru', 'russian'), ('sr', 'serbian'), ('sv', 'swedish'), ('tr', 'turkish')
  ) as brought (tag, name)
  where exists (select from pg_ts_config
                where cfgname = name and cfgnamespace = 'pg_catalog'::regnamespace);
  execute 'create function search_configuration(tag text) returns regconfig language sql immutable parallel safe
    return case split_part(tag, ''-'', 1) ' || cases || ' else ''pg_catalog.simple''::regconfig end';
end $$;

-- Whether a word says nothing by itself in some language: "of", "de", "und".
create function search_passes(word text) returns boolean
language sql stable strict
begin atomic
  select length(word) <= 4 and exists (
    select from pg_catalog.pg_ts_dict d
    join pg_catalog.pg_ts_template t on t.oid = d.dicttemplate and t.tmplname = 'snowball'
    where pg_catalog.ts_lexize(d.oid::regdictionary, word) = '{}');
end;

-- What a word may be called in the index: in every language that Postgres has a stemmer for, since nobody says in which
-- language they search. Words that say nothing in a language ("of", "de") give nothing there.
create function search_stems(word text) returns text[]
language sql stable strict
begin atomic
  select coalesce(array_agg(distinct lexeme), '{}')
  from pg_catalog.pg_ts_dict d
  join pg_catalog.pg_ts_template t on t.oid = d.dicttemplate and t.tmplname = 'snowball'
  cross join unnest(pg_catalog.ts_lexize(d.oid::regdictionary, word)) as lexeme;
end;

-- The words of schools' names and towns, for typing errors: a word that is none of these is compared with them. There are
-- far fewer words than schools, so this stays quick where trigrams of whole names would not.
create table search_words (
  word text collate "C" primary key,
  latin text collate "C" not null
);
create index search_words_latin on search_words (latin);
create index search_words_near on search_words using gin (latin gin_trgm_ops);

-- Words that are written nearly so, the nearest first.
create function search_near(given text) returns table (word text, latin text)
language sql stable strict
set pg_trgm.similarity_threshold = 0.3
as $$
  select word, latin from search_words where latin % given order by similarity(latin, given) desc, word limit 12
$$;

-- The words by which subjects, regions, countries and kinds of school are called in every language, and what they stand for.
create table search_labels (
  word text collate "C" not null,
  -- As in partner_entries.search: `subject:music`.
  code text not null,
  primary key (word, code)
);
create index search_labels_code on search_labels (code);

create function search_words_in(given text) returns setof text
language sql immutable strict parallel safe
begin atomic select word from regexp_split_to_table(search_text(given), '\s+') as word where word <> ''; end;

create function keep_labels_searched() returns trigger language plpgsql as $$
declare
  searched constant text[] := array['subject', 'region', 'country', 'schoolType'];
begin
  if tg_op <> 'INSERT' and old.list = any (searched) then
    delete from search_labels where code = old.list || ':' || old.code;
  end if;
  if tg_op <> 'DELETE' and new.list = any (searched) then
    insert into search_labels (word, code)
      select distinct w.word, new.list || ':' || new.code
      from jsonb_each_text(new.labels) as label (tag, words)
      cross join lateral (
        select search_words_in(label.words) as word
        union
        select unnest(tsvector_to_array(to_tsvector(search_configuration(label.tag), search_text(label.words))))
      ) w
      where length(w.word) > 1
      on conflict do nothing;
    insert into search_words (word, latin)
      select distinct word, search_latin(word)
      from jsonb_each_text(new.labels) as label (tag, words), search_words_in(label.words) as word
      where length(word) > 2
      on conflict do nothing;
  end if;
  return null;
end $$;
create trigger list_entries_searched after insert or update or delete on list_entries
  for each row execute function keep_labels_searched();
-- Those that are there are kept as if they were written now.
update list_entries set labels = labels where list in ('subject', 'region', 'country', 'schoolType');

-- Who is found ------------------------------------------------------------------------------------------------------

-- What staff say of themselves as partners. Nobody is found who is not available.
alter table accounts
  add column available boolean not null default false,
  add column bio text not null default '',
  -- Entries of the lists language, subject and country.
  add column languages text[] not null default '{}',
  add column subjects text[] not null default '{}',
  add column wanted_countries text[] not null default '{}';

-- The schools that are found, and nothing else: validated, available, with the staff of theirs who are available. Kept by
-- triggers; whoever is suspended, ended or no longer available leaves it in the same transaction. No pupil has a row in any
-- table that it is made of.
create table partner_entries (
  school_id text primary key references schools (id) on delete cascade,
  country text not null,
  age_min int not null,
  age_max int not null,
  -- How many of its staff are available.
  people int not null,
  -- Since when it is found, or since when there are more people to be found in it. Whole milliseconds.
  since timestamptz not null,
  -- Words of name and town (A), of those available (B), of everything in its own language (D), and codes: `country:PT`,
  -- `region:PT-01`, `type:primary`, `subject:music`, `language:en`. One index answers for all of them together.
  search tsvector not null
);
create index partner_entries_search on partner_entries using gin (search);
create index partner_entries_since on partner_entries (since desc, school_id desc);
create index partner_entries_country on partner_entries (country, since desc, school_id desc);
create index partner_entries_ages on partner_entries (age_min, age_max);

create function partner_vector(language text, called text, people text, told text, codes text[]) returns tsvector
language sql immutable parallel safe
return setweight(to_tsvector('pg_catalog.simple', search_text(called)), 'A')
    || setweight(to_tsvector('pg_catalog.simple', search_text(people)), 'B')
    || setweight(to_tsvector(search_configuration(language), search_text(called || ' ' || left(told, 8000))), 'D')
    || array_to_tsvector(codes);

-- Brings the entries of these schools to what schools, memberships and accounts say now. One at a time: two who change the
-- same school at once would each write what they saw of it.
create function refresh_partners(ids text[]) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7482009);
  delete from partner_entries e
    where e.school_id = any (ids)
      and not exists (select from schools s where s.id = e.school_id and s.state = 'validated' and s.available);
  insert into partner_entries (school_id, country, age_min, age_max, people, since, search)
    select s.id, s.country, coalesce(s.age_min, 3), coalesce(s.age_max, 20), staff.count,
      date_trunc('milliseconds', clock_timestamp()),
      partner_vector(s.main_language, s.name || ' ' || s.town, staff.names, s.description || ' ' || staff.told,
        array['country:' || s.country, 'language:' || s.main_language]
        || case when s.region = '' then '{}' else array['region:' || s.region] end
        || case when s.type = '' then '{}' else array['schoolType:' || s.type] end
        || array(select 'language:' || code from unnest(s.languages) as code)
        || array(select 'subject:' || code from unnest(s.subjects) as code)
        || staff.codes)
    from schools s
    -- For each school by its index, so that many at once take many times as long as one and no longer.
    cross join lateral (
      select count(*) as count, coalesce(string_agg(a.name, ' '), '') as names, coalesce(string_agg(a.bio, ' '), '') as told,
        coalesce(string_to_array(string_agg(said.codes, ' '), ' '), '{}') as codes
      from memberships m join accounts a on a.id = m.account_id and a.available and a.ended_at is null
      cross join lateral (
        select string_agg(code, ' ') as codes
        from (select 'language:' || code as code from unnest(a.languages) as code
              union all select 'subject:' || code from unnest(a.subjects) as code) one
      ) said
      where m.school_id = s.id and m.state = 'active'
    ) staff
    where s.id = any (ids) and s.state = 'validated' and s.available
  on conflict (school_id) do update
    set country = excluded.country, age_min = excluded.age_min, age_max = excluded.age_max, people = excluded.people,
      since = case when excluded.people > partner_entries.people then excluded.since else partner_entries.since end,
      search = excluded.search;
  insert into search_words (word, latin)
    select distinct word, search_latin(word)
    from schools s, search_words_in(s.name || ' ' || s.town) as word
    where s.id = any (ids) and s.state = 'validated' and s.available and length(word) > 2
  on conflict do nothing;
end $$;

-- At the end of the transaction, so that its lock is held for a moment only and never while others are waited for.
create function school_is_found_otherwise() returns trigger language plpgsql as $$
begin
  perform refresh_partners(array[new.id]);
  return null;
end $$;
create constraint trigger schools_found_new after insert on schools deferrable initially deferred
  for each row when (new.available and new.state = 'validated') execute function school_is_found_otherwise();
create constraint trigger schools_found after update on schools deferrable initially deferred
  for each row when (
    (old.available or new.available) and
    (old.name, old.town, old.country, old.region, old.type, old.main_language, old.languages, old.subjects, old.age_min,
     old.age_max, old.description, old.available, old.state)
    is distinct from
    (new.name, new.town, new.country, new.region, new.type, new.main_language, new.languages, new.subjects, new.age_min,
     new.age_max, new.description, new.available, new.state)
  ) execute function school_is_found_otherwise();

create function person_is_found_otherwise() returns trigger language plpgsql as $$
begin
  perform refresh_partners(array(select school_id from memberships where account_id = new.id and state = 'active'));
  return null;
end $$;
create constraint trigger accounts_found after update on accounts deferrable initially deferred
  for each row when (
    (old.available or new.available) and
    (old.available, old.name, old.bio, old.languages, old.subjects, old.ended_at)
    is distinct from
    (new.available, new.name, new.bio, new.languages, new.subjects, new.ended_at)
  ) execute function person_is_found_otherwise();

create function member_is_found_otherwise() returns trigger language plpgsql as $$
begin
  perform refresh_partners(array[coalesce(new.school_id, old.school_id)]);
  return null;
end $$;
create constraint trigger memberships_found after insert or update or delete on memberships deferrable initially deferred
  for each row execute function member_is_found_otherwise();

select refresh_partners(array(select id from schools));

-- Contacts ----------------------------------------------------------------------------------------------------------

-- What somebody wants of somebody else, one row in each direction. Asked, and accepted (mutual) by who was asked. A block
-- is a row of the blocker's own: who is blocked keeps theirs, and is answered as if nothing were.
create table contacts (
  from_account text not null references accounts (id) on delete cascade,
  to_account text not null references accounts (id) on delete cascade,
  state text not null check (state in ('asked', 'declined', 'mutual', 'blocked')),
  note text not null default '',
  -- Since when it is in this state.
  at timestamptz not null default now(),
  primary key (from_account, to_account),
  check (from_account <> to_account)
);
create index contacts_to on contacts (to_account, state);

-- Notices -----------------------------------------------------------------------------------------------------------

create table notices (
  id text primary key,
  author text not null references accounts (id) on delete cascade,
  school_id text not null references schools (id) on delete cascade,
  -- Looks for partners for an idea, or offers to join in.
  kind text not null check (kind in ('looking', 'offer')),
  title text not null,
  body text not null,
  age_min int not null check (age_min between 3 and 20),
  age_max int not null check (age_max between 3 and 20),
  subjects text[] not null default '{}',
  languages text[] not null default '{}',
  -- None: any country.
  countries_wanted text[] not null default '{}',
  start_wanted date,
  -- A closed one is its author's alone; so is one that has expired, until it is renewed.
  state text not null default 'open' check (state in ('open', 'closed')),
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  -- Since when it stands there as it is: made or renewed. Whole milliseconds; the newest come first.
  renewed_at timestamptz not null default date_trunc('milliseconds', now()),
  expires_at timestamptz not null,
  check (age_min <= age_max)
);
create index notices_open on notices (renewed_at desc, id desc) where state = 'open';
create index notices_author on notices (author);

create table notice_replies (
  notice_id text not null references notices (id) on delete cascade,
  from_account text not null references accounts (id) on delete cascade,
  words text not null,
  -- Of somebody the author has blocked: kept, so that it looks to them as always, and shown to nobody.
  kept_back boolean not null default false,
  at timestamptz not null default date_trunc('milliseconds', now()),
  primary key (notice_id, from_account)
);

-- What somebody wrote to people they are not in contact with, so that nobody writes to very many, or the same to several.
-- Emptied after a month.
create table first_words (
  id bigint generated always as identity primary key,
  from_account text not null references accounts (id) on delete cascade,
  to_account text not null references accounts (id) on delete cascade,
  -- As search_text has it.
  words text not null,
  at timestamptz not null default now()
);
create index first_words_from on first_words (from_account, at);

-- Saved searches ----------------------------------------------------------------------------------------------------

create table saved_searches (
  id text primary key,
  account text not null references accounts (id) on delete cascade,
  name text not null,
  -- What is searched for, as protocol/http/partners.ts has it.
  query jsonb not null,
  -- Whether letters are wanted; the link in every letter ends them.
  letters boolean not null default true,
  -- Ends the letters without signing in. Kept as it is, for every letter has it and it can do nothing else.
  stop_token text not null unique,
  created_at timestamptz not null default now(),
  -- Who was found later than this is new.
  last_seen timestamptz not null default now(),
  -- When somebody looked for new ones last; once a day each.
  looked_at timestamptz not null default now()
);
create index saved_searches_account on saved_searches (account);
create index saved_searches_due on saved_searches (looked_at) where letters;
