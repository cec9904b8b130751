-- Who may use this server: schools, people, how they sign in.

create table schools (
  id text primary key,
  name text not null,
  town text not null default '',
  country text not null check (country ~ '^[A-Z]{2}$'),
  language text not null default 'en',
  created_at timestamptz not null default now()
);

create table accounts (
  id text primary key,
  -- Lower case; the address as it was written is not kept.
  email text not null check (email = lower(email)),
  name text not null,
  -- An argon2id string; null until an invitation was answered.
  password_hash text,
  role text not null check (role in ('teacher', 'lead', 'support', 'ambassador', 'operator')),
  school_id text references schools (id),
  -- For a support service: the country it serves.
  country text check (country ~ '^[A-Z]{2}$'),
  -- A teacher books meetings once somebody has validated them; an operator's invitation does.
  validated_at timestamptz,
  time_zone text not null default 'UTC',
  language text not null default 'en',
  created_at timestamptz not null default now(),
  seen_at timestamptz,
  ended_at timestamptz
);
-- An ended account frees its address: who comes back is invited anew.
create unique index accounts_email on accounts (email) where ended_at is null;

-- Signed in: the cookie holds a random token, this table its SHA-256.
create table sessions (
  token_hash bytea primary key,
  account_id text not null references accounts (id) on delete cascade,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_account on sessions (account_id);

-- One-time links: to become the first operator, to answer an invitation, to choose a new password.
create table invitations (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('firstOperator', 'invitation', 'password')),
  account_id text references accounts (id) on delete cascade,
  created_by text references accounts (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

-- What the operator did, for whoever asks later.
create table account_acts (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  by_account text references accounts (id) on delete set null,
  account_id text references accounts (id) on delete set null,
  act text not null
);
