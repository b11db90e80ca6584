-- What was said: how far each conversation has come, kept beside it, so that its next line is numbered
-- under the lock of one row.

ALTER TABLE conversations
    ADD COLUMN attempt    smallint NOT NULL DEFAULT 1 CHECK (attempt >= 1),
    ADD COLUMN lines      integer NOT NULL DEFAULT 0 CHECK (lines >= 0),
    ADD COLUMN characters integer NOT NULL DEFAULT 0 CHECK (characters >= 0),
    ADD COLUMN whole      boolean NOT NULL DEFAULT false,
    ADD COLUMN digest     text COLLATE "C",
    -- Every line that comes rewrites the row, in its own page if there is room.
    SET (fillfactor = 70);
COMMENT ON TABLE conversations IS
    'an id that begins with a space is ours: the provider had not named the attempt''s conversation yet';
COMMENT ON COLUMN conversations.lines IS 'how many call_transcripts has: 1 to this number';
COMMENT ON COLUMN conversations.whole IS 'the provider told all of it; no line is added any more';
COMMENT ON COLUMN conversations.digest IS 'of what the provider told; null: it came line by line';

-- A call's transcript is read in this order.
CREATE INDEX conversations_call ON conversations (account_id, call_id, attempt, conversation_id);

ALTER TABLE call_transcripts ALTER COLUMN at DROP NOT NULL;
COMMENT ON COLUMN call_transcripts.at IS 'null: the provider did not tell';

-- The hook that brings a line knows the call's id and no account; while a call is live, this finds it.
CREATE INDEX active_calls_call ON active_calls (call_id);

ALTER TABLE provider_events ADD COLUMN transcript json;
COMMENT ON COLUMN provider_events.transcript IS 'what the report says was said, [{role, text, at}]; null: nothing';
