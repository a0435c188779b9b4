-- The index of words knows who may be found, and where (adr/0026). Counting what has a word then takes one look into one
-- index and to the rows that count, however many others have the word, and no plan that reads words row by row can be
-- taken for a cheaper one.

-- Where a profile may be found: in its source, if it says so (+), or if the source says so for those that say nothing (?);
-- nowhere if it is archived or says no. For columns of profile only.
CREATE FUNCTION vitae_findable(workspace_id bigint, source_id bigint, archived_at timestamptz, consent smallint)
    RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN archived_at IS NULL AND (consent IS NULL OR consent & 8 <> 0)
                THEN ARRAY[workspace_id::text || '/' || source_id::text || CASE WHEN consent IS NULL THEN '?' ELSE '+' END]
                ELSE '{}'::text[] END;

-- What a search of a source looks for there.
CREATE FUNCTION vitae_findable_in(workspace_id bigint, source_id bigint, default_consent smallint) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN default_consent & 8 <> 0
                THEN ARRAY[workspace_id::text || '/' || source_id::text || '+',
                           workspace_id::text || '/' || source_id::text || '?']
                ELSE ARRAY[workspace_id::text || '/' || source_id::text || '+'] END;

-- Reads go on while it is built, with the old one. What knows its five columns only can use the new one as well.
CREATE INDEX profile_words_findable ON profile
    USING gin (vitae_findable(workspace_id, source_id, archived_at, consent),
               text_words, summary_words, experience_words, education_words, names);
DROP INDEX profile_words;
ALTER INDEX profile_words_findable RENAME TO profile_words;

-- As in V10.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        ALTER INDEX profile_words SET (gin_pending_list_limit = 32768);
    END IF;
END $$;
