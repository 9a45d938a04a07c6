#!/bin/sh
# Compares `virga run` with another command that runs the same component: in turns on this machine,
# first without code compiled before, then with it. Prints seconds: median, lowest, highest.
# Needs GNU date, sort and awk, and for the default wasmtime on the PATH.
#
#   bench/run.sh [FILE [OTHER COMMAND…]]     the other command's {file} is filled in
#
# Environment: ROUNDS (9)
set -eu
cd "$(dirname "$0")/.."
file=${1:-examples/hello-cli/hello.wasm}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- wasmtime run {file}
other=$(printf '%s ' "$@" | sed "s|{file}|$file|")
rounds=${ROUNDS:-9}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME="$work/cache"

./virga --version
sh -c "${other%% *} --version" || true

measure() { # NAME COMMAND: adds the seconds that the command took to the file of this name
  from=$(date +%s%N)
  sh -c "$2" > "$work/out" 2>&1 < /dev/null || { cat "$work/out" >&2; exit 1; }
  echo "$from $(date +%s%N)" | awk '{ printf "%.3f\n", ($2 - $1) / 1e9 }' >> "$work/$1"
}

report() {
  sort -n "$work/$1" | awk -v name="$1" '
    { t[NR] = $1 }
    END { m = NR % 2 ? t[(NR + 1) / 2] : (t[NR / 2] + t[NR / 2 + 1]) / 2
          printf "%-14s median %.3f  min %.3f  max %.3f  of %d\n", name, m, t[1], t[NR], NR }'
}

virga="exec ./virga run $file"
i=0
while [ $i -lt "$rounds" ]; do
  i=$((i + 1))
  rm -rf "$XDG_CACHE_HOME"
  measure virga-empty "$virga"
  rm -rf "$XDG_CACHE_HOME"
  measure other-empty "exec $other"
done
sh -c "$virga" > /dev/null 2>&1 < /dev/null
i=0
while [ $i -lt "$rounds" ]; do
  i=$((i + 1))
  measure virga-cached "$virga"
  measure other-again "exec $other"
done
echo "seconds for $file, start to exit"
for name in virga-empty other-empty virga-cached other-again; do
  report $name
done
