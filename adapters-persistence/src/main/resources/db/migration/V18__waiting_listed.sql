-- Waiting calls in the order of their lists: without it, a page of a long queue sorts all of it.
ALTER TABLE call_queue ADD COLUMN created_at timestamptz;
UPDATE call_queue q SET created_at = c.created_at
FROM calls c WHERE c.account_id = q.account_id AND c.call_id = q.call_id;
ALTER TABLE call_queue ALTER COLUMN created_at SET NOT NULL;
COMMENT ON COLUMN call_queue.created_at IS 'the record''s';
CREATE INDEX call_queue_listed ON call_queue (account_id, created_at DESC, call_id);
