-- SPDX-License-Identifier: EUPL-1.2
-- Two acts at one place of a peer's register are a fork: looked for whenever a receipt is kept.
create index peer_receipt_place on peer_receipt (peer, idx);
