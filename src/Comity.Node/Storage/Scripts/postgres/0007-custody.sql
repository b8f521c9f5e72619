-- SPDX-License-Identifier: EUPL-1.2
-- Acts of a peer that came in a diplomatic bag: their answers are owed by bag too, until the peer says that it holds them.
-- idx is the act's place in the peer's register.
create table bag_answer (
  peer text not null,
  act text not null,
  idx bigint not null,
  primary key (peer, act)
);

-- The chain of custody of each exhibit. A link is encrypted under the dossier's key; what happened and the act that says it
-- stand beside it to be found by, and are compared with it when the chain is checked.
create table custody (
  exhibit text not null,
  place bigint not null,
  dossier text not null,
  what text not null,
  act text not null,
  link bytea not null,
  primary key (exhibit, place)
);

create index custody_dossier on custody (dossier);
create index custody_act on custody (exhibit, act, what);

-- The end of each chain: place and digest of its last link, encrypted under the dossier's key and bound to the exhibit, so that
-- whoever can delete rows cannot make a shorter chain look whole.
create table custody_head (
  exhibit text not null primary key,
  dossier text not null,
  head bytea not null
);
