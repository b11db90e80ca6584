-- Follow-up work, leads, calls that were imported, and one call per number at a time.

-- Work that follows from a call. It names the call alone and whoever does it loads the rest, so a job
-- never tells what was true once. Written by the commit that gave the reason, deleted when it is done.
CREATE SEQUENCE job_number;
CREATE TABLE jobs (
    account_id text COLLATE "C" NOT NULL,
    job_id     bigint NOT NULL DEFAULT nextval('job_number'),
    kind       text NOT NULL CHECK (kind IN ('lead')),
    call_id    text COLLATE "C" NOT NULL,
    status     text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'dead')),
    attempts   integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    due_at     timestamptz NOT NULL,
    last_error text CHECK (char_length(last_error) <= 1000),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, job_id)
)
WITH (fillfactor = 70,
      autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
      autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.1);
COMMENT ON COLUMN jobs.attempts IS 'counted when it is taken, so that it also fences off a slow taker';
CREATE INDEX jobs_due ON jobs (kind, due_at) WHERE status = 'pending';
CREATE INDEX jobs_dead ON jobs (account_id, job_id) WHERE status = 'dead';

-- One per person and account; last_… and updated_at are those of the call that ended last.
ALTER TABLE leads
    ADD COLUMN calls       bigint NOT NULL DEFAULT 0,
    ADD COLUMN completed   bigint NOT NULL DEFAULT 0,
    ADD COLUMN last_status text COLLATE "C" NOT NULL DEFAULT 'completed';
CREATE INDEX leads_updated ON leads (account_id, updated_at DESC, phone_number);

ALTER TABLE accounts ADD COLUMN deduplicate_numbers boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN accounts.deduplicate_numbers IS
    'refuse a call to a number that another call of the account is under way to';

-- Which calls came out of a file, so that an import can be taken back. The fingerprint tells two
-- records apart that would get the same id; a table of its own leaves calls as they are.
CREATE TABLE imported_calls (
    account_id  text COLLATE "C" NOT NULL,
    call_id     text COLLATE "C" NOT NULL,
    import_id   text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, call_id)
);
CREATE INDEX imported_calls_import ON imported_calls (account_id, import_id, call_id);
