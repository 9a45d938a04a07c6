#!/bin/sh
# Writes virga.yaml, the chart with its default values, for clusters without Helm. HELM names the command.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
{
    echo "# Made by render.sh out of deploy/helm/virga; change that."
    "${HELM:-helm}" template virga "$here/../helm/virga" --namespace virga --kube-version 1.33.0 "$@" |
        sed -e '/^# Source: /d' -e '/^ *$/d' -e 's/managed-by: Helm$/managed-by: kubectl/'
} > "${OUT:-$here/virga.yaml}"
