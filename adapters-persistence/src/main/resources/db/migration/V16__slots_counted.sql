-- Slots are counted from the oldest one on that is in use: leases are drawn one after the other, so whoever
-- knows it need not pass over what others left behind, which stays for as long as any transaction on this
-- database is open.
ALTER TABLE active_calls DROP CONSTRAINT active_calls_pkey, ADD PRIMARY KEY (account_id, lease);
CREATE INDEX active_calls_lease ON active_calls (lease);

-- A call has one slot. The account comes first: an index by call and account would be skipped through for
-- an account's slots by PostgreSQL 18, with all that is dead among them.
CREATE UNIQUE INDEX active_calls_key ON active_calls (account_id, call_id);
