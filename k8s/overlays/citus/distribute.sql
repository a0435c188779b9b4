-- Spreads the tables over the nodes of a Citus cluster, once, after the first migration and as the owner of the tables.
-- Later migrations reach the nodes by themselves, but for the tables that they add: run it after each. Those up to V9 have to
-- come before it: a table that is spread already refuses some of their changes to columns. Running it again
-- changes nothing.
\set ON_ERROR_STOP on

-- The migration may still be running: a script that finds no table fails, and the Job tries again.
SELECT 'profile'::regclass, 'idempotency'::regclass;

CREATE EXTENSION IF NOT EXISTS citus;

-- Small, read by every request through the cache, written by administrators only: a copy on every node.
SELECT create_reference_table(name::regclass)
  FROM unnest(ARRAY['workspace', 'api_key']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = name::regclass);

-- A local table may not refer to a distributed one: the constraint comes back when both lie together.
SELECT 'ALTER TABLE idempotency DROP CONSTRAINT idempotency_profile'
 WHERE EXISTS (SELECT FROM pg_constraint WHERE conname = 'idempotency_profile')
   AND NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'idempotency'::regclass)
\gexec

-- A workspace's sources, profiles and remembered answers lie together, and every statement of the service names the
-- workspace.
SELECT create_distributed_table('source', 'workspace_id')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'source'::regclass);

-- Nobody takes the words of new rows into the indexes of the nodes beside the writes (adr/0025): short lists there.
ALTER INDEX profile_words RESET (gin_pending_list_limit);
ALTER INDEX profile_name RESET (gin_pending_list_limit);

SELECT create_distributed_table('profile', 'workspace_id', colocate_with => 'source')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'profile'::regclass);

SELECT create_distributed_table('idempotency', 'workspace_id', colocate_with => 'source')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'idempotency'::regclass);

SELECT 'ALTER TABLE idempotency ADD CONSTRAINT idempotency_profile'
       ' FOREIGN KEY (workspace_id, source_id, profile_key) REFERENCES profile ON DELETE CASCADE'
 WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'idempotency_profile')
\gexec
