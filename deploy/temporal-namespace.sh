#!/bin/sh
# Creates the namespace and the search attributes of client-import, and waits until they are usable. Idempotent.
# Connects by TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and so on, as every Temporal client does.
set -eu
export TEMPORAL_NAMESPACE="${TEMPORAL_NAMESPACE:-default}"
TRIES=60

# until_ok COMMAND...: runs it once a second until it succeeds; if it never does, prints its last output.
until_ok() {
  try=1
  until answer=$("$@" 2>&1); do
    if [ "$try" -ge "$TRIES" ]; then
      echo "$* did not succeed in $TRIES tries: $answer" >&2
      exit 1
    fi
    try=$((try + 1))
    sleep 1
  done
}

has_namespace() {
  temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "${RETENTION:-30d}"
}
# The server needs a moment to accept a new attribute; until then, a workflow that sets it cannot start.
accepts_search_attributes() {
  temporal workflow count --query "ImportStatus = '' AND ImportOrganisation = '' AND ImportDay = '' AND ImportFailedRows = 0"
}

until_ok temporal operator cluster health
until_ok has_namespace
# Each name needs its own type: the CLI silently skips names without one.
until_ok temporal operator search-attribute create \
  --name ImportStatus --type Keyword \
  --name ImportOrganisation --type Keyword \
  --name ImportDay --type Keyword \
  --name ImportFailedRows --type Int
until_ok accepts_search_attributes
echo "The namespace $TEMPORAL_NAMESPACE and its search attributes are ready."
