#!/usr/bin/env bash
# Checks what is in deploy/ with the tools of their makers: npm run check:deploy
#   chart      helm lint and template, the rendered objects against the schemas of Kubernetes by kubectl-validate
#   alerts     promtool: each rule fires and stays silent
#   compose    compose-go, the reference implementation; test/platform/deploy.test.ts looks at the profiles
# A tool is taken from the PATH, or made once from its Go module (promtool: from Debian's package) in the cache. No cluster and no
# container is started.
set -euo pipefail
cd "$(dirname "$0")/.."
CHART=deploy/helm/client-import
# The newest whose schemas kubectl-validate brings along; others it would fetch.
KUBERNETES=1.30
TOOLS="${XDG_CACHE_HOME:-$HOME/.cache}/client-import/deploy-tools"
mkdir -p "$TOOLS"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# tool NAME MODULE@VERSION: prints the path of a Go program.
tool() {
  if command -v "$1"; then return; fi
  local path="$TOOLS/${2//\//+}"
  if [ ! -x "$path" ]; then
    echo "Building $1, once: $2" >&2
    GOBIN="$work/bin" go install "$2" >&2
    mv "$work/bin"/* "$path"
  fi
  echo "$path"
}

run_promtool() {
  if [ -n "$(command -v promtool)" ]; then
    promtool "$@"
    return
  fi
  local path="$TOOLS/prometheus/usr/bin/promtool"
  if [ ! -x "$path" ]; then
    (cd "$work" && apt-get download prometheus >&2 && dpkg-deb -x prometheus_*.deb "$TOOLS/prometheus")
  fi
  "$path" "$@"
}

echo '== alerts'
run_promtool check rules "$CHART/files/alerts.yaml"
run_promtool test rules "$CHART/files/alerts.test.yaml"

echo '== compose'
compose=$(tool compose-go github.com/compose-spec/compose-go/v2/cmd@v2.16.2)
"$compose" docker-compose.yml >/dev/null
# It must be able to fail.
sed 's/^    image: mongo/    imagee: mongo/' docker-compose.yml >"$work/misspelt.yml"
if "$compose" "$work/misspelt.yml" >/dev/null 2>&1; then
  echo 'compose-go has taken a misspelt key' >&2
  exit 1
fi

echo '== chart'
helm=$(tool helm helm.sh/helm/v3/cmd/helm@v3.22.0)
validate=$(tool kubectl-validate sigs.k8s.io/kubectl-validate@v0.0.4)
for values in "" "$CHART/ci/everything-values.yaml"; do
  "$helm" lint --strict --quiet "$CHART" ${values:+--values "$values"}
  rendered="$work/rendered-${values:+all}"
  mkdir "$rendered"
  "$helm" template release "$CHART" --kube-version "$KUBERNETES.0" ${values:+--values "$values"} --output-dir "$rendered" >/dev/null
  # The objects of KEDA and of the Prometheus operator have schemas of their own, which are not Kubernetes'.
  find "$rendered" -name 'monitoring.yaml' -delete
  node -e '
    const fs = require("node:fs");
    const file = process.argv[1];
    const kept = fs.readFileSync(file, "utf8").split(/^---$/m).filter((part) => !/^kind: ScaledObject$/m.test(part));
    fs.writeFileSync(file, kept.join("---"));
  ' "$rendered/client-import/templates/workers.yaml"
  "$validate" --version "$KUBERNETES" "$rendered"
done
echo 'deploy/ is valid'
