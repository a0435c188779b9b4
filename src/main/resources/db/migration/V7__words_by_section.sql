-- The words of each section lie in a column of their own (adr/0004). An index of text search knows no weights: with one
-- column for all, whoever had the word anywhere had to be fetched and asked. And an edit makes the words of only those
-- sections anew that it changed.

DROP INDEX profile_words;

CREATE FUNCTION vitae_words_of_text(document jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN vitae_text_words(document ->> 'text', 50000);

CREATE FUNCTION vitae_words_of_summary(document jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN vitae_text_words(document #>> '{info,summary}', 10000);

CREATE FUNCTION vitae_words_of_experiences(document jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN vitae_entry_words(document -> 'experiences', 'company', 40000);

CREATE FUNCTION vitae_words_of_educations(document jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN vitae_entry_words(document -> 'educations', 'school', 20000);

-- Skills, languages, interests, tags and stages.
CREATE FUNCTION vitae_names(document jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN vitae_named('skill', document -> 'skills', 'name')
        || vitae_named('language', document -> 'languages', 'name')
        || vitae_named('interest', document -> 'interests', 'name')
        || vitae_named('tag', document -> 'tags', 'name')
        || vitae_named('stage', document -> 'labels', 'stage');

-- Whether two members differ. Their images are compared, not their values: that is a comparison of bytes.
CREATE FUNCTION vitae_differ(before jsonb, after jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN record_image_ne(ROW(before), ROW(after));

-- Whether two documents differ in what vitae_names reads.
CREATE FUNCTION vitae_names_differ(before jsonb, after jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN record_image_ne(
        ROW(before -> 'skills', before -> 'languages', before -> 'interests', before -> 'tags', before -> 'labels'),
        ROW(after -> 'skills', after -> 'languages', after -> 'interests', after -> 'tags', after -> 'labels'));

-- The words of a keyword one after the other: data <-> engineer.
CREATE FUNCTION vitae_phrase(keyword text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN phraseto_tsquery('simple', translate(vitae_fold(keyword), '/', ' '));

-- Rows stay short, many to a page, because words lie outside of them. What identifies a profile stays in its row.
ALTER TABLE profile
    ALTER COLUMN key       SET STORAGE PLAIN,
    ALTER COLUMN reference SET STORAGE PLAIN,
    ALTER COLUMN email     SET STORAGE PLAIN,
    SET (toast_tuple_target = 512),
    ADD COLUMN text_words       tsvector,
    ADD COLUMN summary_words    tsvector,
    ADD COLUMN experience_words tsvector,
    ADD COLUMN education_words  tsvector,
    ADD COLUMN names            tsvector;

-- One pass over the table, which takes about two milliseconds a profile, indexes included. The words are made anew, not
-- taken over: in one column their positions followed one another, and phrases behind the 16,383rd word were not found.
ALTER TABLE profile
    ALTER COLUMN text_words       TYPE tsvector USING vitae_words_of_text(document),
    ALTER COLUMN summary_words    TYPE tsvector USING vitae_words_of_summary(document),
    ALTER COLUMN experience_words TYPE tsvector USING vitae_words_of_experiences(document),
    ALTER COLUMN education_words  TYPE tsvector USING vitae_words_of_educations(document),
    ALTER COLUMN names            TYPE tsvector USING vitae_names(document);

ALTER TABLE profile
    DROP COLUMN words,
    ALTER COLUMN text_words       SET NOT NULL,
    ALTER COLUMN summary_words    SET NOT NULL,
    ALTER COLUMN experience_words SET NOT NULL,
    ALTER COLUMN education_words  SET NOT NULL,
    ALTER COLUMN names            SET NOT NULL,
    -- Compressing them gains nothing.
    ALTER COLUMN text_words       SET STORAGE EXTERNAL,
    ALTER COLUMN summary_words    SET STORAGE EXTERNAL,
    ALTER COLUMN experience_words SET STORAGE EXTERNAL,
    ALTER COLUMN education_words  SET STORAGE EXTERNAL,
    ALTER COLUMN names            SET STORAGE EXTERNAL;

CREATE INDEX profile_words ON profile
    USING gin (text_words, summary_words, experience_words, education_words, names);

DROP FUNCTION vitae_phrase(text, text);
DROP FUNCTION vitae_reworded(jsonb, jsonb);
DROP FUNCTION vitae_words(jsonb);
