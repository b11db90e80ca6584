-- Who calls, through what, whom and under which rules. Small tables that change by hand.
--
-- Every primary key starts with account_id and every unique index contains it, so that all tables
-- can be distributed by account over several machines. Ids are compared byte by byte (COLLATE "C"):
-- they are opaque, and no operating system update may reorder their indexes.

CREATE TABLE accounts (
    account_id        text COLLATE "C" PRIMARY KEY CHECK (char_length(account_id) BETWEEN 1 AND 64),
    name              text NOT NULL CHECK (char_length(name) <= 200),
    concurrency_limit integer CHECK (concurrency_limit BETWEEN 0 AND 100000),
    weight            integer NOT NULL DEFAULT 1 CHECK (weight BETWEEN 1 AND 1000),
    provider          text COLLATE "C",
    created_at        timestamptz NOT NULL DEFAULT now()
)
-- Every claim locks the rows of its accounts, and a lock is written into the row's page.
WITH (fillfactor = 70);
COMMENT ON COLUMN accounts.concurrency_limit IS 'null: the default of the service';
COMMENT ON COLUMN accounts.provider IS 'null: the default of the service';

INSERT INTO accounts (account_id, name) VALUES ('default', 'default');

CREATE TABLE api_keys (
    account_id text COLLATE "C" NOT NULL REFERENCES accounts,
    key_id     text COLLATE "C" NOT NULL,
    hash       text COLLATE "C" NOT NULL CHECK (char_length(hash) = 64),
    admin      boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, key_id)
);
COMMENT ON COLUMN api_keys.hash IS 'SHA-256 of the key, hexadecimal; the key itself is kept nowhere';
-- A request brings the key only, so the hash comes first.
CREATE UNIQUE INDEX api_keys_hash ON api_keys (hash, account_id);

CREATE TABLE agents (
    account_id        text COLLATE "C" NOT NULL REFERENCES accounts,
    agent_id          text COLLATE "C" NOT NULL,
    provider          text COLLATE "C" NOT NULL,
    provider_agent_id text NOT NULL,
    from_numbers      text[] NOT NULL DEFAULT '{}',
    phone_number_id   text,
    PRIMARY KEY (account_id, agent_id)
);

CREATE TABLE contacts (
    account_id   text COLLATE "C" NOT NULL REFERENCES accounts,
    contact_id   text COLLATE "C" NOT NULL,
    phone_number text COLLATE "C" NOT NULL,
    name         text,
    time_zone    text,
    PRIMARY KEY (account_id, contact_id)
);

CREATE TABLE do_not_call (
    account_id   text COLLATE "C" NOT NULL REFERENCES accounts,
    phone_number text COLLATE "C" NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, phone_number)
);

-- A call that names an unknown campaign creates it, everything at its default.
CREATE TABLE campaigns (
    account_id        text COLLATE "C" NOT NULL,
    campaign_id       text COLLATE "C" NOT NULL CHECK (campaign_id <> ''),
    name              text,
    agent_id          text COLLATE "C",
    concurrency_limit integer CHECK (concurrency_limit BETWEEN 0 AND 100000),
    created_at        timestamptz NOT NULL,
    PRIMARY KEY (account_id, campaign_id)
);
COMMENT ON COLUMN campaigns.concurrency_limit IS 'null: no limit of its own';

-- One per person, made from ended calls.
CREATE TABLE leads (
    account_id   text COLLATE "C" NOT NULL,
    phone_number text COLLATE "C" NOT NULL,
    name         text,
    last_call_id text COLLATE "C" NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, phone_number)
);
