-- SPDX-License-Identifier: EUPL-1.2
-- A preservation is let in when its State's directory entry has expired; whoever assesses it is told so (SG-21).
alter table act add column entry_expired bigint not null default 0;
update act set entry_expired = 1 where id in (select subject from alarm where code = 'directory.expired');
