-- Whoever is not the owner of the tables sees one workspace, the one that the session names in vitae.workspace, or
-- nothing: a report or a support query that forgets the workspace comes back empty.
-- The service's own role is excepted (adr/0005): its statements name the workspace themselves, and row security would
-- keep them from the indexes of keywords and names.
ALTER TABLE profile ENABLE ROW LEVEL SECURITY;
ALTER TABLE source ENABLE ROW LEVEL SECURITY;
CREATE POLICY profile_of_workspace ON profile
    USING (workspace_id = nullif(current_setting('vitae.workspace', true), '')::bigint);
CREATE POLICY source_of_workspace ON source
    USING (workspace_id = nullif(current_setting('vitae.workspace', true), '')::bigint);

-- The rights of a service that does not own the tables: make its login a member of this role. Where the migration may not
-- create roles, somebody who may creates vitae_service first, or the service connects as the owner.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'vitae_service') THEN
        CREATE ROLE vitae_service NOLOGIN;
    END IF;
EXCEPTION
    WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
        RAISE NOTICE 'vitae_service was not created';
END $$;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vitae_service') THEN
        CREATE POLICY profile_of_service ON profile TO vitae_service USING (true);
        CREATE POLICY source_of_service ON source TO vitae_service USING (true);
        GRANT SELECT, INSERT, UPDATE ON workspace, api_key, source, profile TO vitae_service;
        GRANT SELECT ON flyway_schema_history TO vitae_service;
    END IF;
END $$;
