-- Tenants. Everything below belongs to one of them, and every query of the request path names it.
CREATE TABLE workspace (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL UNIQUE CHECK (name <> ''),
    subdomain  text        NOT NULL CHECK (subdomain <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- API keys. Only the SHA-256 digest of a secret is kept: 128 random bits need no slow hash.
CREATE TABLE api_key (
    secret_sha256 bytea       PRIMARY KEY CHECK (octet_length(secret_sha256) = 32),
    workspace_id  bigint      NOT NULL REFERENCES workspace,
    permission    text        NOT NULL CHECK (permission IN ('all', 'read', 'write')),
    created_at    timestamptz NOT NULL DEFAULT now(),
    revoked_at    timestamptz
);
CREATE INDEX api_key_by_workspace ON api_key (workspace_id);

-- Sources: the named drawers of a workspace that profiles lie in.
CREATE TABLE source (
    workspace_id bigint      NOT NULL REFERENCES workspace,
    id           bigint      GENERATED ALWAYS AS IDENTITY,
    key          text        COLLATE "C" NOT NULL CHECK (key <> ''),
    name         text        NOT NULL,
    type         text        NOT NULL DEFAULT 'api',
    subtype      text        NOT NULL DEFAULT 'http_api',
    environment  text        NOT NULL DEFAULT 'production',
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, key)
);

-- Profiles: the document, the little that is not in it, and what PostgreSQL itself derives from it. A derived column
-- cannot disagree with the document, whoever writes it.
-- There is no foreign key to source: sources are never deleted, and the key-share locks of concurrent inserts on one
-- source row would meet in multixacts.
CREATE TABLE profile (
    workspace_id bigint      NOT NULL,
    source_id    bigint      NOT NULL,
    key          text        COLLATE "C" NOT NULL,
    reference    text        COLLATE "C",
    id           bigint      GENERATED ALWAYS AS IDENTITY,
    document     jsonb       NOT NULL CHECK (jsonb_typeof(document) = 'object'),
    -- 1 on creation, one more with every change: the entity tag.
    version      bigint      NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    -- The address in X-USER-EMAIL of the last change: the audit trail.
    updated_by   text,
    archived_at  timestamptz,
    email        text        COLLATE "C" GENERATED ALWAYS AS (lower(document #>> '{info,email}')) STORED,
    full_name    text        GENERATED ALWAYS AS (document #>> '{info,full_name}') STORED,
    latitude     float8      GENERATED ALWAYS AS ((document #>> '{info,location,lat}')::float8) STORED,
    longitude    float8      GENERATED ALWAYS AS ((document #>> '{info,location,lng}')::float8) STORED,
    -- One bit for each purpose that owner AND controller consent to; null when neither ever stated a consent.
    -- 1 parsing, 2 revealing, 4 embedding, 8 searching, 16 scoring, 32 reasoning.
    consent      smallint    GENERATED ALWAYS AS (CASE WHEN document ? 'consent_algorithmic' THEN (
            (document @> '{"consent_algorithmic":{"owner":{"parsing":true},"controller":{"parsing":true}}}')::int
          + (document @> '{"consent_algorithmic":{"owner":{"revealing":true},"controller":{"revealing":true}}}')::int * 2
          + (document @> '{"consent_algorithmic":{"owner":{"embedding":true},"controller":{"embedding":true}}}')::int * 4
          + (document @> '{"consent_algorithmic":{"owner":{"searching":true},"controller":{"searching":true}}}')::int * 8
          + (document @> '{"consent_algorithmic":{"owner":{"scoring":true},"controller":{"scoring":true}}}')::int * 16
          + (document @> '{"consent_algorithmic":{"owner":{"reasoning":true},"controller":{"reasoning":true}}}')::int * 32
        )::smallint END) STORED,
    CONSTRAINT profile_key PRIMARY KEY (workspace_id, source_id, key),
    CONSTRAINT profile_reference UNIQUE (workspace_id, source_id, reference)
);
CREATE INDEX profile_email ON profile (workspace_id, source_id, email) WHERE email IS NOT NULL;

-- lz4 makes a write about half again as fast as pglz; not every build of the server has it.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE profile ALTER COLUMN document SET COMPRESSION lz4;
    END IF;
END $$;
