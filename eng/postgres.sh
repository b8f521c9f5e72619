# Sourced: start_postgres makes a throw-away PostgreSQL on loopback and sets COMITY_TEST_POSTGRES; stop_postgres ends it.
# fsync stays on: what the tests ask of a database is that it keeps its word.

start_postgres() {
  local bin run=()
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  if [ -z "$bin" ]; then
    echo "no PostgreSQL server here: its tests are skipped and say so"
    return 0
  fi
  postgres_dir=$(mktemp -d)
  if [ "$(id -u)" = 0 ]; then
    run=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
    chown postgres "$postgres_dir"
  fi
  postgres_ctl=("${run[@]}" "$bin/pg_ctl" -D "$postgres_dir/data")
  local port
  port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])' 2>/dev/null || echo $((20000 + RANDOM)))
  (
    cd /
    "${run[@]}" "$bin/initdb" -D "$postgres_dir/data" -U comity --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    "${postgres_ctl[@]}" -w -t 30 -l "$postgres_dir/log" -o "-h 127.0.0.1 -p $port -k $postgres_dir -c max_connections=300" start >/dev/null
  ) || {
    echo "PostgreSQL did not start: its tests are skipped and say so"
    return 0
  }
  export COMITY_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=comity;Database=postgres"
}

stop_postgres() {
  if [ -n "${postgres_dir:-}" ]; then
    (cd / && "${postgres_ctl[@]}" -m immediate stop >/dev/null 2>&1) || true
    rm -rf "$postgres_dir"
  fi
}
