-- An e-mail address is found in any case of the letters A to Z, and of no others. The lower case of the database's
-- collation took the sign of the kelvin for a k and the dotted capital I for an i: one person's address then found
-- another's profile. And it depends on the collation which letters it takes for which.
ALTER TABLE profile DROP COLUMN email;
ALTER TABLE profile ADD COLUMN email text COLLATE "C"
    GENERATED ALWAYS AS (lower((document #>> '{info,email}') COLLATE "C")) STORED;
CREATE INDEX profile_email ON profile (workspace_id, source_id, email) WHERE email IS NOT NULL;
