-- SPDX-License-Identifier: EUPL-1.2
-- What the log publishes of an entry: 32 bytes that stay when act and salt are erased. Entries that were there before this
-- column have their salt, from which it follows.
alter table register_entry add column entry blob;

-- Checkpoints that were given to the public: one an interval, never one an act. The newest is what the folder of tiles has to
-- show; the folder derives from this.
create table publication (
  size integer not null primary key,
  published integer not null,
  checkpoint text not null
) strict;

-- What witnesses have signed under them: one line a witness, as it stands in the note.
create table cosignature (
  size integer not null references publication (size),
  witness text not null,
  line text not null,
  primary key (size, witness)
) strict;

-- As a witness of others: the last checkpoint cosigned for each log. Changed before a cosignature is given, so that no two
-- that do not follow from one another ever are.
create table witnessed (
  origin text not null primary key,
  size integer not null,
  checkpoint text not null,
  cosigned integer not null
) strict;

-- Since when a peer is not taken at its word, because its register was forked or put back; nothing when it is.
alter table peer add column distrusted integer;

-- The newest checkpoint seen in a receipt, until the peer has shown that what it states now continues it.
alter table peer add column seen text not null default '';

-- What an officer wrote when deciding on an alarm.
alter table alarm add column decision text not null default '';

-- The peer has the act and waits with it: for an earlier one, or for a person. It goes after those it has not seen.
alter table delivery add column is_parked integer not null default 0;
