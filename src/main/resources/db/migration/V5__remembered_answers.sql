-- The answers of writes with an Idempotency-Key, for those who ask again (adr/0021). Of key and request there are only
-- digests; the answer holds a profile.
CREATE TABLE idempotency (
    workspace_id   bigint      NOT NULL,
    key_sha256     bytea       NOT NULL CHECK (octet_length(key_sha256) = 32),
    request_sha256 bytea       NOT NULL CHECK (octet_length(request_sha256) = 32),
    created_at     timestamptz NOT NULL,
    -- Null only inside the transaction that is about to write them.
    source_id      bigint,
    profile_key    text        COLLATE "C",
    status         smallint,
    version        bigint,
    answer         bytea,
    CONSTRAINT idempotency_key PRIMARY KEY (workspace_id, key_sha256)
);
-- For whoever removes what is too old, whichever workspace it is of.
CREATE INDEX idempotency_created ON idempotency (created_at);

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE idempotency ALTER COLUMN answer SET COMPRESSION lz4;
    END IF;
END $$;

-- Whoever deletes a profile deletes the answers that show it. On Citus a local table may not refer to a distributed one:
-- k8s/overlays/citus/distribute.sql adds the constraint once both lie together.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        ALTER TABLE idempotency ADD CONSTRAINT idempotency_profile
            FOREIGN KEY (workspace_id, source_id, profile_key) REFERENCES profile ON DELETE CASCADE;
    END IF;
END $$;

ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
CREATE POLICY idempotency_of_workspace ON idempotency
    USING (workspace_id = nullif(current_setting('vitae.workspace', true), '')::bigint);

-- The one table that the service may delete from.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vitae_service') THEN
        CREATE POLICY idempotency_of_service ON idempotency TO vitae_service USING (true);
        GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency TO vitae_service;
    END IF;
END $$;
