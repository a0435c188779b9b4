-- The three sections that are most of a profile lie in columns of their own (adr/0024), each with a digest of the text
-- that it was last sent as. An edit that sends one of them as it is stored is told so by the digest: the section is not
-- read as JSON, not compared and not written again. The rest of the profile stays in document.
--
-- Whoever changes one of these columns by hand sets its digest to null. A null digest says that nothing is known, and the
-- next write compares.

ALTER TABLE profile
    ADD COLUMN text              jsonb NOT NULL DEFAULT 'null',
    ADD COLUMN experiences       jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN educations        jsonb NOT NULL DEFAULT '[]',
    -- Short enough never to leave the row.
    ADD COLUMN text_digest       bytea CHECK (octet_length(text_digest) = 16),
    ADD COLUMN experiences_digest bytea CHECK (octet_length(experiences_digest) = 16),
    ADD COLUMN educations_digest bytea CHECK (octet_length(educations_digest) = 16);

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE profile
            ALTER COLUMN text SET COMPRESSION lz4,
            ALTER COLUMN experiences SET COMPRESSION lz4,
            ALTER COLUMN educations SET COMPRESSION lz4;
    END IF;
END $$;

UPDATE profile
   SET document    = document - '{text,experiences,educations}'::text[],
       text        = coalesce(document -> 'text', 'null'),
       experiences = coalesce(document -> 'experiences', '[]'),
       educations  = coalesce(document -> 'educations', '[]');

-- The bits of consent as before, by a function in PL/pgSQL: that is kept for the whole session, while
-- PostgreSQL reads the expression of a derived column anew in each statement that writes, and twelve patterns of JSON were
-- two thirds of all that it read. A derived column cannot be changed, only made anew. That writes the table as a whole,
-- and so also gives back the room of the rows as they were before.
CREATE FUNCTION vitae_consent(document jsonb) RETURNS smallint
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    stated jsonb := document -> 'consent_algorithmic';
BEGIN
    RETURN (stated @> '{"owner":{"parsing":true},"controller":{"parsing":true}}')::int
         + (stated @> '{"owner":{"revealing":true},"controller":{"revealing":true}}')::int * 2
         + (stated @> '{"owner":{"embedding":true},"controller":{"embedding":true}}')::int * 4
         + (stated @> '{"owner":{"searching":true},"controller":{"searching":true}}')::int * 8
         + (stated @> '{"owner":{"scoring":true},"controller":{"scoring":true}}')::int * 16
         + (stated @> '{"owner":{"reasoning":true},"controller":{"reasoning":true}}')::int * 32;
END $$;

-- Rows are some 100 bytes longer than before, and neighbours may well be edited together: three new versions of rows of a
-- page have to find room on it before the old ones can be removed. Without room an edit touches every index, those of words
-- among them.
ALTER TABLE profile SET (fillfactor = 70);

ALTER TABLE profile DROP COLUMN consent;
ALTER TABLE profile ADD COLUMN consent smallint GENERATED ALWAYS AS (vitae_consent(document)) STORED;
CREATE INDEX profile_searchable ON profile (workspace_id, source_id, created_at, id) INCLUDE (consent)
    WHERE archived_at IS NULL AND (consent IS NULL OR consent & 8 <> 0);

-- A member has one place.
ALTER TABLE profile ADD CONSTRAINT profile_sections CHECK (NOT document ?| '{text,experiences,educations}'::text[]);

-- What tells one text of a section from another: 128 bits of its SHA-256.
CREATE FUNCTION vitae_digest(sent bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN substr(sha256(sent), 1, 16);

-- The JSON text of a whole profile. Its pieces are put together as text, which takes none of them apart; what is in
-- document comes last because it is never empty.
CREATE FUNCTION vitae_document_text(document jsonb, text jsonb, experiences jsonb, educations jsonb) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN concat('{"text":', text, ',"experiences":', experiences, ',"educations":', educations, ',',
                  right(document::text, -1));

DROP FUNCTION vitae_words_of_text(jsonb);
DROP FUNCTION vitae_words_of_experiences(jsonb);
DROP FUNCTION vitae_words_of_educations(jsonb);

CREATE FUNCTION vitae_words_of_text(text jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN vitae_text_words(text #>> '{}', 50000);

CREATE FUNCTION vitae_words_of_experiences(experiences jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN vitae_entry_words(experiences, 'company', 40000);

CREATE FUNCTION vitae_words_of_educations(educations jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN vitae_entry_words(educations, 'school', 20000);
