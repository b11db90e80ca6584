-- A call's record is written once, when the call is accepted, and its end once, when it is over, in a
-- table beside it. Written into the record, the end touched the index entries of everything that was
-- asked for, on pages that nobody had needed for a while; here it has four of its own.

-- No end may be written into a record between the copying and the dropping below.
LOCK TABLE calls IN ACCESS EXCLUSIVE MODE;

-- A call is over exactly if it has a row here. It has no foreign key to the record: who removes a
-- record removes its end, and the key would lock the record's row at every end.
CREATE TABLE call_ends (
    account_id           text COLLATE "C" NOT NULL,
    call_id              text COLLATE "C" NOT NULL,
    created_at           timestamptz NOT NULL,
    outcome              text COLLATE "C" NOT NULL,
    attempt              smallint NOT NULL DEFAULT 1,
    provider             text COLLATE "C" NOT NULL,
    execution_id         text COLLATE "C",
    started_at           timestamptz,
    ended_at             timestamptz NOT NULL,
    last_event           integer NOT NULL DEFAULT 0,
    conversation_id      text COLLATE "C",
    answered_at          timestamptz,
    answered_by          text,
    duration_seconds     numeric,
    cost                 numeric,
    recording_url        text,
    error_code           text,
    error_message        text,
    line_agent           text,
    line_from            text COLLATE "C",
    line_phone_number_id text,
    deleted_at           timestamptz,
    CONSTRAINT call_ends_outcome CHECK (outcome IN (
        'completed', 'no_answer', 'busy', 'voicemail', 'failed', 'cancelled', 'expired')),
    CONSTRAINT call_ends_error CHECK (
        (error_code IS NOT NULL) = (outcome = 'failed') AND char_length(error_code) <= 64),
    CONSTRAINT call_ends_attempt CHECK (attempt >= 1),
    CONSTRAINT call_ends_last_event CHECK (last_event >= 0)
)
-- Some ends learn of a recording or a cost later, in their own page if there is room.
WITH (fillfactor = 90,
      autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 50000,
      autovacuum_vacuum_insert_threshold = 100000,
      autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 20000);
COMMENT ON TABLE call_ends IS 'what became of the calls that are over, one row each';
COMMENT ON COLUMN call_ends.created_at IS 'the record''s, for the lists of calls of one outcome';
COMMENT ON COLUMN call_ends.outcome IS 'the final status';
COMMENT ON COLUMN call_ends.attempt IS 'the last one';
COMMENT ON COLUMN call_ends.provider IS 'of the last attempt; the record''s is the one it was accepted for';
COMMENT ON COLUMN call_ends.last_event IS 'the sequence number of its latest timeline entry';
COMMENT ON COLUMN call_ends.started_at IS 'when the slot was reserved that the call ended on';
COMMENT ON COLUMN call_ends.line_agent IS 'the provider''s id of the agent; null: it was never dialed';
COMMENT ON COLUMN call_ends.line_from IS 'the number that was shown';
COMMENT ON COLUMN call_ends.deleted_at IS 'not shown since then; the id stays taken';

INSERT INTO call_ends (
    account_id, call_id, created_at, outcome, attempt, provider, execution_id, started_at, ended_at,
    last_event, conversation_id, answered_at, answered_by, duration_seconds, cost, recording_url,
    error_code, error_message, line_agent, line_from, line_phone_number_id, deleted_at)
SELECT account_id, call_id, created_at, outcome, attempt, provider, execution_id, started_at, ended_at,
    last_event, conversation_id, answered_at, answered_by, duration_seconds, cost, recording_url,
    error_code, error_message, line_agent, line_from, line_phone_number_id, deleted_at
FROM calls WHERE outcome IS NOT NULL
ORDER BY account_id, call_id;

ALTER TABLE call_ends ADD PRIMARY KEY (account_id, call_id);
-- An execution id alone must find its call, so it comes first. It is unique per provider within an
-- account, for ever: with the account in it, the index can live beside the account's rows.
CREATE UNIQUE INDEX call_ends_execution ON call_ends (execution_id, provider, account_id)
    WHERE execution_id IS NOT NULL;
CREATE INDEX call_ends_listed ON call_ends (account_id, outcome, created_at DESC, call_id);
-- How long the latest calls held their slots; answered from the index alone.
CREATE INDEX call_ends_held ON call_ends (account_id, ended_at DESC) INCLUDE (started_at)
    WHERE started_at IS NOT NULL;

-- What is only shown needs no statistics, and what is found by its key needs few.
ALTER TABLE call_ends
    ALTER COLUMN account_id SET STATISTICS 20,
    ALTER COLUMN call_id SET STATISTICS 20,
    ALTER COLUMN created_at SET STATISTICS 20,
    ALTER COLUMN outcome SET STATISTICS 20,
    ALTER COLUMN provider SET STATISTICS 20,
    ALTER COLUMN execution_id SET STATISTICS 20,
    ALTER COLUMN started_at SET STATISTICS 20,
    ALTER COLUMN ended_at SET STATISTICS 20,
    ALTER COLUMN deleted_at SET STATISTICS 20,
    ALTER COLUMN error_code SET STATISTICS 0,
    ALTER COLUMN attempt SET STATISTICS 0,
    ALTER COLUMN last_event SET STATISTICS 0,
    ALTER COLUMN conversation_id SET STATISTICS 0,
    ALTER COLUMN answered_at SET STATISTICS 0,
    ALTER COLUMN answered_by SET STATISTICS 0,
    ALTER COLUMN duration_seconds SET STATISTICS 0,
    ALTER COLUMN cost SET STATISTICS 0,
    ALTER COLUMN recording_url SET STATISTICS 0,
    ALTER COLUMN error_message SET STATISTICS 0,
    ALTER COLUMN line_agent SET STATISTICS 0,
    ALTER COLUMN line_from SET STATISTICS 0,
    ALTER COLUMN line_phone_number_id SET STATISTICS 0;

-- Of a table that is empty yet, the planner had better know nothing: then it expects it to grow.
DO $$
BEGIN
    IF EXISTS (SELECT FROM call_ends) THEN
        ANALYZE call_ends;
    END IF;
END $$;

DROP INDEX calls_execution, calls_outcome, calls_held, calls_live;
ALTER TABLE calls
    DROP CONSTRAINT calls_outcome,
    DROP CONSTRAINT calls_ended,
    DROP CONSTRAINT calls_started,
    DROP CONSTRAINT calls_error,
    DROP CONSTRAINT calls_execution,
    DROP CONSTRAINT calls_last_event,
    DROP CONSTRAINT calls_deleted,
    DROP CONSTRAINT calls_attempts,
    DROP COLUMN attempt,
    DROP COLUMN last_event,
    DROP COLUMN execution_id,
    DROP COLUMN conversation_id,
    DROP COLUMN answered_at,
    DROP COLUMN answered_by,
    DROP COLUMN duration_seconds,
    DROP COLUMN cost,
    DROP COLUMN recording_url,
    DROP COLUMN outcome,
    DROP COLUMN error_code,
    DROP COLUMN error_message,
    DROP COLUMN started_at,
    DROP COLUMN ended_at,
    DROP COLUMN line_agent,
    DROP COLUMN line_from,
    DROP COLUMN line_phone_number_id,
    DROP COLUMN deleted_at,
    ADD CONSTRAINT calls_attempts CHECK (max_attempts BETWEEN 1 AND 10);
COMMENT ON COLUMN calls.provider IS 'when it was accepted; afterwards see where its state is';

-- Inserted, never updated, and deleted only when it is archived or an import is taken back: it needs no
-- room in its pages, and the vacuum has little to do.
ALTER TABLE calls SET (
    fillfactor = 100,
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_analyze_scale_factor = 0.05);
