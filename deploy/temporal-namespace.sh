#!/bin/sh
# Makes the namespace and the search attributes that client-import needs, and waits until they can be used. Safe to repeat.
# Takes the connection from TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and so on, as every Temporal client does.
set -eu
export TEMPORAL_NAMESPACE="${TEMPORAL_NAMESPACE:-default}"
TRIES=60

# until_ok COMMAND...: once a second until it succeeds; if it never does, its last words are shown.
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
# The server takes a moment to heed a new attribute; a workflow that sets it before that could not start.
heeds_search_attributes() {
  temporal workflow count --query "ImportStatus = '' AND ImportOrganisation = '' AND ImportDay = '' AND ImportFailedRows = 0"
}

until_ok temporal operator cluster health
until_ok has_namespace
# A type for each name: the CLI leaves out, without a word, the names that have none.
until_ok temporal operator search-attribute create \
  --name ImportStatus --type Keyword \
  --name ImportOrganisation --type Keyword \
  --name ImportDay --type Keyword \
  --name ImportFailedRows --type Int
until_ok heeds_search_attributes
echo "The namespace $TEMPORAL_NAMESPACE and its search attributes are ready."
