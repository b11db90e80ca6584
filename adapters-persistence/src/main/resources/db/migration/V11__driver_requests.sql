-- Requests to call drivers that may be repeated under a key of the backend's: what each is going to call,
-- written down before it is called (C1).
CREATE SEQUENCE driver_request_hold;
CREATE TABLE driver_requests (
    account_id  text COLLATE "C" NOT NULL,
    request_key text COLLATE "C" NOT NULL CHECK (char_length(request_key) BETWEEN 1 AND 255),
    fingerprint text COLLATE "C" NOT NULL,
    calls       text[] COLLATE "C" NOT NULL,
    refused     text[],
    settled     boolean NOT NULL DEFAULT false,
    hold        bigint NOT NULL DEFAULT nextval('driver_request_hold'),
    held_until  timestamptz NOT NULL,
    begun_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, request_key),
    CONSTRAINT driver_requests_settled CHECK (settled = (refused IS NOT NULL))
);
COMMENT ON COLUMN driver_requests.fingerprint IS 'of what was asked for: the key is good for nothing else';
COMMENT ON COLUMN driver_requests.calls IS 'ids in the order of the drivers';
COMMENT ON COLUMN driver_requests.refused IS 'why a driver was not called; empty: it was';
COMMENT ON COLUMN driver_requests.held_until IS 'somebody carries it out; others may then';
CREATE INDEX driver_requests_begun ON driver_requests (begun_at);
