-- Slots are counted from the oldest one on that is in use: leases are drawn one after the other, so whoever
-- knows it need not pass over what others left behind, which stays for as long as any transaction on this
-- database is open.
ALTER TABLE active_calls DROP CONSTRAINT active_calls_pkey, ADD PRIMARY KEY (account_id, lease);
CREATE INDEX active_calls_lease ON active_calls (lease);

-- A call has one slot. The condition, which always holds, keeps the planner from this index: where it expects
-- one slot of an account, any index that has the account is as good to it, and it would count by this one,
-- over all that is dead. A slot is found by active_calls_call.
CREATE UNIQUE INDEX active_calls_key ON active_calls (account_id, call_id) WHERE lease > 0;
