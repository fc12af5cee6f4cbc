#!/usr/bin/env bash
# Puts a backup back into an empty database: restore.sh FILE
# The database is named as for backup.sh. One that holds an exchange already is refused and left as it is.
set -euo pipefail

if [[ $# != 1 || -z ${PGDATABASE:-} ]]; then
  echo "usage: PGDATABASE=exchange [PGHOST=... PGPORT=... PGUSER=...] $0 FILE" >&2
  exit 2
fi

there=$(psql --no-psqlrc --tuples-only --no-align --command "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'exchange\\_%'")
if [[ $there != 0 ]]; then
  echo "Database '$PGDATABASE' holds an exchange already. Restore into an empty one." >&2
  exit 1
fi

pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$PGDATABASE" "$1"
psql --no-psqlrc --quiet --command "ANALYZE"
echo "Restored into '$PGDATABASE'. Check it before it is used: Exchange.Silo audit --postgres CONNECTION"
