#!/bin/sh
# What a cluster of three hosts does when something in it fails: a host is killed, a host is cut off from NATS, NATS is
# stopped, the leading operator is killed during a rollout, a host is killed during a rollout. API server, etcd, NATS,
# two operators and three hosts are processes of their own on loopback; a client asks each host that runs the workload
# all the time. Prints for each failure how long it takes until all is as wanted again, how many requests failed, and for
# how long a workload ran on two hosts. Needs Maven, nats-server, and KUBEBUILDER_ASSETS, a folder with kube-apiserver
# and etcd. Takes some nine minutes.
#
#   bench/outages.sh [FAILURE…]     of kill, cut, nats, operator, rollout; all if none is given
#
# Environment: OUTAGE (120), how many seconds NATS is away; LOGS, a folder that keeps the logs of all processes
set -eu
: "${KUBEBUILDER_ASSETS:?a folder with kube-apiserver and etcd}"
for program in "$KUBEBUILDER_ASSETS/kube-apiserver" "$KUBEBUILDER_ASSETS/etcd" nats-server mvn; do
  command -v "$program" > /dev/null || { echo "bench/outages.sh: there is no $program; install it first" >&2; exit 1; }
done
cd "$(dirname "$0")/.."
mvn -q ${MAVEN_ARGS:-} -pl cli -am -DskipTests package
./virga --version > /dev/null
jdk=${JAVA_HOME:-}
[ ! -r .virga/jdk ] || read -r jdk < .virga/jdk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$jdk/bin/java" -Xmx256m -cp 'cli/target/lib/*' bench/outages/Outages.java \
  "$work" "${LOGS:-$work}" "${OUTAGE:-120}" "$@"
