#!/bin/sh
# One call under `connection.withDeadline` of Temporal's client makes every promise of the process dearer, until the connection is closed.
#
# A deadline would be guessed to cost its own calls something, and others nothing. Each connection keeps its deadlines and metadata in
# an AsyncLocalStorage of its own, which stays enabled after the first call: Node 20 then calls back for each promise that anybody
# makes, once for each such connection. So each further connection costs more, and only closing them gives it back.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @temporalio/client@1.24.0 node@20.20.2
cat > dearer.cjs <<'JS'
const { Connection } = require('@temporalio/client');

const answer = async (i) => i;
async function awaitMany(count) {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += await answer(i);
  return sum;
}

/** Nanoseconds of CPU for one call that is awaited, the least of several turns. */
async function nanoseconds() {
  let least = Infinity;
  for (let turn = 0; turn < 7; turn++) {
    const before = process.cpuUsage();
    await awaitMany(500_000);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, ((user + system) * 1000) / 500_000);
  }
  return least;
}

(async () => {
  await awaitMany(1_000_000);
  const measured = [await nanoseconds()];
  const connections = [];
  while (connections.length < 2) {
    // It needs no server: nothing is asked.
    const connection = Connection.lazy({ address: '127.0.0.1:1' });
    await connection.withDeadline(Date.now() + 1000, async () => undefined);
    connections.push(connection);
    measured.push(await nanoseconds());
  }
  for (const connection of connections) await connection.close();
  measured.push(await nanoseconds());

  const [none, one, two, closed] = measured;
  console.log(`node ${process.version}, @temporalio/client ${require('@temporalio/client/package.json').version}`);
  console.log(
    `an awaited call: ${none.toFixed(0)} ns; beside one connection ${one.toFixed(0)} ns, beside two ${two.toFixed(0)} ns, both closed ${closed.toFixed(0)} ns`,
  );
  process.exit(one > 1.8 * none && two > 1.25 * one && closed < one ? 0 : 1);
})();
JS
npx --no-install node dearer.cjs
