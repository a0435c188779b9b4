-- What a new version of a row has for an index of words, PostgreSQL first puts on a list beside the index. The write that
-- makes the list longer than its limit, 4 MB unless told, takes all of it into the index and lets its caller wait. The
-- service has that done beside its writes (adr/0025); the limit, in KB, is for when it does not.
DO $$
BEGIN
    -- On the nodes of Citus nobody does it beside the writes.
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        ALTER INDEX profile_words SET (gin_pending_list_limit = 32768);
        ALTER INDEX profile_name  SET (gin_pending_list_limit = 32768);
    END IF;
END $$;

-- Takes what waits into the indexes; one session at a time, another does nothing. Only the owner of an index may do that, so
-- it runs with the owner's rights, and with the schemas of the migration. An index that is being made anew is passed over.
CREATE FUNCTION vitae_index_pending_words() RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER
    SET search_path FROM CURRENT
    AS $$
SELECT coalesce(sum(gin_clean_pending_list(word_index)), 0)::bigint
  FROM unnest(ARRAY[to_regclass('profile_words'), to_regclass('profile_name')]) AS word_index
 WHERE word_index IS NOT NULL AND pg_try_advisory_xact_lock('profile'::regclass::oid::bigint)
$$;

REVOKE ALL ON FUNCTION vitae_index_pending_words() FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vitae_service') THEN
        GRANT EXECUTE ON FUNCTION vitae_index_pending_words() TO vitae_service;
    END IF;
END $$;
