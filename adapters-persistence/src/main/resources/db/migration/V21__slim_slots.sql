-- A live call's slot is written three times, and every version stays for as long as any transaction on this
-- database is open. So a version is small, has room beside the one before, and touches no index.

-- An execution is one call's for ever. In a table of their own, ids are written when they are bound, never
-- again, and no index of the slots or the ends has them.
CREATE TABLE executions (
    account_id   text COLLATE "C" NOT NULL,
    execution_id text COLLATE "C" NOT NULL,
    provider     text COLLATE "C" NOT NULL,
    call_id      text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, execution_id, provider)
)
WITH (autovacuum_vacuum_insert_threshold = 100000,
      autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 20000);
COMMENT ON TABLE executions IS
    'whose each execution is, of calls that are live or over; those of attempts that others followed are in
    call_attempts, those of archived calls in archived_calls';
-- An execution id alone must find its call: that is what a provider's report has.
CREATE INDEX executions_id ON executions USING hash (execution_id);
ALTER TABLE executions
    ALTER COLUMN execution_id SET STATISTICS 20,
    ALTER COLUMN provider SET STATISTICS 20,
    ALTER COLUMN account_id SET STATISTICS 20,
    ALTER COLUMN call_id SET STATISTICS 0;

-- No execution may be bound between the copying and the dropping below.
LOCK TABLE active_calls, call_ends IN ACCESS EXCLUSIVE MODE;
INSERT INTO executions (account_id, execution_id, provider, call_id)
SELECT account_id, execution_id, provider, call_id FROM call_ends WHERE execution_id IS NOT NULL
UNION ALL
SELECT account_id, execution_id, provider, call_id FROM active_calls WHERE execution_id IS NOT NULL
ORDER BY account_id, execution_id, provider
ON CONFLICT DO NOTHING;
DROP INDEX active_calls_execution, call_ends_execution;

-- One index says that a call has one slot, and finds that by the call's id, with the account or without. The
-- expression keeps the planner from it where slots are counted: where it expects one slot of an account, any
-- index that has the account is as good to it as the one from which they are counted, and would have it pass
-- over all that is dead.
DROP INDEX active_calls_key, active_calls_call;
CREATE UNIQUE INDEX active_calls_call ON active_calls (call_id, (account_id || ''));

-- A table that is empty yet had better look as if nothing were known of it: then it is expected to grow.
DO $$
BEGIN
    IF EXISTS (SELECT FROM executions) THEN
        ANALYZE executions;
    END IF;
END $$;

-- Written and never read.
ALTER TABLE active_calls
    DROP CONSTRAINT active_calls_bound,
    DROP COLUMN bound_at,
    ADD CONSTRAINT active_calls_bound CHECK (
        (execution_id IS NULL) = (seen_at IS NULL) AND (execution_id IS NULL) = (progress IS NULL));

-- The line of the reservation says what the slot's columns say; of the others, every version repeats every
-- byte.
DROP VIEW call_timeline;
ALTER TABLE active_calls
    ADD COLUMN reserved_event integer,
    ADD COLUMN lines text NOT NULL DEFAULT '';
UPDATE active_calls s
SET reserved_event = CAST(s.timeline->0->>'sequence' AS integer),
    lines = COALESCE(
        (SELECT string_agg(CAST(json_build_array(l.sequence, l.at, l.event, l.detail) AS text) || E'\n', ''
                           ORDER BY l.sequence)
         FROM jsonb_to_recordset(s.timeline - 0)
             AS l (sequence integer, at timestamptz, event text, detail json)), '')
WHERE s.timeline->0->>'event' = 'reserved';
-- Slots from before V15 have their lines in call_events.
WITH moved AS (
    DELETE FROM call_events e USING active_calls s
    WHERE s.reserved_event IS NULL AND e.account_id = s.account_id AND e.call_id = s.call_id
      AND e.event = 'reserved' AND e.at = s.reserved_at
    RETURNING e.account_id, e.call_id, e.sequence
)
UPDATE active_calls s SET reserved_event = m.sequence
FROM moved m WHERE m.account_id = s.account_id AND m.call_id = s.call_id;
ALTER TABLE active_calls
    ALTER COLUMN reserved_event SET NOT NULL,
    DROP COLUMN timeline,
    -- Three versions find room in a page even if none of them may be taken away.
    SET (fillfactor = 15);
COMMENT ON COLUMN active_calls.reserved_event IS
    'the sequence number of the line that tells of the reservation, whose rest is in reserved_at, provider and attempt';
COMMENT ON COLUMN active_calls.lines IS
    'the lines of the timeline since then, JSON Lines: [sequence, at, event, detail], each ended by a newline';

-- In the history the same form.
ALTER TABLE call_events ADD COLUMN lines text;
UPDATE call_events e
SET lines = (
    SELECT string_agg(CAST(json_build_array(l.sequence, l.at, l.event, l.detail) AS text) || E'\n', ''
                      ORDER BY l.sequence)
    FROM jsonb_to_recordset(e.more) AS l (sequence integer, at timestamptz, event text, detail json))
WHERE e.more IS NOT NULL;
ALTER TABLE call_events DROP COLUMN more;
COMMENT ON COLUMN call_events.lines IS 'the lines that follow this one, in the form of active_calls.lines';

-- Every line of every call, wherever it is kept. The first says what the record says, so it is not kept
-- a second time; rows from before V15 are there, and imported calls have a first line of their own.
CREATE VIEW call_timeline AS
SELECT r.account_id, r.call_id, 1 AS sequence, r.created_at AS at, 'accepted' AS event,
       CAST('{}' AS jsonb) AS detail
FROM (SELECT account_id, call_id, created_at FROM calls
      UNION ALL
      SELECT account_id, call_id, created_at FROM archived_ids) r
WHERE NOT EXISTS (SELECT FROM call_events e
                  WHERE e.account_id = r.account_id AND e.call_id = r.call_id AND e.sequence = 1)
  AND NOT EXISTS (SELECT FROM imported_calls i
                  WHERE i.account_id = r.account_id AND i.call_id = r.call_id)
UNION ALL
SELECT account_id, call_id, sequence, at, event, detail FROM call_events
UNION ALL
SELECT account_id, call_id, reserved_event, reserved_at, 'reserved',
       jsonb_build_object('provider', provider, 'attempt', CAST(attempt AS text))
FROM active_calls
UNION ALL
SELECT k.account_id, k.call_id, CAST(l.line->>0 AS integer), CAST(l.line->>1 AS timestamptz),
       l.line->>2, l.line->3
FROM (SELECT account_id, call_id, lines FROM call_events WHERE lines IS NOT NULL
      UNION ALL
      SELECT account_id, call_id, lines FROM active_calls WHERE lines <> '') k
CROSS JOIN LATERAL string_to_table(rtrim(k.lines, E'\n'), E'\n') t (text)
CROSS JOIN LATERAL CAST(t.text AS jsonb) l (line);
