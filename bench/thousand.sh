#!/bin/sh
# Many workloads on one host: how long it takes to apply them, what each takes of the heap and of other memory, the
# first request to each of them, and what is left after they are deleted and applied again. Needs Maven.
#
#   bench/thousand.sh [COMPONENT…]     in turn; by default one example
#   bench/thousand.sh --different      as many different ones, made of that example: first with other data and the same
#                                      code, then with other code. All are compiled before, which takes many minutes of
#                                      the first run; bench/target/thousand keeps the code for the next one.
#
# Environment: COUNT (1000), ROUNDS (1)
set -eu
cd "$(dirname "$0")/.."
count=${COUNT:-1000} rounds=${ROUNDS:-1}
. bench/host-java.sh
if [ "${1:-}" != --different ]; then
  [ $# -gt 0 ] || set -- examples/http-api/api.wasm
  run Thousand "$count" "$work" "$rounds" "" $# "$@"
  exit
fi
cache=bench/target/thousand
for kind in data code; do
  echo "$count different components, each with $kind of its own:"
  run Variants $kind $((count + 1)) "$work/$kind" $cache examples/http-api/api.wasm
  run Thousand "$count" "$work/host-$kind" "$rounds" $cache 1 "$work/$kind"/*.wasm
done
