#!/usr/bin/env bash
# twilio 6.2.0 (npm): which host is asked where `client.api.baseUrl` names one.
#
# Guess: a base URL that is set is the one that is asked.
# Seen: each request goes through `getHostname`. TWILIO_EDGE and TWILIO_REGION of the environment are put into any name, also into
#       one that is not Twilio's, and without them a name of more than five parts loses some of its parts. An IP address stays.
# So: replace `getHostname` where a base URL is set.
#
# Needs Node.js with npm. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund twilio@6.2.0

cat >look.js <<'JS'
const twilio = require('twilio');

async function hostFor(baseUrl, environment = {}) {
  Object.assign(process.env, environment);
  let host;
  const httpClient = {
    request: async ({ uri }) => {
      host = new URL(uri).host;
      return { statusCode: 201, body: { sid: 'SM1' } };
    },
  };
  const client = twilio(`AC${'0'.repeat(32)}`, 'token', { httpClient });
  client.api.baseUrl = baseUrl;
  await client.messages.create({ to: '+15005550006', from: '+15005550006', body: 'x' });
  for (const name of Object.keys(environment)) delete process.env[name];
  return host;
}

(async () => {
  const region = { TWILIO_EDGE: 'dublin', TWILIO_REGION: 'ie1' };
  console.log('twilio', require('twilio/package.json').version);
  console.log('127.0.0.1:4010                      ', await hostFor('http://127.0.0.1:4010'));
  console.log('127.0.0.1:4010, region set          ', await hostFor('http://127.0.0.1:4010', region));
  console.log('sandbox:4010, region set            ', await hostFor('http://sandbox:4010', region));
  console.log('sandbox.a.b.c.example.com           ', await hostFor('http://sandbox.a.b.c.example.com'));
})();
JS
node look.js | tee out
expected='twilio 6.2.0
127.0.0.1:4010                       127.0.0.1:4010
127.0.0.1:4010, region set           127.0.0.1:4010
sandbox:4010, region set             sandbox.dublin.ie1.sandbox:4010
sandbox.a.b.c.example.com            sandbox.a.b.example.com'
[ "$(cat out)" = "$expected" ] || { echo 'The behaviour has changed.' >&2; exit 1; }
