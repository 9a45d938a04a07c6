#!/bin/sh
# Requests per second of a component as a workload on the host, beside `virga serve` with the same component on the
# same engine: in turns, each with the same load. Needs Maven, wrk and curl.
#
#   bench/host.sh [FILE]
#
# Environment: ROUNDS (5), SECONDS_EACH (5), CONNECTIONS (32), WARMUP (10)
set -eu
cd "$(dirname "$0")/.."
file=${1:-examples/http-api/api.wasm}
. bench/host-java.sh
run Serve 18192 "$work" "$file" > /dev/null 2>&1 &
host=$!
"$jdk/bin/java" -Xms1g -Xmx1g -XX:+AlwaysPreTouch -Djava.lang.invoke.MethodHandle.CUSTOMIZE_THRESHOLD=-1 \
  -jar cli/target/virga.jar serve --addr 127.0.0.1:18191 "$file" > /dev/null 2>&1 &
serve=$!
trap 'kill $serve $(ps -o pid= --ppid $host) $host 2>/dev/null || true; rm -rf "$work"' EXIT

load() { # PORT SECONDS -> "rps p50 p99"
  wrk -t1 -c"${CONNECTIONS:-32}" -d"$2"s --latency "http://127.0.0.1:$1/" | awk '
    /^ *50%/ { p50 = $2 } /^ *99%/ { p99 = $2 }
    /Requests\/sec/ { rps = $2 } /Non-2xx|Socket errors/ { bad = " (" $0 ")" }
    END { print rps, p50, p99 bad }'
}
for port in 18191 18192; do
  until curl -sf -o /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
  load $port "${WARMUP:-10}" > /dev/null
done
echo "requests/s, p50, p99"
i=0
while [ $i -lt "${ROUNDS:-5}" ]; do
  i=$((i + 1))
  echo "serve  $(load 18191 "${SECONDS_EACH:-5}")"
  echo "host   $(load 18192 "${SECONDS_EACH:-5}")"
done
