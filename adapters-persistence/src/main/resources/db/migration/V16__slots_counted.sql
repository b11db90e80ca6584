-- Slots are counted from the oldest one on that is in use: leases are drawn one after the other, so whoever
-- knows it need not pass over what others left behind, which stays for as long as any transaction on this
-- database is open.
CREATE UNIQUE INDEX active_calls_lease ON active_calls (lease);
CREATE INDEX active_calls_account ON active_calls (account_id, lease);

-- One index for a call by its id, with or without its account.
ALTER TABLE active_calls DROP CONSTRAINT active_calls_pkey, ADD PRIMARY KEY (call_id, account_id);
DROP INDEX active_calls_call;
