#!/bin/sh
# multer documents a limit of header pairs and hands it on to a parser that has none.
#
# `limits.headerPairs` ("the max number of header key=>value pairs to parse") would be guessed to bound the headers of a part. busboy
# 1.6.0 has a constant of 2,000 instead, whose last pair is not taken either, and another of 16 KB: a part with more pairs loses those
# beyond it in silence, and with its Content-Disposition last the file itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund multer@2.5.0 express@5.3.0
cat > pairs.cjs <<'JS'
const express = require('express');
const multer = require('multer');
const { once } = require('node:events');
const version = (name) => require(`${name}/package.json`).version;

async function files(pairs) {
  const app = express();
  app.post('/', multer({ limits: { headerPairs: 5 } }).any(), (request, response) => response.json(request.files.length));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const head = 'a:b\r\n'.repeat(pairs - 1) + 'Content-Disposition: form-data; name="f"; filename="a.csv"';
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/`, {
    method: 'POST',
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    body: `--x\r\n${head}\r\n\r\na,b\r\n--x--\r\n`,
  });
  server.close();
  return `${answer.status}, ${await answer.text()} file`;
}

(async () => {
  console.log(`node ${process.version}, multer ${version('multer')}, busboy ${require('./node_modules/busboy/package.json').version}`);
  const seen = [];
  for (const pairs of [5, 6, 1999, 2000]) seen.push([pairs, await files(pairs)]);
  for (const [pairs, answer] of seen) console.log(`headerPairs: 5, a part with ${pairs} headers: ${answer}`);
  const answers = seen.map(([, answer]) => answer).join('; ');
  process.exit(answers === '200, 1 file; 200, 1 file; 200, 1 file; 200, 0 file' ? 0 : 1);
})();
JS
node pairs.cjs
