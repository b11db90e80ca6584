-- What every write paid for and nothing reads.

-- Computed for every slot, by an expression that is parsed anew for every statement: a slot is a direct
-- call's if its campaign_id is empty.
ALTER TABLE active_calls DROP COLUMN call_type;
