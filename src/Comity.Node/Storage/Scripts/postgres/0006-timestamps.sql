-- SPDX-License-Identifier: EUPL-1.2
-- Published checkpoints and the timestamps over them: a row for each authority that is asked, the token when it has answered.
create table timestamp (
  authority text not null,
  size bigint not null,
  root text not null,
  note_text text not null,
  published bigint not null,
  token bytea,
  stamped bigint,
  primary key (authority, size, root)
);

create index timestamp_waiting on timestamp (authority, published) where token is null;
create index timestamp_checkpoint on timestamp (size, root);
create index timestamp_published on timestamp (published) where token is not null;
