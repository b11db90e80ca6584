-- How long the latest attempts that others followed held their slots, as calls_held is for the last
-- ones; answered from the index alone.
CREATE INDEX call_attempts_held ON call_attempts (account_id, ended_at DESC) INCLUDE (started_at);
