-- How often the database looks after tables that grow by thousands of rows a second. Left to their
-- shares, young tables were sampled and vacuumed every second, which took a sixth of the processor.

ALTER TABLE calls SET (autovacuum_vacuum_threshold = 50000, autovacuum_analyze_threshold = 20000);
ALTER TABLE call_queue SET (autovacuum_analyze_threshold = 5000);
ALTER TABLE active_calls SET (autovacuum_analyze_threshold = 5000);
ALTER TABLE jobs SET (autovacuum_analyze_threshold = 5000);
ALTER TABLE leads SET (autovacuum_vacuum_threshold = 10000, autovacuum_analyze_threshold = 20000);

-- The months that are there; later ones are made with these settings.
DO $$
DECLARE
    month regclass;
BEGIN
    FOR month IN
        SELECT inhrelid FROM pg_inherits
        WHERE inhparent IN ('call_events'::regclass, 'notices'::regclass)
    LOOP
        EXECUTE format(
            'ALTER TABLE %s SET (autovacuum_vacuum_threshold = 20000,
                 autovacuum_vacuum_insert_threshold = 100000, autovacuum_analyze_threshold = 50000)',
            month);
    END LOOP;
END $$;

-- What nothing searches, joins or sorts by needs no statistics, and none of a sample's time.
ALTER TABLE calls
    ALTER COLUMN contact_name SET STATISTICS 0,
    ALTER COLUMN from_number SET STATISTICS 0,
    ALTER COLUMN user_data SET STATISTICS 0,
    ALTER COLUMN scheduled_at SET STATISTICS 0,
    ALTER COLUMN expires_at SET STATISTICS 0,
    ALTER COLUMN max_attempts SET STATISTICS 0,
    ALTER COLUMN conversation_id SET STATISTICS 0,
    ALTER COLUMN answered_at SET STATISTICS 0,
    ALTER COLUMN answered_by SET STATISTICS 0,
    ALTER COLUMN duration_seconds SET STATISTICS 0,
    ALTER COLUMN cost SET STATISTICS 0,
    ALTER COLUMN recording_url SET STATISTICS 0,
    ALTER COLUMN error_message SET STATISTICS 0,
    ALTER COLUMN line_agent SET STATISTICS 0,
    ALTER COLUMN line_from SET STATISTICS 0,
    ALTER COLUMN line_phone_number_id SET STATISTICS 0,
    ALTER COLUMN last_event SET STATISTICS 0,
    ALTER COLUMN attempts_by_campaign SET STATISTICS 0,
    ALTER COLUMN direction SET STATISTICS 0,
    ALTER COLUMN attempt SET STATISTICS 0;
