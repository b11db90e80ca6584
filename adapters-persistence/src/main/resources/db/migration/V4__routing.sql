-- Who dials a call, over which line, and how fast.

ALTER TABLE agents ADD COLUMN failover text[] COLLATE "C" NOT NULL DEFAULT '{}';
COMMENT ON COLUMN agents.failover IS
    'agents that stand in for it, in this order, when its provider certainly did not dial';

-- The line is decided by the claim and kept with the call: a look-up after a crash must ask about the
-- line that was dialed, though the agent may have been changed since.
ALTER TABLE calls ADD COLUMN line_agent text;
ALTER TABLE calls ADD COLUMN line_from text COLLATE "C";
ALTER TABLE calls ADD COLUMN line_phone_number_id text;
COMMENT ON COLUMN calls.line_agent IS 'the provider''s id of the agent; null while it waits';
COMMENT ON COLUMN calls.line_from IS 'the number that is shown; null while it waits';

ALTER TABLE campaigns ADD COLUMN IF NOT EXISTS calls_per_second numeric;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_pace CHECK (calls_per_second > 0);

-- How fast calls are given out: one row per paced provider (account empty, name of the provider) and
-- per paced campaign. Read and written by claims, behind their gate.
CREATE TABLE token_buckets (
    account_id text COLLATE "C" NOT NULL,
    name       text COLLATE "C" NOT NULL,
    paid_until timestamptz NOT NULL,
    PRIMARY KEY (account_id, name)
)
-- Every claim rewrites a row, in its own page if there is room.
WITH (fillfactor = 50,
      autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
      autovacuum_vacuum_cost_delay = 0);
COMMENT ON COLUMN token_buckets.account_id IS 'empty: a provider''s, which all accounts share';
COMMENT ON COLUMN token_buckets.paid_until IS
    'each call moves it on by the time between two calls, from now at the earliest';
