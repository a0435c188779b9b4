#!/bin/sh
# The role that the migration grants rights to, and the service's login in it; the owner made itself.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set login="$VITAE_USERNAME" --set password="$VITAE_PASSWORD" <<'SQL'
CREATE ROLE vitae_service NOLOGIN;
CREATE ROLE :"login" LOGIN PASSWORD :'password' IN ROLE vitae_service;
SQL
