-- SPDX-License-Identifier: EUPL-1.2
-- Acts of a peer that came in a diplomatic bag: their answers are owed by bag too, until the peer says that it holds them.
-- idx is the act's place in the peer's register.
create table bag_answer (
  peer text not null,
  act text not null,
  idx bigint not null,
  primary key (peer, act)
);
