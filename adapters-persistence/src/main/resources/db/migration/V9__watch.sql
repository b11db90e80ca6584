-- What it takes to watch the service from outside, and to hide a call.

-- Written once, by the claim that gave the slot; null in slots of the release before.
ALTER TABLE active_calls
    ADD COLUMN due_at         timestamptz,
    ADD COLUMN account_limit  integer,
    ADD COLUMN campaign_limit integer,
    ADD COLUMN provider_limit integer,
    ADD COLUMN system_limit   integer;
COMMENT ON COLUMN active_calls.due_at IS 'since when the call could have had a slot';
COMMENT ON COLUMN active_calls.account_limit IS
    'in force when the slot was given, as the other limits; null: none. Who lowers a limit breaks none';

ALTER TABLE calls
    ADD COLUMN deleted_at timestamptz,
    ADD CONSTRAINT calls_deleted CHECK (deleted_at IS NULL OR outcome IS NOT NULL) NOT VALID;
-- Apart from the adding, so that only this, which locks nobody out, reads the whole table.
ALTER TABLE calls VALIDATE CONSTRAINT calls_deleted;
COMMENT ON COLUMN calls.deleted_at IS 'not shown since then; the id stays taken';
