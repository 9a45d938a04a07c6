# What kernels.sh and compile.sh share: builds both sides and defines how they are run. Sourced, at the top of the
# checkout, with $engine set.
mvn -q -Pbench -pl bench -am -DskipTests package
./virga --version > /dev/null
jdk=${JAVA_HOME:-}
[ ! -r .virga/jdk ] || read -r jdk < .virga/jdk
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/bench/wasmtime-kernels/target}"
cargo build -q --release --locked --manifest-path bench/wasmtime-kernels/Cargo.toml

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

virga() {
  # shellcheck disable=SC2086 # options may be several
  "$jdk/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED ${VIRGA_JAVA_OPTS:-} \
    -cp bench/target/bench.jar dev.virga.bench.Kernels "$engine" "$@" < /dev/null
}

wasmtime() {
  "$CARGO_TARGET_DIR/release/wasmtime-kernels" "$@" < /dev/null
}

versions() {
  echo "virga $(git describe --always --dirty), engine $engine; $("$jdk/bin/java" -version 2>&1 | sed -n 2p)"
  grep -A1 'name = "wasmtime"' bench/wasmtime-kernels/Cargo.lock | sed -n 's/version = "\(.*\)"/wasmtime \1/p'
  echo "$(nproc) CPUs, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort -u | head -n 1); load $(cut -d ' ' -f 1 /proc/loadavg)"
}

# Functions for awk: collects samples by name, prints their median, lowest and highest.
# shellcheck disable=SC2016,SC2034
statistics='
  function add(samples, name, value,  n) {
    n = ++samples[name, "n"]
    for (; n > 1 && samples[name, n - 1] > value; n--) samples[name, n] = samples[name, n - 1]
    samples[name, n] = value
  }
  function median(samples, name,  n) {
    n = samples[name, "n"]
    return n % 2 ? samples[name, (n + 1) / 2] : (samples[name, n / 2] + samples[name, n / 2 + 1]) / 2
  }
  function spread(samples, name, format) {
    return sprintf(format " (" format "–" format ")", median(samples, name), samples[name, 1], samples[name, samples[name, "n"]])
  }
'
