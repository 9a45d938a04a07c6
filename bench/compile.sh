#!/bin/sh
# How fast one of Virga's engines compiles, and wasmtime: the same core modules or components (all their core
# modules), in turns on this machine, with no cache and with the compiler warm. Prints for each file the rounds'
# medians in ms, median (lowest–highest), and the ratio of both of the same round: of the time that passes, which
# wasmtime shortens with a thread on each core, and of the CPU time of all threads.
# Needs what kernels.sh needs, and npm and node for a component in JavaScript, made once.
#
#   bench/compile.sh [FILE…]     instead of a Rust component, SQLite, and the component in JavaScript
#
# Environment: ENGINE (portable), ROUNDS (3), WARMUP (1 time), TIMES (3), VIRGA_JAVA_OPTS, CARGO_TARGET_DIR
set -eu
cd "$(dirname "$0")/.."
engine=${ENGINE:-portable} rounds=${ROUNDS:-3} warmup=${WARMUP:-1} times=${TIMES:-3}
. bench/beside-wasmtime.sh

if [ $# -eq 0 ]; then
  js=bench/target/js
  if [ ! -e $js/javascript.wasm ]; then
    mkdir -p $js
    npm install --silent --no-audit --no-fund --prefix $js @bytecodealliance/componentize-js@0.23.0
    (cd bench/js && ../../$js/node_modules/.bin/componentize-js --wit greet.wit -o ../../$js/javascript.wasm greet.js)
  fi
  gzip -dc bench/kernels/sqlite.wasm.gz > "$work/sqlite.wasm"
  set -- examples/hello-cli/hello.wasm "$work/sqlite.wasm" $js/javascript.wasm
fi
for file; do
  i=0
  while [ $i -lt "$rounds" ]; do
    i=$((i + 1))
    virga compile "$warmup" "$times" "$file" >> "$work/samples"
    wasmtime compile "$warmup" "$times" "$file" >> "$work/samples"
  done
done

versions
echo "compiling, $rounds rounds of $times times after $warmup to warm up"
awk -F '\t' "$statistics"'
  $1 == "virga" {
    if (!(($2, "n") in virga)) names[++count] = $2
    bytes[$2] = $3; add(virga, $2, $4); add(virgaCpu, $2, $7); last = $4; lastCpu = $7
  }
  $1 == "wasmtime" {
    add(wasmtime, $2, $4); add(wasmtimeCpu, $2, $7); add(ratio, $2, last / $4); add(ratioCpu, $2, lastCpu / $7)
  }
  END {
    print "| ms | bytes | virga | wasmtime | ratio | CPU: virga | wasmtime | ratio |\n|---|--:|--:|--:|--:|--:|--:|--:|"
    for (i = 1; i <= count; i++) {
      name = names[i]
      printf "| %s | %d | %s | %s | %s | %s | %s | %s |\n", name, bytes[name], spread(virga, name, "%.0f"),
        spread(wasmtime, name, "%.0f"), spread(ratio, name, "%.2f"), spread(virgaCpu, name, "%.0f"),
        spread(wasmtimeCpu, name, "%.0f"), spread(ratioCpu, name, "%.2f")
    }
  }' "$work/samples"
