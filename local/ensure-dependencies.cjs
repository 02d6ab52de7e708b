'use strict';
/*
 * Runs before `npm start` and `npm test`. It must parse on any Node and need no package:
 * what it checks is exactly whether the others may be loaded. Hence no `node:` in front of the names, too.
 */
const { spawnSync } = require('child_process');
const { statSync } = require('fs');
const { join } = require('path');

const MINIMUM_NODE = [20, 19];

/** The sentence that refuses this Node, or undefined. */
function refuseNode(version) {
  const [major, minor] = version.split('.').map(Number);
  const good = major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
  return good ? undefined : `client-import needs Node ${MINIMUM_NODE.join('.')} or newer; this is Node ${version}.`;
}

/** Why the dependencies have to be installed, or undefined if they are up to date. npm writes the inner lock file last. */
function reasonToInstall(root) {
  const installed = modifiedAt(join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return 'node_modules is missing or incomplete';
  const locked = modifiedAt(join(root, 'package-lock.json'));
  return locked !== undefined && locked > installed ? 'package-lock.json is newer than node_modules' : undefined;
}

function modifiedAt(file) {
  try {
    return statSync(file).mtimeMs;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Everything the lock names: a NODE_ENV=production or an `omit` in the user's settings would leave out the compiler. */
const INSTALL = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];

function install(root) {
  // Run by npm, this is the path of npm's own script; that spares a look for npm.cmd on Windows.
  const npm = process.env.npm_execpath;
  return npm && npm.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...INSTALL], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', INSTALL, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}

function main(root) {
  const refusal = refuseNode(process.versions.node);
  if (refusal) return fail(refusal);
  const reason = reasonToInstall(root);
  if (!reason) return;
  process.stderr.write(`Installing the dependencies, because ${reason} …\n`);
  const { error, status } = install(root);
  if (error) return fail(`npm could not be started (${error.message}). Install npm, then run: npm ci`);
  if (status !== 0) fail(`The dependencies could not be installed; npm says above why. Mend that, then try again.`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

if (require.main === module) main(join(__dirname, '..'));
module.exports = { refuseNode, reasonToInstall };
