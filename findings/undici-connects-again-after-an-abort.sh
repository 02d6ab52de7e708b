#!/bin/sh
# undici opens a new connection after a request was aborted, although nothing is left to send.
#
# "An aborted request closes its socket, and the next one opens another" would be guessed. The agent connects again at once: the server
# sees one connection more than there are requests, which stays open until keep-alive ends it. The header "Connection: close" (reset:
# true) and pipelining: 0 do not change it. What was checked when the first connection was made, such as the address, has to be
# checked at the second one, too; destroying the agent after each exchange prevents it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund undici@7.30.2
cat > run.cjs <<'JS'
const { createServer } = require('node:http');
const { once } = require('node:events');
const { setTimeout: pause } = require('node:timers/promises');
const { Agent, request } = require('undici');

async function connectionsOf(name, agentOptions, requestOptions, after) {
  let connections = 0;
  // It answers nothing.
  const server = createServer((incoming) => incoming.resume()).listen(0, '127.0.0.1');
  server.on('connection', () => connections++);
  await once(server, 'listening');
  const dispatcher = new Agent(agentOptions);
  const url = `http://127.0.0.1:${server.address().port}/`;
  const options = { dispatcher, method: 'POST', body: 'x', signal: AbortSignal.timeout(200), ...requestOptions };
  await request(url, options).catch(() => undefined);
  await after(dispatcher);
  await pause(500);
  console.log(`${name}: requests 1, connections ${connections}`);
  await dispatcher.destroy();
  server.closeAllConnections();
  server.close();
}
(async () => {
  console.log(`node ${process.version}, undici ${require('undici/package.json').version}`);
  const nothing = async () => undefined;
  await connectionsOf('as it is', {}, {}, nothing);
  await connectionsOf('reset: true', {}, { reset: true }, nothing);
  await connectionsOf('pipelining: 0', { pipelining: 0 }, {}, nothing);
  await connectionsOf('destroyed', {}, {}, (agent) => agent.destroy());
})();
JS
node run.cjs | tee out
grep -q '^as it is: requests 1, connections 2$' out
grep -q '^reset: true: requests 1, connections 2$' out
grep -q '^pipelining: 0: requests 1, connections 2$' out
grep -q '^destroyed: requests 1, connections 1$' out
