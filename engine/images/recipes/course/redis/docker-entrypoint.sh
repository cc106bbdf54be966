#!/bin/sh
set -e

# Only options or a configuration: they are for the server.
case "$1" in
  -* | *.conf) set -- redis-server "$@" ;;
esac

if [ "$1" = redis-server ]; then
  # A network of containers is the guard here; without this only the container itself could connect.
  case " $* $(cat "$2" 2>/dev/null || true)" in
    *protected-mode*) ;;
    *) set -- "$@" --protected-mode no ;;
  esac
  if [ "$(id -u)" = 0 ]; then
    # A folder of the host's that is mounted here belongs to somebody else.
    find /data ! -user redis -exec chown redis:redis {} +
    # By its path: the shell would take busybox's own setpriv, which cannot change users.
    exec /usr/bin/setpriv --reuid redis --regid redis --clear-groups -- "$@"
  fi
fi

exec "$@"
