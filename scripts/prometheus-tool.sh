#!/usr/bin/env bash
# Prints the path of prometheus or promtool: that of the PATH, or of Debian's package, which is fetched once into the cache.
set -euo pipefail
name=$1
if command -v "$name"; then exit; fi
tools="${XDG_CACHE_HOME:-$HOME/.cache}/client-import/deploy-tools"
path="$tools/prometheus/usr/bin/$name"
if [ ! -x "$path" ]; then
  mkdir -p "$tools"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && apt-get download prometheus >&2 && dpkg-deb -x prometheus_*.deb "$tools/prometheus")
fi
echo "$path"
