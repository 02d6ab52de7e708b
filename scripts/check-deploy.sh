#!/usr/bin/env bash
# Checks what is in deploy/ with the tools of their makers: npm run check:deploy
#   chart      helm lint and template; the rendered objects against the schemas of Kubernetes, KEDA and the Prometheus operator by
#              kubectl-validate; the triggers of KEDA against its scaler
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

# module NAME@VERSION: prints the folder of the sources of a Go module.
module() { (cd "$work" && go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p'); }

promtool=$(scripts/prometheus-tool.sh promtool)

echo '== alerts'
"$promtool" check rules "$CHART/files/alerts.yaml"
"$promtool" test rules "$CHART/files/alerts.test.yaml"

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
# The schemas of what is not Kubernetes' own, from the sources of their makers.
keda=$(module github.com/kedacore/keda/v2@v2.21.0)
operator=$(module github.com/prometheus-operator/prometheus-operator@v0.83.0)
crds="$work/crds"
mkdir "$crds"
cp "$keda/config/crd/bases/keda.sh_scaledobjects.yaml" "$operator"/example/prometheus-operator-crd/*_{podmonitors,prometheusrules}.yaml "$crds"
for values in "" "$CHART/ci/everything-values.yaml"; do
  "$helm" lint --strict --quiet "$CHART" ${values:+--values "$values"}
  rendered="$work/rendered-${values:+all}"
  mkdir "$rendered"
  "$helm" template release "$CHART" --kube-version "$KUBERNETES.0" ${values:+--values "$values"} --output-dir "$rendered" >/dev/null
  "$validate" --version "$KUBERNETES" --local-crds "$crds" "$rendered"
done
# It must be able to fail, for objects of others too.
sed -i 's/scaleTargetRef/scaleTarget/' "$rendered/client-import/templates/workers.yaml"
if "$validate" --version "$KUBERNETES" --local-crds "$crds" "$rendered/client-import/templates/workers.yaml" >/dev/null 2>&1; then
  echo 'kubectl-validate has taken a ScaledObject without its target' >&2
  exit 1
fi
# What a trigger may say is not in a schema but in the scaler itself.
"$helm" template release "$CHART" --kube-version "$KUBERNETES.0" --values "$CHART/ci/everything-values.yaml" |
  sed -n '/- type: temporal/,/authenticationRef/s/^ \{8\}\([a-zA-Z]*\):.*/\1/p' | sort -u >"$work/keys"
test -s "$work/keys"
while read -r key; do
  grep -q "keda:\"name=$key[;,\"]" "$keda/pkg/scalers/temporal_scaler.go" || { echo "KEDA's Temporal scaler knows no $key" >&2 && exit 1; }
done <"$work/keys"
echo 'deploy/ is valid'
