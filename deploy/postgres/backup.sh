#!/usr/bin/env bash
# Writes a backup of a running exchange's PostgreSQL database: backup.sh FILE
# The database is named by libpq's environment: PGHOST, PGPORT, PGUSER, PGPASSWORD or a password file, PGDATABASE.
# The backup is the exchange of one moment. The read model is left out: it is built from the journal again.
set -euo pipefail

if [[ $# != 1 || -z ${PGDATABASE:-} ]]; then
  echo "usage: PGDATABASE=exchange [PGHOST=... PGPORT=... PGUSER=...] $0 FILE" >&2
  exit 2
fi

file=$1
trap 'rm -f "$file.part"' EXIT
umask 077
pg_dump --format=custom --no-owner --no-privileges --schema=exchange_journal --schema=exchange_state --file="$file.part"
pg_restore --list "$file.part" | grep -q "TABLE DATA exchange_journal entries" || {
  echo "There is no exchange in database '$PGDATABASE'." >&2
  exit 1
}
mv "$file.part" "$file"
echo "$file: $(stat -c %s "$file" 2>/dev/null || stat -f %z "$file") bytes"
