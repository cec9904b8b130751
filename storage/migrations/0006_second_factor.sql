-- Signing in with more than a password: one-time passwords as a second factor, and single sign-on by OpenID Connect.

-- One for each account. Nothing is asked for until it was confirmed by a code.
create table second_factors (
  account_id text primary key references accounts (id) on delete cascade,
  -- Sealed (storage/secrets.ts): the key is not in this database.
  secret bytea not null,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  -- The step of 30 s whose code was taken last; neither it nor one before it is taken again.
  last_step bigint
);

-- Each works once, in place of a code.
create table recovery_codes (
  account_id text not null references second_factors (account_id) on delete cascade,
  -- A keyed digest.
  code_hash bytea not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);

-- Somebody at an identity provider who is the owner of an account here.
create table identities (
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  issuer text not null,
  subject text not null,
  -- As the provider gave it when they were linked; shown to the owner, never matched against.
  email text not null default '',
  -- As the provider wrote it: a beginning when its owner looks for their school here.
  school text not null default '',
  linked_at timestamptz not null default now(),
  last_used_at timestamptz,
  unique (issuer, subject)
);
create index identities_account on identities (account_id);

-- The first step was right, the second is waited for: the browser has a cookie, this table its SHA-256.
create table sign_in_challenges (
  token_hash bytea primary key,
  account_id text not null references accounts (id) on delete cascade,
  -- The arrival that is to be linked once its owner is signed in.
  arrival_hash bytea,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- Somebody was sent to the provider. State, nonce and verifier are made of the cookie's token; here is only its SHA-256.
create table sso_attempts (
  token_hash bytea primary key,
  -- Who was signed in and wants to link, or null for who signs in.
  account_id text references accounts (id) on delete cascade,
  -- Where to go then: a path of ours.
  return_to text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- Somebody came from the provider whom no account belongs to yet. They link one, or register with what is here.
create table sso_arrivals (
  token_hash bytea primary key,
  issuer text not null,
  subject text not null,
  -- Confirmed by the provider.
  email text not null,
  name text not null default '',
  school text not null default '',
  -- Nobody had an account of this address: who makes one is them.
  registers boolean not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
