-- The calls: the record of each one for ever, and two small hot tables that say which of them wait
-- and which of them hold a slot.
--
-- A call that waits has a row in call_queue, a call that is live has one in active_calls, a call that
-- is over has neither; the record, its row and its timeline change in one commit. What only a waiting
-- or only a live call has is kept in that row alone, so nothing is said twice.

CREATE TABLE calls (
    account_id       text COLLATE "C" NOT NULL,
    call_id          text COLLATE "C" NOT NULL,
    direction        text NOT NULL DEFAULT 'outbound',
    phone_number     text COLLATE "C" NOT NULL,
    contact_id       text COLLATE "C",
    contact_name     text,
    agent_id         text COLLATE "C",
    from_number      text COLLATE "C",
    campaign_id      text COLLATE "C",
    driver_id        text COLLATE "C",
    scheduled_at     timestamptz,
    expires_at       timestamptz,
    priority         smallint NOT NULL,
    max_attempts     smallint NOT NULL,
    -- json, not jsonb: the text must come back as it was given, for it is compared.
    user_data        json NOT NULL,
    provider         text COLLATE "C" NOT NULL,
    created_at       timestamptz NOT NULL,

    status           text COLLATE "C" NOT NULL DEFAULT 'queued',
    attempt          smallint NOT NULL DEFAULT 1,
    deferrals        integer NOT NULL DEFAULT 0,
    last_event       integer NOT NULL DEFAULT 0,
    execution_id     text COLLATE "C",
    conversation_id  text COLLATE "C",
    answered_at      timestamptz,
    answered_by      text,
    duration_seconds numeric,
    cost             numeric,
    recording_url    text,

    outcome          text COLLATE "C",
    error_code       text,
    error_message    text,
    started_at       timestamptz,
    ended_at         timestamptz,

    PRIMARY KEY (account_id, call_id),
    CONSTRAINT calls_id_shape CHECK (char_length(call_id) BETWEEN 1 AND 128),
    CONSTRAINT calls_direction CHECK (direction IN ('outbound', 'inbound')),
    CONSTRAINT calls_priority CHECK (priority BETWEEN 0 AND 1000),
    CONSTRAINT calls_attempts CHECK (max_attempts BETWEEN 1 AND 10 AND attempt >= 1),
    CONSTRAINT calls_status CHECK (
        CASE
            WHEN outcome IS NULL
                THEN status IN ('queued', 'dialing', 'dial_unknown', 'ringing', 'in_progress')
            ELSE status = outcome
                AND outcome IN ('completed', 'no_answer', 'busy', 'voicemail', 'failed', 'cancelled',
                                'expired')
        END),
    CONSTRAINT calls_ended CHECK ((outcome IS NULL) = (ended_at IS NULL)),
    CONSTRAINT calls_started CHECK (started_at IS NULL OR outcome IS NOT NULL),
    CONSTRAINT calls_error CHECK (
        (error_code IS NOT NULL) = (outcome IS NOT DISTINCT FROM 'failed')
        AND char_length(error_code) <= 64),
    CONSTRAINT calls_execution CHECK (
        CASE status
            WHEN 'queued' THEN execution_id IS NULL
            WHEN 'dial_unknown' THEN execution_id IS NULL
            WHEN 'ringing' THEN execution_id IS NOT NULL
            WHEN 'in_progress' THEN execution_id IS NOT NULL
            ELSE true
        END),
    CONSTRAINT calls_last_event CHECK (last_event >= 0)
)
-- A call's status changes some five times. With room left in its page and no index on the status, a
-- change writes no index at all (a HOT update); only bind and end do.
WITH (fillfactor = 75,
      autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
      autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 5000);
COMMENT ON COLUMN calls.status IS 'changes often; in no index on purpose, see outcome';
COMMENT ON COLUMN calls.outcome IS 'the final status; null until the call is over';
COMMENT ON COLUMN calls.last_event IS 'the sequence number of its latest timeline entry';
COMMENT ON COLUMN calls.started_at IS
    'when the slot was reserved that the call ended on; of a live call see active_calls.reserved_at';

-- An execution id alone must find its call, so it comes first. It is unique per provider within an
-- account: with the account in it, the index can live beside the account's rows.
CREATE UNIQUE INDEX calls_execution ON calls (execution_id, provider, account_id)
    WHERE execution_id IS NOT NULL;
CREATE INDEX calls_created ON calls (account_id, created_at DESC, call_id);
CREATE INDEX calls_live ON calls (account_id, created_at DESC, call_id) WHERE outcome IS NULL;
CREATE INDEX calls_outcome ON calls (account_id, outcome, created_at DESC, call_id)
    WHERE outcome IS NOT NULL;
CREATE INDEX calls_phone ON calls (account_id, phone_number, created_at DESC, call_id);
CREATE INDEX calls_campaign ON calls (account_id, campaign_id, created_at DESC, call_id)
    WHERE campaign_id IS NOT NULL;
CREATE INDEX calls_driver ON calls (account_id, driver_id, created_at DESC, call_id)
    WHERE driver_id IS NOT NULL;
-- How long the latest calls held their slots; answered from the index alone.
CREATE INDEX calls_held ON calls (account_id, ended_at DESC) INCLUDE (started_at)
    WHERE started_at IS NOT NULL;

-- Entering the queue gives a ticket: among calls of one rank the lower one is served first.
CREATE SEQUENCE call_queue_ticket;

CREATE TABLE call_queue (
    account_id  text COLLATE "C" NOT NULL,
    call_id     text COLLATE "C" NOT NULL,
    provider    text COLLATE "C" NOT NULL,
    campaign_id text COLLATE "C" NOT NULL,
    priority    smallint NOT NULL,
    due_at      timestamptz NOT NULL,
    ticket      bigint NOT NULL DEFAULT nextval('call_queue_ticket'),
    expires_at  timestamptz,
    PRIMARY KEY (account_id, call_id)
)
-- Rows come and go by the thousand while the table stays small: vacuum by count, not by share.
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
      autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.1);
COMMENT ON COLUMN call_queue.campaign_id IS 'empty: a direct call';

-- A lane is what shares every limit and rank: one account, provider, campaign and priority. The due
-- calls of a lane are the beginning of its stretch of the index, in the order of service; so a claim
-- hops from lane to lane and reads no more of each than there are slots.
CREATE UNIQUE INDEX call_queue_lane
    ON call_queue (account_id, provider, campaign_id, priority, due_at, ticket);
CREATE INDEX call_queue_expiry ON call_queue (expires_at) WHERE expires_at IS NOT NULL;

-- One reservation of a slot; whoever holds an older lease of a call can neither dial nor release.
CREATE SEQUENCE slot_lease;

-- The slots in use are the rows of this table. They are counted, never tallied, so no crash can make
-- the count drift.
CREATE TABLE active_calls (
    account_id    text COLLATE "C" NOT NULL,
    call_id       text COLLATE "C" NOT NULL,
    lease         bigint NOT NULL DEFAULT nextval('slot_lease'),
    attempt       smallint NOT NULL,
    provider      text COLLATE "C" NOT NULL,
    campaign_id   text COLLATE "C" NOT NULL,
    call_type     text NOT NULL GENERATED ALWAYS AS (
                      CASE campaign_id WHEN '' THEN 'direct' ELSE 'campaign' END) STORED,
    reserved_at   timestamptz NOT NULL,
    execution_id  text COLLATE "C",
    bound_at      timestamptz,
    seen_at       timestamptz,
    progress      text,
    unknown_since timestamptz,
    check_after   timestamptz,
    PRIMARY KEY (account_id, call_id),
    CONSTRAINT active_calls_bound CHECK (
        (execution_id IS NULL) = (bound_at IS NULL)
        AND (execution_id IS NULL) = (seen_at IS NULL)
        AND (execution_id IS NULL) = (progress IS NULL)),
    CONSTRAINT active_calls_progress CHECK (
        progress IN ('placed', 'ringing', 'answered', 'disconnected')),
    CONSTRAINT active_calls_unknown CHECK (unknown_since IS NULL OR execution_id IS NULL)
)
-- Every report of a provider rewrites the row, in its own page if there is room.
WITH (fillfactor = 50,
      autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
      autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.1);
COMMENT ON COLUMN active_calls.campaign_id IS 'empty: a direct call';
COMMENT ON COLUMN active_calls.unknown_since IS 'the provider''s answer to the dial was lost then';
COMMENT ON COLUMN active_calls.check_after IS 'somebody is asking the provider; others wait until then';
