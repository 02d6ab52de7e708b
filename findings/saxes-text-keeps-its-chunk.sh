#!/bin/sh
# saxes hands out texts that keep the whole piece of XML they were cut from in memory.
#
# A reader that streams a large file and keeps one short text of each piece would be guessed to need memory for these
# texts only. V8 makes a text of 13 characters or more a slice of the piece, which lives as long as the slice does.
# A copy of the text (through a Buffer) frees the pieces.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund saxes@6.0.0
cat > kept.cjs <<'JS'
const { SaxesParser } = require('saxes');

/** Megabytes of heap that 400 texts of 26 characters take, one of each piece of 64 kB. */
function heapFor(keep) {
  const texts = [];
  const parser = new SaxesParser();
  parser.on('text', (text) => { if (text.startsWith('kept')) texts.push(keep(text)); });
  global.gc();
  const before = process.memoryUsage().heapUsed;
  parser.write('<rows>');
  for (let i = 0; i < 400; i++) parser.write(`<row><a>kept text of row ${String(i).padStart(9, '0')}</a>${'<b>other</b>'.repeat(5400)}</row>`);
  parser.write('</rows>').close();
  global.gc();
  const used = (process.memoryUsage().heapUsed - before) / 1e6;
  if (texts.length !== 400) throw new Error(`${texts.length} texts were kept`);
  return used;
}

const sliced = heapFor((text) => text);
const copied = heapFor((text) => Buffer.from(text).toString());
console.log(`node ${process.version}, V8 ${process.versions.v8}, saxes ${require('saxes/package.json').version}`);
console.log(`400 texts of 26 characters as handed out: ${sliced.toFixed(1)} MB, as copies: ${copied.toFixed(1)} MB`);
process.exit(sliced > 20 && copied < 2 ? 0 : 1);
JS
node --expose-gc kept.cjs
