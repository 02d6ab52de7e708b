#!/bin/sh
# saxes counts the last piece twice in `position` once write() has returned.
#
# `position` is documented as the position of the parser in the stream. Within a handler it is that; after write() it is
# more by the length of the piece just written, until the next write(). A limit on the length of a text that is checked
# between two pieces must therefore count the characters itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund saxes@6.0.0
cat > position.cjs <<'JS'
const { SaxesParser } = require('saxes');
const parser = new SaxesParser();
const inHandler = [];
parser.on('opentag', () => inHandler.push(parser.position));
parser.write('<rows><row>');
const afterFirst = parser.position;
parser.write('<cell>');
const afterSecond = parser.position;
console.log(`node ${process.version}, saxes ${require('saxes/package.json').version}`);
console.log(`written 11 and 17 characters; in handlers ${inHandler.join(', ')}; after write() ${afterFirst} and ${afterSecond}`);
const isAsSeen = inHandler.join() === '6,11,17' && afterFirst === 22 && afterSecond === 23;
process.exit(isAsSeen ? 0 : 1);
JS
node position.cjs
