#!/bin/sh
# How fast compiled guests run: one of Virga's engines and wasmtime with its default settings, on the same core
# modules, in turns on this machine. Each round starts both anew for each kernel, compiles, makes some calls to
# warm up, and takes the median of the calls after them. Prints for each kernel the rounds' medians of CPU time in
# ms, median (lowest–highest), the ratio of both of the same round likewise, and the geometric mean of the ratios.
# Ends with an error where the checksums of both differ.
# Needs Maven, awk and gzip, and a Rust toolchain (cargo), whose first build of wasmtime takes some minutes and
# much of the network. The kernels are built: kernels/build.sh.
#
#   bench/kernels.sh [PATTERN]     only kernels whose names match this regular expression
#
# Environment: ENGINE (portable), ROUNDS (5), WARMUP (2 calls), CALLS (3), SCALE (1: some 100 to 300 ms a call in
# wasmtime), VIRGA_JAVA_OPTS, CARGO_TARGET_DIR
set -eu
cd "$(dirname "$0")/.."
pattern=${1:-.}
engine=${ENGINE:-portable} rounds=${ROUNDS:-5} warmup=${WARMUP:-2} calls=${CALLS:-3} scale=${SCALE:-1}
. bench/beside-wasmtime.sh

gzip -dc bench/kernels/sqlite.wasm.gz > "$work/sqlite.wasm"
awk -v pattern="$pattern" -v scale="$scale" '
  $1 ~ pattern { n = int($2 * scale); print $1, n < 1 ? 1 : n }' bench/kernels/sizes > "$work/sizes"
while read -r kernel n; do
  file=bench/kernels/$kernel.wasm
  [ "$kernel" != sqlite ] || file=$work/sqlite.wasm
  i=0
  while [ $i -lt "$rounds" ]; do
    i=$((i + 1))
    virga run "$warmup" "$calls" "$file" "$n" >> "$work/samples"
    wasmtime run "$warmup" "$calls" "$file" "$n" >> "$work/samples"
  done
done < "$work/sizes"

versions
echo "kernels of SCALE $scale, $rounds rounds of $calls calls after $warmup to warm up"
awk -F '\t' "$statistics"'
  $1 == "virga" {
    if (!(($2, "n") in virga)) names[++count] = $2
    add(virga, $2, $5); add(virgaCompiles, $2, $4); checksum = $3; last = $5
  }
  $1 == "wasmtime" {
    if ($3 != checksum) { print $2 ": the checksums differ: " checksum " and " $3 > "/dev/stderr"; wrong = 1 }
    add(wasmtime, $2, $5); add(wasmtimeCompiles, $2, $4); add(ratio, $2, last / $5)
  }
  END {
    if (wrong) exit 1
    print "| CPU ms | virga | wasmtime | ratio | ms to compile: virga, cold | wasmtime |\n|---|--:|--:|--:|--:|--:|"
    for (i = 1; i <= count; i++) {
      name = names[i]
      printf "| %s | %s | %s | %s | %s | %s |\n", name, spread(virga, name, "%.1f"), spread(wasmtime, name, "%.1f"),
        spread(ratio, name, "%.2f"), spread(virgaCompiles, name, "%.0f"), spread(wasmtimeCompiles, name, "%.1f")
      logarithms += log(median(ratio, name))
    }
    printf "\nGeometric mean of the ratios of %d kernels: %.2f\n", count, exp(logarithms / count)
  }' "$work/samples"
