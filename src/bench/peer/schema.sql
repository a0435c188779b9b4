-- The peer's own table, with the same documents. It has no search words, which spares it much of what a write costs
-- the service.
CREATE TABLE peer_profile (
    source_id   bigint      NOT NULL,
    key         text        COLLATE "C" NOT NULL,
    reference   text        COLLATE "C",
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    document    jsonb       COMPRESSION lz4 NOT NULL,
    version     bigint      NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    archived_at timestamptz,
    email       text        COLLATE "C" GENERATED ALWAYS AS (lower((document #>> '{info,email}') COLLATE "C")) STORED,
    name        text        GENERATED ALWAYS AS (document #>> '{info,full_name}') STORED,
    consent     smallint    GENERATED ALWAYS AS (CASE WHEN document ? 'consent_algorithmic' THEN (
            (document @> '{"consent_algorithmic":{"owner":{"parsing":true},"controller":{"parsing":true}}}')::int
          + (document @> '{"consent_algorithmic":{"owner":{"revealing":true},"controller":{"revealing":true}}}')::int * 2
          + (document @> '{"consent_algorithmic":{"owner":{"embedding":true},"controller":{"embedding":true}}}')::int * 4
          + (document @> '{"consent_algorithmic":{"owner":{"searching":true},"controller":{"searching":true}}}')::int * 8
          + (document @> '{"consent_algorithmic":{"owner":{"scoring":true},"controller":{"scoring":true}}}')::int * 16
          + (document @> '{"consent_algorithmic":{"owner":{"reasoning":true},"controller":{"reasoning":true}}}')::int * 32
        )::smallint END) STORED,
    PRIMARY KEY (source_id, key),
    UNIQUE (source_id, reference)
) WITH (fillfactor = 70);
INSERT INTO peer_profile (source_id, key, reference, document, created_at, updated_at)
SELECT source_id, key, reference, vitae_document_text(document, text, experiences, educations)::jsonb, created_at,
       updated_at
  FROM profile;
CREATE INDEX ON peer_profile (source_id, email) WHERE email IS NOT NULL;
