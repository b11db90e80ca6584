-- Where each account's backend wants its results, and how telling it goes.

CREATE TABLE webhooks (
    account_id       text COLLATE "C" PRIMARY KEY REFERENCES accounts,
    url              text NOT NULL CHECK (char_length(url) <= 2000),
    events           text[] NOT NULL,
    secret           text NOT NULL,
    old_secret       text,
    old_secret_until timestamptz,
    disabled_at      timestamptz,
    disabled_why     text,
    created_at       timestamptz NOT NULL,
    CONSTRAINT webhooks_old_secret CHECK ((old_secret IS NULL) = (old_secret_until IS NULL)),
    CONSTRAINT webhooks_disabled CHECK ((disabled_at IS NULL) = (disabled_why IS NULL))
);
COMMENT ON COLUMN webhooks.secret IS 'signs what is sent, so it is kept as it is';
COMMENT ON COLUMN webhooks.old_secret IS 'signs too, until old_secret_until, so that a receiver can change over';

-- A notice that is being sent is due again when its lease is over: whoever sends it may have died.
ALTER TABLE notices
    ADD COLUMN failures     integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    ADD COLUMN in_flight    boolean NOT NULL DEFAULT false,
    ADD COLUMN answer       text,
    ADD COLUMN delivered_at timestamptz,
    ADD CONSTRAINT notices_in_flight CHECK (NOT in_flight OR status = 'pending');
COMMENT ON COLUMN notices.deliveries IS 'how often it was sent, also the number of the latest lease';
COMMENT ON COLUMN notices.failures IS 'how often in vain since it was written or last replayed';
COMMENT ON COLUMN notices.answer IS 'what the latest delivery came to';

CREATE INDEX notices_listed ON notices (account_id, created_at DESC, call_id, sequence DESC);
CREATE INDEX notices_dead ON notices (account_id, created_at DESC, call_id, sequence DESC)
    WHERE status = 'dead';
