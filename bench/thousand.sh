#!/bin/sh
# Many workloads on one host: how long it takes to apply them, what each takes of the heap and of other memory, the
# first request to each of them, and what is left after they are deleted and applied again. Needs Maven.
#
#   bench/thousand.sh [COMPONENT…]     in turn; by default one example
#
# Environment: COUNT (1000), ROUNDS (1)
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- examples/http-api/api.wasm
. bench/host-java.sh
run Thousand "${COUNT:-1000}" "$work" "${ROUNDS:-1}" "$@"
