-- Without a pause, every vacuum that can take nothing away, because somebody keeps a transaction open, reads
-- all of what is dead as fast as a processor can, and the next one begins at once. Now it pauses as any other
-- vacuum does, so that it never costs more than a small part of a processor, however much is dead.
ALTER TABLE active_calls RESET (autovacuum_vacuum_cost_delay);
ALTER TABLE call_queue RESET (autovacuum_vacuum_cost_delay);
