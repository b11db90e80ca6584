-- Who looks for waiting calls begins where they began at an earlier look, and looks besides at what has
-- entered since: what left the queue stays behind for as long as any transaction on this database is open,
-- and need not be passed over each time. The transaction that wrote a row tells whether a look saw it; it is
-- assigned before the row is written, and no row of a transaction before the oldest one under way can turn
-- up later.
ALTER TABLE call_queue
    ADD COLUMN entered bigint NOT NULL DEFAULT CAST(CAST(pg_current_xact_id() AS text) AS bigint);
COMMENT ON COLUMN call_queue.entered IS 'the transaction that wrote it';
-- The condition, which always holds, keeps the planner from this index where a call is looked up by its key:
-- where it expects one waiting call, any index that has the account is as good to it.
CREATE INDEX call_queue_entered ON call_queue (account_id, entered) WHERE entered > 0;
