#!/bin/sh
# Makes a database cluster on the first start, then becomes the server.
set -e

say() { echo "postgres: $*"; }

# A setting can also come from a file, as secrets do: NAME_FILE holds the file's path.
setting_from_file() {
  eval "value=\${$1:-} path=\${$1_FILE:-}"
  if [ -n "$value" ] && [ -n "$path" ]; then
    say "$1 and $1_FILE are both set; give only one of them." >&2
    exit 1
  fi
  [ -z "$path" ] || export "$1=$(cat "$path")"
}

require_password() {
  [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ] || return 0
  cat >&2 <<'END'
Error: the database is new and its superuser has no password yet.
  Give one with -e POSTGRES_PASSWORD=..., or name a file that holds it with POSTGRES_PASSWORD_FILE.
  To let everybody connect without a password, which fits nothing but a quick try,
  set POSTGRES_HOST_AUTH_METHOD=trust.
END
  exit 1
}

make_cluster() {
  say 'No database here yet: making one'
  set -- --username="$POSTGRES_USER" --encoding=UTF8 --auth=trust
  if [ -n "$POSTGRES_PASSWORD" ]; then
    (umask 077 && printf '%s\n' "$POSTGRES_PASSWORD" > /tmp/password)
    set -- "$@" --pwfile=/tmp/password
  fi
  initdb "$@" > /tmp/initdb.log 2>&1 || { cat /tmp/initdb.log >&2; exit 1; }
  rm -f /tmp/password /tmp/initdb.log
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
  printf "\nlisten_addresses = '*'\n" >> "$PGDATA/postgresql.conf"
}

run_script() {
  case "$1" in
    *.sh) say "running $1"; if [ -x "$1" ]; then "$1"; else . "$1"; fi ;;
    *.sql) say "running $1"; query -f "$1" ;;
    *.sql.gz) say "running $1"; gunzip -c "$1" | query ;;
    *) say "leaving $1 alone: neither .sql nor .sh" ;;
  esac
}

query() { psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc --dbname "$POSTGRES_DB" "$@"; }

has_scripts() { [ -n "$(ls /docker-entrypoint-initdb.d/)" ]; }

# Only over the socket: nobody outside shall find the database half made.
fill_cluster() {
  [ "$POSTGRES_DB" != postgres ] || has_scripts || return 0
  pg_ctl --silent --wait -o "-c listen_addresses=''" start
  if [ "$POSTGRES_DB" != postgres ]; then
    POSTGRES_DB=postgres query --quiet -v name="$POSTGRES_DB" <<'END'
CREATE DATABASE :"name";
END
  fi
  for script in /docker-entrypoint-initdb.d/*; do
    [ ! -e "$script" ] || run_script "$script"
  done
  pg_ctl --silent --wait --mode=fast stop
}

case "${1:-}" in
  -*) set -- postgres "$@" ;;
esac

case " $* " in
  *' --version '* | *' -V '* | *' --help '* | *' -? '*) exec "$@" ;;
esac

if [ "${1:-}" = postgres ]; then
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA"
    # A folder of the host's that is mounted here belongs to somebody else.
    find "$PGDATA" ! -user postgres -exec chown postgres:postgres {} +
    chmod 700 "$PGDATA"
    # By its path: the shell would take busybox's own setpriv, which cannot change users.
    exec /usr/bin/setpriv --reuid postgres --regid postgres --clear-groups -- "$0" "$@"
  fi
  if [ ! -s "$PGDATA/PG_VERSION" ]; then
    setting_from_file POSTGRES_PASSWORD
    setting_from_file POSTGRES_USER
    setting_from_file POSTGRES_DB
    export POSTGRES_USER="${POSTGRES_USER:-postgres}"
    export POSTGRES_DB="${POSTGRES_DB:-$POSTGRES_USER}"
    require_password
    make_cluster
    fill_cluster
    say 'The database is made, and ready to start'
  else
    say 'A database is here already: nothing to make'
  fi
fi

exec "$@"
