#!/bin/sh
# What a bad tenant does to a good one's latency: hello-world at a steady 200 requests a second, alone and beside
# guests that loop, fill memory, allocate, flood logs, open sockets or list 100,000 keys, in turns. Prints both, and the
# ratio of p99. Needs Maven.
#
#   bench/neighbours.sh [ATTACK]     only attacks whose name has this in it
#
# Environment: ROUNDS (3), SECONDS_EACH (10)
set -eu
cd "$(dirname "$0")/.."
. bench/host-java.sh
run Neighbours "${SECONDS_EACH:-10}" "${ROUNDS:-3}" "$work" examples/http-api/api.wasm \
  host/src/test/guests/hostile.wasm "${1:-}" host/src/test/guests/keys.wasm
