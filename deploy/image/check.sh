#!/bin/sh
# Runs a host out of the image as the chart's pods do: a read-only root file system, the user 65532, no capabilities, and
# empty folders where they have emptyDirs. Needs root (for a mount namespace), skopeo and curl.
#
#     deploy/image/check.sh [cli/target/virga-image.tar]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
image=${1:-$here/../../cli/target/virga-image.tar}
work=$(mktemp -d)
host=
trap '[ -z "$host" ] || kill "$host" 2>/dev/null || :; wait; rm -rf "$work"' EXIT

skopeo copy -q "oci-archive:$image" "dir:$work/image"
mkdir "$work/root"
sed 's/.*"layers"//' "$work/image/manifest.json" | grep -o 'sha256:[0-9a-f]*' | sed 's/sha256://' | while read -r layer; do
    tar xzf "$work/image/$layer" -C "$work/root" --warning=no-unknown-keyword
done
mkdir -p "$work/root/proc" "$work/root/dev" "$work/root/wasm"
cp "$here/../../examples/http-api/api.wasm" "$work/root/wasm/"
cat > "$work/root/wasm/api.yaml" <<END
apiVersion: runtime.wasmcloud.dev/v1alpha1
kind: Workload
metadata: {name: api}
spec:
  components: [{name: api, image: "file:/wasm/api.wasm"}]
END
chmod -R a+rX "$work" "$work/root/wasm"

cat > "$work/run.sh" <<'END'
set -eu
root=$1
mount --make-rprivate /
mount --bind "$root" "$root"
for folder in tmp var/cache var/lib/virga; do
    mount -t tmpfs -o mode=2775,gid=65532 tmpfs "$root/$folder"
done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -o remount,ro,bind "$root"
export PATH="/opt/java/bin:$PATH" LC_ALL=C.UTF-8 XDG_CACHE_HOME=/var/cache
exec chroot --userspec=65532:65532 --groups=65532 "$root" /opt/java/bin/java --enable-native-access=ALL-UNNAMED \
    -cp @/app/jib-classpath-file dev.virga.cli.Main host --engine native --data /var/lib/virga/host \
    --addr 127.0.0.1:0 --image-dir /wasm --manifests /wasm
END
unshare -m sh "$work/run.sh" "$work/root" > "$work/out" 2> "$work/err" &
host=$!

tries=0
until uri=$(sed -n 's/^listening on //p' "$work/out") && [ -n "$uri" ] &&
    curl -sf -H 'Host: api.localhost' "$uri/" > "$work/answer"; do
    tries=$((tries + 1))
    [ $tries -lt 120 ] && kill -0 "$host" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
    sleep 0.5
done
cat "$work/answer"
echo
echo "the image serves a component"
