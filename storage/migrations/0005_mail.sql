-- Letters: written in the transaction of what they tell of, sent later, kept so that none is lost.

create table mails (
  id text primary key,
  to_address text not null,
  account_id text references accounts (id) on delete set null,
  -- The language it is written in.
  language text not null,
  kind text not null,
  -- What it was made of. Emptied, like `html`, once it is sent: a letter may hold a one-time link.
  facts jsonb not null default '{}',
  subject text not null,
  text text not null,
  html text not null,
  -- waiting -> queued -> sending -> sent | bounced | waiting (again, later) | failed (nobody tries any more)
  state text not null default 'waiting'
    check (state in ('waiting', 'queued', 'sending', 'sent', 'failed', 'bounced')),
  tries int not null default 0,
  -- When somebody looks at it next: of a waiting one, when it is tried; of one on its way, when it counts as lost there.
  next_try_at timestamptz not null default now(),
  -- Why the last try failed: a word of ours, and the mail server's number ("550 5.1.1"), never its sentence.
  fault text,
  fault_reply text,
  message_id text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index mails_newest on mails (created_at desc, id desc);
create index mails_by_state on mails (state, created_at desc, id desc);
create index mails_due on mails (next_try_at) where state in ('waiting', 'queued', 'sending');
create index mails_of_address on mails (to_address, created_at);
