-- Calls that are tried again: the rules of campaigns, the attempts that others followed, and the wish
-- that a live call may end. Everything new may be missing, so the release before goes on beside it.

ALTER TABLE campaigns
    ADD CONSTRAINT campaigns_most_pace CHECK (calls_per_second <= 1000),
    ADD COLUMN max_attempts smallint CHECK (max_attempts BETWEEN 1 AND 10),
    ADD COLUMN retries jsonb;
COMMENT ON COLUMN campaigns.calls_per_second IS 'dials per second; null: no pace of its own';
COMMENT ON COLUMN campaigns.max_attempts IS 'of calls that do not say themselves; null: 1';
COMMENT ON COLUMN campaigns.retries IS
    'by outcome, {"busy": {"delay": "PT5M", "max_delay": "PT1H"}}; null: the rules of the service';

ALTER TABLE calls ADD COLUMN attempts_by_campaign boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN calls.attempts_by_campaign IS
    'whoever asked for the call left max_attempts to its campaign';

ALTER TABLE active_calls
    ADD COLUMN retries jsonb,
    ADD COLUMN cancel_asked_at timestamptz,
    ADD COLUMN cancel_answered boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT active_calls_cancel CHECK (cancel_asked_at IS NOT NULL OR NOT cancel_answered);
COMMENT ON COLUMN active_calls.retries IS
    'the campaign''s as they were when the slot was taken; null: the rules of the service';
COMMENT ON COLUMN active_calls.cancel_asked_at IS 'somebody wanted the call to end';
COMMENT ON COLUMN active_calls.cancel_answered IS
    'the provider has said what it does about that; else it is asked again';

-- Every attempt that another followed; the last one is the record's own. A report that comes late finds
-- its call by the execution id here and disturbs nothing.
CREATE TABLE call_attempts (
    account_id       text COLLATE "C" NOT NULL,
    call_id          text COLLATE "C" NOT NULL,
    attempt          smallint NOT NULL CHECK (attempt >= 1),
    provider         text COLLATE "C" NOT NULL,
    execution_id     text COLLATE "C",
    outcome          text COLLATE "C" NOT NULL
                     CHECK (outcome IN ('busy', 'no_answer', 'voicemail', 'failed')),
    error_code       text CHECK (char_length(error_code) <= 64),
    error_message    text,
    conversation_id  text COLLATE "C",
    answered_at      timestamptz,
    answered_by      text,
    duration_seconds numeric,
    cost             numeric,
    recording_url    text,
    started_at       timestamptz NOT NULL,
    ended_at         timestamptz NOT NULL,
    PRIMARY KEY (account_id, call_id, attempt),
    CONSTRAINT call_attempts_error CHECK ((error_code IS NOT NULL) = (outcome = 'failed'))
);
CREATE UNIQUE INDEX call_attempts_execution
    ON call_attempts (execution_id, provider, account_id) WHERE execution_id IS NOT NULL;
