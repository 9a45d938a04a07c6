#!/bin/sh
# What calls between hosts and components cost: Virga's portable engine, without and with the launcher's
# flag for method handles, and wasmtime on the same components, in turns on this machine. Prints for each
# the CPU time of one operation in nanoseconds, median (lowest–highest), and the bytes that Virga allocates
# for it. CPU time, since the time that passes says more about what else the machine does.
# Needs Maven, awk and sort; for wasmtime a Rust toolchain (cargo), whose first build takes some minutes
# and much of the network. Without cargo that column stays empty.
#
#   bench/calls.sh [PATTERN]     only benchmarks whose names match, for example hostTo
#
# Environment: ROUNDS (3), WASMTIME=no to leave wasmtime out, CARGO_TARGET_DIR
set -eu
cd "$(dirname "$0")/.."
pattern=${1:-.*}
rounds=${ROUNDS:-3}
[ "${WASMTIME:-yes}" = no ] || command -v cargo > /dev/null || WASMTIME=no

mvn -q -Pbench -pl bench -am -DskipTests package
./virga --version > /dev/null
jdk=${JAVA_HOME:-}
[ ! -r .virga/jdk ] || read -r jdk < .virga/jdk
java=$jdk/bin/java
if [ "${WASMTIME:-yes}" != no ]; then
  export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/bench/wasmtime-calls/target}"
  cargo build -q --release --locked --manifest-path bench/wasmtime-calls/Cargo.toml
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
round() { # COLUMN OPTION…
  column=$1
  shift
  "$java" -jar bench/target/bench.jar "$column" "$work/samples" "$pattern" "$@" > "$work/log" 2>&1 ||
    { cat "$work/log" >&2; exit 1; }
}
i=0
while [ $i -lt "$rounds" ]; do
  i=$((i + 1))
  round virga
  round flag -jvmArgsAppend -Djava.lang.invoke.MethodHandle.CUSTOMIZE_THRESHOLD=-1
  [ "${WASMTIME:-yes}" = no ] ||
    "$CARGO_TARGET_DIR/release/wasmtime-calls" bench/src/main/resources/guests "$pattern" >> "$work/samples"
done

"$java" -version 2>&1 | sed -n 2p
[ "${WASMTIME:-yes}" = no ] || grep -A1 'name = "wasmtime"' bench/wasmtime-calls/Cargo.lock | sed -n 's/version = "\(.*\)"/wasmtime \1/p'
sort -t "$(printf '\t')" -k1,2 -k3,3g "$work/samples" | awk -F '\t' '
  function nanoseconds(v) { return v < 100 ? sprintf("%.1f", v) : sprintf("%.0f", v) }
  function finish() {
    if (n) cell[column, name] = nanoseconds(v[int((n + 1) / 2)]) " (" nanoseconds(v[1]) "–" nanoseconds(v[n]) ")"
    n = 0
  }
  $1 != column || $2 != name { finish(); column = $1; name = $2; if (!(name in seen)) { seen[name]; names[++count] = name } }
  { v[++n] = $3; if (column == "virga") bytes[name] = $5 }
  END {
    finish()
    print "| CPU ns an operation | virga | with CUSTOMIZE_THRESHOLD=-1 | wasmtime | bytes |\n|---|--:|--:|--:|--:|"
    for (i = 1; i <= count; i++) {
      name = names[i]
      printf "| %s | %s | %s | %s | %.0f |\n", name, cell["virga", name], cell["flag", name], cell["wasmtime", name], bytes[name]
    }
  }'
