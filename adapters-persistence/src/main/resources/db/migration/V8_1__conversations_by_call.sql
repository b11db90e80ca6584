-- A call that is deleted takes its conversations with it, and they must be found by it.
CREATE INDEX conversations_call ON conversations (account_id, call_id);
