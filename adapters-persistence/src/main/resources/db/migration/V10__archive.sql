-- Records of old calls, out of the way of the live ones (C9).
--
-- A call is in calls or in archived_calls, never in both, and never comes back. Who looks for one looks
-- in calls first; then none slips past while it is moved.

-- Every archived id and where its record lies. An id must be known for ever, and a partitioned table
-- cannot find one without its time; this one is asked once per new call.
CREATE TABLE archived_ids (
    account_id text COLLATE "C" NOT NULL,
    call_id    text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, call_id)
);

-- What calls has, with what belongs to a call and to nothing else. By month of acceptance: what the
-- archive takes in goes to few, small indexes, and a month that is complete is never written again.
CREATE TABLE archived_calls (
    LIKE calls,
    transcript  json,
    attempts    json,
    PRIMARY KEY (account_id, call_id, created_at)
) PARTITION BY RANGE (created_at);
COMMENT ON COLUMN archived_calls.transcript IS '[{role, text, at}] in its order; null: nothing was said';
COMMENT ON COLUMN archived_calls.attempts IS
    'rows of call_attempts, the attempts that others followed; null: there was one';
CREATE INDEX archived_calls_execution ON archived_calls (execution_id, provider)
    WHERE execution_id IS NOT NULL;
CREATE INDEX archived_calls_created ON archived_calls (account_id, created_at);
CREATE INDEX archived_calls_campaign ON archived_calls (account_id, campaign_id)
    WHERE campaign_id IS NOT NULL;

-- Months are made when something is moved into them; imports may reach far back.
CREATE TABLE archived_calls_before_2000 PARTITION OF archived_calls
    FOR VALUES FROM (MINVALUE) TO ('2000-01-01Z');
