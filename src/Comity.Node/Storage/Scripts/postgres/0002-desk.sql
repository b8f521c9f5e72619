-- SPDX-License-Identifier: EUPL-1.2
-- What the desk's lists show beside the date: what it is the date of, and the reference people know the case by, encrypted
-- under the dossier's key.
alter table dossier add column due_kind text not null default '';
alter table dossier add column reference bytea;

-- What an exhibit put in here is, until an act supplies it: its manifest, encrypted under the dossier's key, and who put it in.
alter table exhibit add column manifest bytea;
alter table exhibit add column put_by text not null default '';

-- Lists and their counts, whose turn it is: read without the rows.
create index dossier_turn on dossier (is_home, stage, due);
create index exhibit_dossier on exhibit (dossier);
create index draft_state on draft (state);
create index audit_subject on audit (subject);
