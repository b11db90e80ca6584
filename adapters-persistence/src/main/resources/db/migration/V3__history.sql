-- What happened: written once, read seldom, kept long. The large ones are partitioned by month, so
-- that old months are dropped whole. Months are made ahead by the service; what fits none goes to the
-- default partition, so that nothing is ever refused.

-- The timeline of every call: 1, 2, 3 … per call without gaps, counted by calls.last_event.
CREATE TABLE call_events (
    account_id text COLLATE "C" NOT NULL,
    call_id    text COLLATE "C" NOT NULL,
    sequence   integer NOT NULL CHECK (sequence >= 1),
    at         timestamptz NOT NULL,
    event      text NOT NULL,
    detail     jsonb NOT NULL,
    PRIMARY KEY (account_id, call_id, sequence, at)
) PARTITION BY RANGE (at);
CREATE TABLE call_events_default PARTITION OF call_events DEFAULT;

-- What the customer's backend must still be told, and what it was told. Written by the commit that
-- gave the reason; sequence is that of the timeline entry, so a call's notices are in order.
CREATE TABLE notices (
    account_id text COLLATE "C" NOT NULL,
    call_id    text COLLATE "C" NOT NULL,
    sequence   integer NOT NULL,
    type       text NOT NULL CHECK (type IN ('call.started', 'call.attempt_ended', 'call.ended')),
    status     text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'dead')),
    deliveries integer NOT NULL DEFAULT 0 CHECK (deliveries >= 0),
    due_at     timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, call_id, sequence, created_at)
) PARTITION BY RANGE (created_at);
CREATE INDEX notices_pending ON notices (account_id, due_at) WHERE status = 'pending';
CREATE TABLE notices_default PARTITION OF notices DEFAULT WITH (fillfactor = 80);

-- Reports of executions that no call is bound to yet. Whose they are is not known, so the account is
-- empty unless the provider named it.
CREATE SEQUENCE provider_events_received;
CREATE TABLE provider_events (
    account_id       text COLLATE "C" NOT NULL,
    provider         text COLLATE "C" NOT NULL,
    execution_id     text COLLATE "C" NOT NULL,
    content          text COLLATE "C" NOT NULL,
    received         bigint NOT NULL DEFAULT nextval('provider_events_received'),
    parked_at        timestamptz NOT NULL,
    echo_call_id     text COLLATE "C",
    echo_attempt     integer,
    stage            text NOT NULL CHECK (stage IN ('reached', 'over', 'unrecognised')),
    word             text NOT NULL,
    error_code       text CHECK (char_length(error_code) <= 64),
    error_message    text,
    conversation_id  text COLLATE "C",
    answered_at      timestamptz,
    answered_by      text,
    duration_seconds numeric,
    cost             numeric,
    recording_url    text,
    PRIMARY KEY (account_id, provider, execution_id, content),
    CONSTRAINT provider_events_echo CHECK (
        (account_id = '') = (echo_call_id IS NULL)
        AND (echo_call_id IS NULL) = (echo_attempt IS NULL))
);
COMMENT ON COLUMN provider_events.content IS 'a digest of the report: the same one is kept once';
CREATE INDEX provider_events_execution ON provider_events (execution_id, provider, received);
CREATE INDEX provider_events_parked ON provider_events (parked_at);

-- Which call a provider's conversation belongs to; only some providers have conversations.
CREATE TABLE conversations (
    account_id      text COLLATE "C" NOT NULL,
    conversation_id text COLLATE "C" NOT NULL,
    call_id         text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, conversation_id),
    FOREIGN KEY (account_id, call_id) REFERENCES calls ON DELETE CASCADE
);

CREATE TABLE call_transcripts (
    account_id      text COLLATE "C" NOT NULL,
    conversation_id text COLLATE "C" NOT NULL,
    sequence        integer NOT NULL CHECK (sequence >= 1),
    role            text NOT NULL,
    message         text NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (account_id, conversation_id, sequence),
    FOREIGN KEY (account_id, conversation_id) REFERENCES conversations ON DELETE CASCADE
);
