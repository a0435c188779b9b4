-- Spreads the tables over the nodes of a Citus cluster, once, after the first migration and as the owner of the tables.
-- Later migrations reach the nodes by themselves. Running it again changes nothing.
\set ON_ERROR_STOP on

-- The migration may still be running: a script that finds no table fails, and the Job tries again.
SELECT 'profile'::regclass;

CREATE EXTENSION IF NOT EXISTS citus;

-- Small, read by every request through the cache, written by administrators only: a copy on every node.
SELECT create_reference_table(name::regclass)
  FROM unnest(ARRAY['workspace', 'api_key']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = name::regclass);

-- A workspace's sources and profiles lie together, and every statement of the service names the workspace.
SELECT create_distributed_table('source', 'workspace_id')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'source'::regclass);

SELECT create_distributed_table('profile', 'workspace_id', colocate_with => 'source')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'profile'::regclass);
