#!/bin/sh
# Whether the load generator of `virga bench` sees what wrk sees: both ask the same server as fast as it answers, in
# turns. wrk is written in C and takes less of the processors; what the server has less of, the figures show.
# Needs Maven, wrk and curl.
#
#   bench/generator.sh [FILE]
#
# Environment: ROUNDS (5), SECONDS_EACH (5), CONNECTIONS (32), WARMUP (10 s)
set -eu
cd "$(dirname "$0")/.."
file=${1:-examples/http-api/api.wasm}
connections=${CONNECTIONS:-32} each=${SECONDS_EACH:-5}
. bench/host-java.sh
./virga serve --addr 127.0.0.1:18191 "$file" > /dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
until curl -sf -o /dev/null http://127.0.0.1:18191/; do
  kill -0 $server || exit 1
  sleep 0.1
done
with_wrk() {
  wrk -t1 -c"$connections" -d"$1"s --latency http://127.0.0.1:18191/ | awk '
    /^ *50%/ { p50 = $2 } /^ *99%/ { p99 = $2 } /Requests\/sec/ { rps = $2 }
    /Non-2xx|Socket errors/ { bad = " (" $0 ")" }
    END { print rps, p50, p99 bad }'
}
with_wrk "${WARMUP:-10}" > /dev/null
echo "answers/s, p50, p99 with $connections connections, $each s a run"
i=0
while [ $i -lt "${ROUNDS:-5}" ]; do
  i=$((i + 1))
  echo "wrk    $(with_wrk "$each")"
  echo "virga  $(run Load 18191 "$each" "$connections")"
done
