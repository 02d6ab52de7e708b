#!/bin/sh
# csv-parse takes a multiple of its time in a process that collects its old heap now and then.
#
# A parser that has read a hundred files would be guessed to be compiled once and for all. The synchronous `parse` makes its functions
# anew for each text, and V8 holds compiled code only as long as some function that uses it: the next collection of the old heap
# drops it all, and it is compiled again, in the interpreter first. A process that holds one function of each keeps the code.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund csv-parse@7.0.3
cat > again.cjs <<'JS'
const { parse } = require('csv-parse/sync');

const rows = Array.from({ length: 500 }, (_, i) => `Ann,Lee,ann.lee.${i}@example.com,+44791112${String(i).padStart(4, '0')},Client,Lee Ltd,Mayfair`);
const text = Buffer.from(['First Name,Last Name,Email,Mobile,Role,Company,Group', ...rows, ''].join('\n'));
const FILES = 60;

/** Milliseconds of CPU a file, without those of the collections themselves. */
function cpuOf(collectEvery) {
  let used = 0;
  for (let file = 1; file <= FILES; file++) {
    const before = process.cpuUsage();
    const records = parse(text);
    const { user, system } = process.cpuUsage(before);
    if (records.length !== 501) throw new Error(`${records.length} records`);
    used += user + system;
    if (file % collectEvery === 0) global.gc();
  }
  return used / FILES / 1000;
}

cpuOf(Infinity);
const without = cpuOf(Infinity);
const collected = cpuOf(6);
console.log(`node ${process.version}, V8 ${process.versions.v8}, csv-parse 7.0.3`);
console.log(`500 rows: ${without.toFixed(1)} ms of CPU a file, and ${collected.toFixed(1)} with a collection of the heap after every sixth`);
process.exit(collected > 1.5 * without ? 0 : 1);
JS
node --expose-gc again.cjs
