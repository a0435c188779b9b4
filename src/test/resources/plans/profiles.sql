-- ${rows} varied profiles of 1 to 3 KB: two workspaces of four sources each, three in ten to be found by a search, one
-- in twenty archived, no order on disk. What is costly to make (the words) is made for one CV in ten and shared by the
-- profiles that carry it.
SELECT setseed(0.5);
SET maintenance_work_mem = '256MB';

INSERT INTO workspace (name, subdomain) VALUES ('plans-large', 'plans-large'), ('plans-small', 'plans-small');

INSERT INTO source (workspace_id, key, name, default_consent)
SELECT w.id, w.name || '-' || n, 'Plans ' || n, CASE n WHEN 4 THEN 63 ELSE 0 END
  FROM workspace AS w, generate_series(1, 4) AS n
 WHERE w.name LIKE 'plans-%';

CREATE FUNCTION pg_temp.word(n int) RETURNS text LANGUAGE sql IMMUTABLE RETURN
    CASE n WHEN 11 THEN 'engineer' WHEN 37 THEN 'développeur' WHEN 90 THEN 'python' WHEN 400 THEN 'cobol'
           ELSE translate(left(md5(n::text), 3 + n % 7), '0123456789', 'aeioulnrst') END;

-- Few words are frequent and many are rare, as in any language. Different for each seed.
CREATE FUNCTION pg_temp.some_words(howmany int, seed int) RETURNS text LANGUAGE sql VOLATILE AS
$$ SELECT string_agg(pg_temp.word(floor(random() ^ 3 * 4000)::int), ' ') FROM generate_series(1, howmany + seed * 0) $$;

CREATE FUNCTION pg_temp.named(howmany int, seed int) RETURNS jsonb LANGUAGE sql VOLATILE AS
$$ SELECT jsonb_agg(jsonb_build_object('name', pg_temp.word(floor(random() ^ 3 * 600)::int), 'value', NULL))
     FROM generate_series(1, howmany + seed * 0) $$;

CREATE TEMP TABLE cv AS
SELECT n, text, experiences, educations, document, vitae_words_of_text(text) AS text_words,
       vitae_words_of_experiences(experiences) AS experience_words, vitae_words_of_educations(educations) AS education_words,
       vitae_names(document) AS names
  FROM (SELECT n,
               to_jsonb(pg_temp.some_words(60 + n % 120, n)) AS text,
               (SELECT jsonb_agg(jsonb_build_object(
                         'title', pg_temp.some_words(2, n), 'company', pg_temp.some_words(2, e),
                         'description', pg_temp.some_words(20, e), 'date_start', '2016-01-01', 'date_end', null))
                       FROM generate_series(1, 1 + n % 3) AS e) AS experiences,
               jsonb_build_array(jsonb_build_object(
                         'title', pg_temp.some_words(3, n), 'school', pg_temp.some_words(2, n),
                         'description', pg_temp.some_words(10, n))) AS educations,
               jsonb_build_object(
                 'skills', pg_temp.named(3 + n % 8, n), 'languages', pg_temp.named(1 + n % 3, n),
                 'interests', pg_temp.named(2, n), 'tags', pg_temp.named(1 + n % 2, n),
                 'labels', jsonb_build_array(jsonb_build_object('stage', (ARRAY['new', 'yes', 'later', 'no'])[1 + n % 4])),
                 'experiences_duration', n % 30, 'educations_duration', n % 9) AS document
          FROM generate_series(0, ${rows} / 10 - 1) AS n) AS made;

-- Indexes are made afterwards, at once.
CREATE TEMP TABLE remade AS
SELECT indexdef, indexname FROM pg_indexes
 WHERE tablename = 'profile' AND indexname NOT IN ('profile_key', 'profile_reference');
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT indexname FROM remade LOOP EXECUTE 'DROP INDEX ' || name; END LOOP;
END $$;

INSERT INTO profile (workspace_id, source_id, key, reference, document, text, experiences, educations, text_words,
                     summary_words, experience_words, education_words, names, version, created_at, updated_at, archived_at)
SELECT s.workspace_id, s.id, encode(sha256(i::text::bytea), 'hex'), 'ref-' || i,
       cv.document || jsonb_build_object(
           'info', jsonb_build_object(
               'full_name', initcap(pg_temp.word(i % 997)) || ' ' || initcap(pg_temp.word(i % 3989)),
               'email', 'p' || i || '@example.com', 'phone', '+33' || i,
               'summary', NULL,
               'location', jsonb_build_object('text', 'somewhere', 'lat', 42 + (i % 9001) / 1000.0, 'lng', -4 + (i % 12007) / 1000.0)),
           'consent_algorithmic', jsonb_build_object(
               'owner', jsonb_build_object('searching', i % 10 < 6, 'scoring', i % 2 = 0),
               'controller', jsonb_build_object('searching', i % 10 < 3, 'scoring', true))),
       cv.text, cv.experiences, cv.educations, cv.text_words, '', cv.experience_words, cv.education_words, cv.names, 1, created, created + make_interval(hours => i % 9973),
       CASE WHEN i % 20 = 1 THEN created + interval '1 day' END
  FROM (SELECT i, timestamptz '2023-01-01' + make_interval(mins => (i::bigint * 7919 % 1500007)::int) AS created,
               CASE WHEN i % 10 < 7 THEN 'plans-large' ELSE 'plans-small' END AS workspace,
               (ARRAY[1, 1, 1, 1, 2, 2, 2, 3, 3, 4])[1 + i / 10 % 10] AS n
          FROM generate_series(0, ${rows} - 1) AS i) AS p
  JOIN workspace AS w ON w.name = p.workspace
  JOIN source AS s ON s.workspace_id = w.id AND s.key = w.name || '-' || p.n
  JOIN cv ON cv.n = p.i % (${rows} / 10);

DO $$
DECLARE definition text;
BEGIN
    FOR definition IN SELECT indexdef FROM remade LOOP EXECUTE definition; END LOOP;
END $$;
