-- A call's state is kept where it is: that of a waiting call in the queue, that of a live one with its
-- slot, that of one that is over in the record. The record is written twice, when the call is accepted
-- and when it is over, and its indexes with it; what changes in between changes small rows.

ALTER TABLE call_queue
    ADD COLUMN attempt    smallint NOT NULL DEFAULT 1 CHECK (attempt >= 1),
    ADD COLUMN deferrals  integer NOT NULL DEFAULT 0,
    ADD COLUMN last_event integer NOT NULL DEFAULT 1 CHECK (last_event >= 0);
UPDATE call_queue q
SET attempt = c.attempt, deferrals = c.deferrals, last_event = c.last_event
FROM calls c WHERE c.account_id = q.account_id AND c.call_id = q.call_id;
COMMENT ON COLUMN call_queue.last_event IS 'the sequence number of its latest timeline entry';

ALTER TABLE active_calls
    ADD COLUMN version              integer NOT NULL DEFAULT 0,
    ADD COLUMN status               text COLLATE "C" NOT NULL DEFAULT 'dialing',
    ADD COLUMN deferrals            integer NOT NULL DEFAULT 0,
    ADD COLUMN last_event           integer NOT NULL DEFAULT 1 CHECK (last_event >= 0),
    ADD COLUMN conversation_id      text COLLATE "C",
    ADD COLUMN answered_at          timestamptz,
    ADD COLUMN answered_by          text,
    ADD COLUMN duration_seconds     numeric,
    ADD COLUMN cost                 numeric,
    ADD COLUMN recording_url        text,
    ADD COLUMN line_agent           text,
    ADD COLUMN line_from            text COLLATE "C",
    ADD COLUMN line_phone_number_id text;
UPDATE active_calls s
SET status = c.status, deferrals = c.deferrals, last_event = c.last_event,
    conversation_id = c.conversation_id, answered_at = c.answered_at, answered_by = c.answered_by,
    duration_seconds = c.duration_seconds, cost = c.cost, recording_url = c.recording_url,
    line_agent = c.line_agent, line_from = c.line_from, line_phone_number_id = c.line_phone_number_id
FROM calls c WHERE c.account_id = s.account_id AND c.call_id = s.call_id;
ALTER TABLE active_calls ADD CONSTRAINT active_calls_status CHECK (
    CASE status
        WHEN 'dialing' THEN unknown_since IS NULL
        WHEN 'dial_unknown' THEN unknown_since IS NOT NULL
        WHEN 'ringing' THEN execution_id IS NOT NULL
        WHEN 'in_progress' THEN execution_id IS NOT NULL
        ELSE false
    END);
COMMENT ON COLUMN active_calls.last_event IS 'the sequence number of its latest timeline entry';
COMMENT ON COLUMN active_calls.version IS
    'counts the changes: whoever remembers a call sees by it whether another node changed it';
-- Unique among the live; the record's own index keeps it so for ever.
CREATE UNIQUE INDEX active_calls_execution ON active_calls (execution_id, provider, account_id)
    WHERE execution_id IS NOT NULL;

UPDATE calls SET execution_id = NULL, conversation_id = NULL, answered_at = NULL,
    answered_by = NULL, duration_seconds = NULL, cost = NULL, recording_url = NULL,
    line_agent = NULL, line_from = NULL, line_phone_number_id = NULL
WHERE outcome IS NULL;
ALTER TABLE calls
    DROP CONSTRAINT calls_status,
    DROP CONSTRAINT calls_execution,
    DROP COLUMN status,
    DROP COLUMN deferrals,
    ADD CONSTRAINT calls_outcome CHECK (outcome IN (
        'completed', 'no_answer', 'busy', 'voicemail', 'failed', 'cancelled', 'expired')),
    ADD CONSTRAINT calls_execution CHECK (execution_id IS NULL OR outcome IS NOT NULL);
COMMENT ON COLUMN calls.outcome IS
    'the final status; null until the call is over: it waits, or is live, and its state is there';
COMMENT ON COLUMN calls.attempt IS 'of a call that is over: its last';
COMMENT ON COLUMN calls.last_event IS
    'of a call that is over: the sequence number of its latest timeline entry';
ALTER TABLE archived_calls DROP COLUMN status, DROP COLUMN deferrals;
