#!/bin/sh
# Creates the two databases of a Temporal server in PostgreSQL and updates their tables. Idempotent.
# Needs POSTGRES_SEEDS (host), POSTGRES_USER and SQL_PASSWORD; run in the image temporalio/admin-tools.
set -eu
: "${POSTGRES_SEEDS:?is not set: the host of PostgreSQL}"
: "${POSTGRES_USER:?is not set}"
: "${SQL_PASSWORD:?is not set}"
SCHEMAS=${SCHEMAS:-/etc/temporal/schema/postgresql/v12}

for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  sql_tool() {
    temporal-sql-tool --plugin postgres12 --endpoint "$POSTGRES_SEEDS" --port "${DB_PORT:-5432}" \
      --user "$POSTGRES_USER" --database "$database" "$@"
  }
  sql_tool create-database
  sql_tool setup-schema --version 0.0
  sql_tool update-schema --schema-dir "$SCHEMAS/${pair##*:}/versioned"
done
echo 'The databases of Temporal are up to date.'
