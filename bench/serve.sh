#!/bin/sh
# Compares `virga serve` with another server of the same component: both run in turns on this
# machine, each with the same load. Needs wrk and curl, and for the default wasmtime on the PATH.
#
#   bench/serve.sh [FILE [OTHER COMMAND…]]     the other command's {addr} and {file} are filled in
#
# Environment: ROUNDS (5), SECONDS_EACH (5), CONNECTIONS (32), WARMUP (10 s, each server, once)
set -eu
cd "$(dirname "$0")/.."
file=${1:-examples/http-api/api.wasm}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- wasmtime serve -S cli --addr {addr} {file}
other=$(printf '%s ' "$@" | sed "s|{addr}|127.0.0.1:18192|; s|{file}|$file|")
rounds=${ROUNDS:-5} each=${SECONDS_EACH:-5} connections=${CONNECTIONS:-32} warmup=${WARMUP:-10}

./virga --version
sh -c "${other%% *} --version" || true
./virga serve --addr 127.0.0.1:18191 "$file" >/dev/null 2>&1 &
virga=$!
sh -c "exec $other" >/dev/null 2>&1 &
peer=$!
trap 'kill $virga $peer 2>/dev/null || true' EXIT

load() { # PORT SECONDS -> "rps p50 p99"
  wrk -t1 -c"$connections" -d"$2"s --latency "http://127.0.0.1:$1/" | awk '
    /^ *50%/ { p50 = $2 } /^ *99%/ { p99 = $2 }
    /Requests\/sec/ { rps = $2 } /Non-2xx|Socket errors/ { bad = " (" $0 ")" }
    END { print rps, p50, p99 bad }'
}
for port in 18191 18192; do
  tries=0
  until curl -sf -o /dev/null "http://127.0.0.1:$port/"; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || { echo "no server on port $port" >&2; exit 1; }
    sleep 0.1
  done
  load $port "$warmup" >/dev/null
done
echo "requests/s, p50, p99 with $connections connections, $each s a run"
i=0
while [ $i -lt "$rounds" ]; do
  i=$((i + 1))
  echo "virga  $(load 18191 "$each")"
  echo "other  $(load 18192 "$each")"
done
