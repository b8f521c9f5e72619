-- SPDX-License-Identifier: EUPL-1.2
-- Since when an act that was sealed on one officer's signature waits for another to look at it again; nothing once that was
-- done, and for every other draft. Derived from the signatures: comity-node check compares the two.
alter table draft add column review_since integer;

update draft set review_since = (
  select e.entered from register_entry e where e.act = draft.act and e.recorded <> 'not-admitted'
)
where state = 'sealed' and not exists (select 1 from approval a where a.draft = draft.id and a.role <> 'drafter');

create index draft_review on draft (review_since) where review_since is not null;
