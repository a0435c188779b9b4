-- What listing, searching and running the service need beside the profiles themselves.

-- Keywords match whatever the accents; names match in any part. Both extensions are trusted: the owner of a database may
-- create them.
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Lower case without accents. Declared immutable because the dictionary is named and ships with the server.
CREATE FUNCTION vitae_fold(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, value));

-- The first characters of a text, half as many of them when they take more than two bytes each.
CREATE FUNCTION vitae_bounded(value text, longest int) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN left(value, CASE WHEN octet_length(left(value, longest)) > 2 * longest THEN longest / 2 ELSE longest END);

-- A tsvector holds less than 1 MiB, so each part brings a bounded number of characters: far more than a CV has. A word
-- with hyphens counts twice, as a whole and in parts. A slash would make a path of words: CI/CD is two.
CREATE FUNCTION vitae_text_words(value text, longest int) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple', translate(vitae_bounded(vitae_fold(left(coalesce(value, ''), longest)), longest), '/', ' '));

-- The words of experiences or educations: what people wrote in them, not the names of the members.
CREATE FUNCTION vitae_entry_words(entries jsonb, organisation text, longest int) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT vitae_text_words(string_agg(
                       concat_ws(' . ', e ->> 'title', e ->> organisation, e ->> 'description'), ' . '), longest)
              FROM jsonb_array_elements(entries) AS e);

-- The lexeme of one named thing: skill=python. The digest of a long name tells it from others that begin alike.
CREATE FUNCTION vitae_lexeme(kind text, name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN kind || '=' || left(vitae_fold(left(name, 64)), 64)
        || CASE WHEN length(name) > 64 THEN '#' || md5(vitae_fold(name)) ELSE '' END;

-- The lexemes of the first 250 named things of a section.
CREATE FUNCTION vitae_named(kind text, entries jsonb, member text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(array_to_tsvector(array_agg(DISTINCT vitae_lexeme(kind, name))), ''::tsvector)
              FROM (SELECT e ->> member AS name FROM jsonb_array_elements(entries) AS e LIMIT 250) AS first
             WHERE name IS NOT NULL);

-- What a search by words looks at: weight A the text, B the summary, C experiences, D educations, and the named things.
CREATE FUNCTION vitae_words(document jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(vitae_text_words(document ->> 'text', 50000), 'A')
        || setweight(vitae_text_words(document #>> '{info,summary}', 10000), 'B')
        || setweight(vitae_entry_words(document -> 'experiences', 'company', 40000), 'C')
        || setweight(vitae_entry_words(document -> 'educations', 'school', 20000), 'D')
        || vitae_named('skill', document -> 'skills', 'name')
        || vitae_named('language', document -> 'languages', 'name')
        || vitae_named('interest', document -> 'interests', 'name')
        || vitae_named('tag', document -> 'tags', 'name')
        || vitae_named('stage', document -> 'labels', 'stage');

-- The members that vitae_words reads: words are made anew only when one of them changed, because making them costs more
-- than all the rest of a write.
CREATE FUNCTION vitae_worded(document jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN jsonb_build_array(document -> 'text', document #> '{info,summary}', document -> 'experiences',
               document -> 'educations', document -> 'skills', document -> 'languages', document -> 'interests',
               document -> 'tags', document -> 'labels');

-- The phrase of a keyword, restricted to one weight: 'data':A <-> 'engineer':A.
CREATE FUNCTION vitae_phrase(keyword text, weight text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(phraseto_tsquery('simple', translate(vitae_fold(keyword), '/', ' '))::text,
                          '(''(?:[^'']|'''')+'')', '\1:' || weight, 'g')::tsquery;

ALTER TABLE source
    -- The purposes that profiles which never stated a consent are open to, as in profile.consent.
    ADD COLUMN default_consent smallint NOT NULL DEFAULT 0 CHECK (default_consent BETWEEN 0 AND 63);

ALTER TABLE api_key
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    ADD COLUMN name text;

ALTER TABLE profile
    DROP COLUMN full_name,
    ADD COLUMN name text COLLATE "C" GENERATED ALWAYS AS (vitae_fold(document #>> '{info,full_name}')) STORED,
    ADD COLUMN experiences_duration float8 GENERATED ALWAYS AS ((document ->> 'experiences_duration')::float8) STORED,
    ADD COLUMN educations_duration float8 GENERATED ALWAYS AS ((document ->> 'educations_duration')::float8) STORED,
    ADD COLUMN words tsvector;

UPDATE profile SET words = vitae_words(document);
ALTER TABLE profile ALTER COLUMN words SET NOT NULL;

-- Room on each page for the next version of a row, so that an edit touches no index. That is also why nothing indexes
-- updated_at or version: they change with every edit.
ALTER TABLE profile SET (fillfactor = 80);

CREATE INDEX profile_created ON profile (workspace_id, source_id, created_at, id);

-- Searching sees nothing else, so neither its pages nor its counts ever touch a profile that may not be seen.
CREATE INDEX profile_searchable ON profile (workspace_id, source_id, created_at, id) INCLUDE (consent)
    WHERE archived_at IS NULL AND (consent IS NULL OR consent & 8 <> 0);

CREATE INDEX profile_words ON profile USING gin (words);
CREATE INDEX profile_name ON profile USING gin (name gin_trgm_ops);
CREATE INDEX profile_latitude ON profile (workspace_id, source_id, latitude) WHERE latitude IS NOT NULL;
