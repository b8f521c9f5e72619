-- SPDX-License-Identifier: EUPL-1.2
-- Instants are seconds since 1970 in UTC. Digests are 64 lower-case hexadecimal digits. What is sealed under a dossier's key
-- is marked "encrypted": nonce, ciphertext and tag in one value.

-- One row: which node this is, and the epoch of its log. A restored copy gets a new epoch, so it can never append behind itself.
create table register_head (
  id bigint not null primary key check (id = 1),
  epoch bigint not null,
  size bigint not null,
  root text not null,
  entered bigint not null,
  checkpoint text not null
);

-- Every entry, in order. Leaf and hash stay when an act's bytes and salt are erased.
create table register_entry (
  idx bigint not null primary key,
  act text not null,
  recorded text not null,
  code text not null,
  entered bigint not null,
  directory text not null,
  salt bytea,
  hash bytea not null
);

-- An act enters once, whatever happens; what was not admitted may come again and be entered again.
create unique index register_entry_act on register_entry (act) where recorded <> 'not-admitted';

-- Complete subtrees above the leaves, written once and never changed.
create table register_node (
  level bigint not null,
  idx bigint not null,
  hash bytea not null,
  primary key (level, idx)
);

-- A dossier and the key its acts are encrypted under, itself encrypted under the node's key. The rest is what lists are sorted by.
create table dossier (
  id text not null primary key,
  peer text not null,
  is_home bigint not null,
  key bytea,
  opened bigint not null,
  changed bigint not null,
  measure text not null,
  stage text not null,
  due bigint
);

create index dossier_due on dossier (due);

-- Acts of both sides and internal ones, exact bytes, encrypted.
create table act (
  id text not null primary key,
  dossier text not null references dossier (id),
  author text not null,
  kind text not null,
  concerns text,
  measure text,
  visibility text not null,
  number bigint not null,
  issued bigint not null,
  bytes bytea
);

create index act_dossier on act (dossier);

-- A number is used once by each Party in a dossier; internal acts count apart.
create unique index act_number on act (dossier, author, visibility, number);

-- Receipts that peers gave, as they gave them: for our acts their admission, for their acts their issue.
create table peer_receipt (
  act text not null,
  peer text not null,
  idx bigint not null,
  entered bigint not null,
  recorded text not null,
  code text not null,
  receipt bytea not null,
  primary key (act, peer)
);

-- The queue: which entries of the register are for which peer. Read by index, which commits in order.
create table delivery (
  peer text not null,
  idx bigint not null,
  act text not null,
  is_answered bigint not null,
  primary key (peer, idx)
);

create index delivery_waiting on delivery (peer, idx) where is_answered = 0;

-- How far each peer and we have got with one another.
create table peer (
  party text not null primary key,
  taken bigint not null,
  failures bigint not null,
  next_try bigint not null,
  last_contact bigint,
  last_error text not null,
  checkpoint text not null
);

-- What failed admission: kept readable, counted, shown to a duty officer. Bytes encrypted under the node's key.
create table not_admitted (
  digest text not null,
  peer text not null,
  code text not null,
  place text not null,
  received bigint not null,
  idx bigint not null,
  bytes bytea not null,
  seen_by text,
  primary key (digest, peer)
);

-- Acts that name a predecessor we have not seen. Bounded for each peer.
create table parked (
  act text not null,
  peer text not null,
  idx bigint not null,
  received bigint not null,
  waits_for text not null,
  bytes bytea not null,
  receipt bytea not null,
  primary key (act, peer)
);

-- What officers are writing, until it is sealed. The content's digest is what they sign.
create table draft (
  id text not null primary key,
  dossier text not null,
  content bytea not null,
  digest text not null,
  kind text not null,
  drafter text not null,
  created bigint not null,
  state text not null,
  act text
);

-- Approvals, each an act of its own signed by an officer.
create table approval (
  draft text not null references draft (id),
  act text not null,
  officer text not null,
  role text not null,
  verdict text not null,
  primary key (draft, officer)
);

-- Evidence, by the digest of the sealed file, which is also its name in the store.
create table exhibit (
  sealed text not null primary key,
  dossier text not null,
  act text not null,
  size bigint not null,
  state text not null,
  source text not null,
  next_try bigint not null,
  failures bigint not null,
  completed bigint
);

create index exhibit_state on exhibit (state);

create table officer (
  id text not null primary key,
  name text not null,
  roles text not null,
  certificate text not null,
  signing_key bytea not null,
  is_active bigint not null
);

create unique index officer_certificate on officer (certificate);

create table sign_in (
  token text not null primary key,
  officer text not null references officer (id),
  expires bigint not null,
  used bigint
);

create table visit (
  token text not null primary key,
  officer text not null references officer (id),
  began bigint not null,
  seen bigint not null,
  expires bigint not null
);

-- Who looked at what. Append only.
create table audit (
  idx bigint generated always as identity primary key,
  at bigint not null,
  officer text not null,
  what text not null,
  subject text not null
);

-- Signed entries of the directory, every version ever taken.
create table directory_entry (
  party text not null,
  version bigint not null,
  id text not null,
  bytes bytea not null,
  taken bigint not null,
  primary key (party, version)
);

create table directory_root (
  party text not null primary key,
  root text not null,
  confirmed_by text not null,
  confirmed bigint not null
);

-- The keys that protect forms and cookies, shared by replicas, encrypted under the node's key.
create table form_key (
  name text not null primary key,
  xml bytea not null
);

-- Things a duty officer must see, until one has.
create table alarm (
  id text not null primary key,
  raised bigint not null,
  code text not null,
  peer text not null,
  subject text not null,
  evidence bytea,
  seen_by text,
  seen bigint
);
