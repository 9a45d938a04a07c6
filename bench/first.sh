#!/bin/sh
# How long a component takes from its manifest to its first answer: its compiled code is on disk, the JVM is warm, and
# nothing of the component is in memory. By default a component in JavaScript of 12.8 MB.
# Needs Maven, and npm and node for a component in JavaScript, made once.
#
#   bench/first.sh [COMPONENT]     one that answers GET / with status 200
#
# Environment: WARMUP (20 times), TIMES (50)
set -eu
cd "$(dirname "$0")/.."
. bench/host-java.sh
if [ $# -eq 0 ]; then
  js=bench/target/js-http
  if [ ! -e $js/js-http.wasm ]; then
    rm -rf $js
    ./virga new -C bench/target js-http
    npm install --silent --no-audit --no-fund --prefix $js
    ./virga build -C $js
  fi
  set -- $js/js-http.wasm
fi
cat /proc/loadavg
run First "${WARMUP:-20}" "${TIMES:-50}" "$work" "$1"
