#!/bin/sh
# Measures what stands in the README's table, writes the reports to bench/last, and renews the table between the
# README's two marks, if they are there. Takes about an hour with the defaults. wasmtime is measured beside it where
# it is on the PATH. Needs Maven; for calls over NATS nats-server.
#
#   bench/all.sh [FLAG…]     more flags for `virga bench`, for example --quick
set -eu
cd "$(dirname "$0")/.."
mkdir -p bench/last
./virga --version
measure() { # SHAPE GROUPS FLAG…
  shape=$1 groups=$2
  shift 2
  if [ "$shape" != queue ] && command -v wasmtime > /dev/null; then
    set -- --against 'wasmtime serve -S cli --addr {addr} {file}' "$@"
  fi
  ./virga bench --shape "$shape" --measure "$groups" --output json --html "bench/last/$shape.html" "$@" \
    > "bench/last/$shape.tmp"
  mv "bench/last/$shape.tmp" "bench/last/$shape.json"
}
measure http size,startup,latency,memory,neighbours,transport "$@"
for shape in policy queue edge; do
  measure $shape size,startup,latency,memory "$@"
done
./virga bench table bench/last/http.json bench/last/policy.json bench/last/queue.json bench/last/edge.json > bench/last/table.md
cat bench/last/table.md
if grep -q '^<!-- bench: begin -->$' README.md; then
  awk '
    $0 == "<!-- bench: end -->" { skip = 0 }
    !skip { print }
    $0 == "<!-- bench: begin -->" { skip = 1; while ((getline line < "bench/last/table.md") > 0) print line }
  ' README.md > bench/last/README.md
  cat bench/last/README.md > README.md
  rm bench/last/README.md
fi
