'use strict';
/*
 * Runs before `npm start` and `npm test`. It must parse on any Node and need no package, because it checks whether
 * packages can be loaded at all. For the same reason its imports have no `node:` prefix.
 */
const { spawnSync } = require('child_process');
const { statSync } = require('fs');
const { join } = require('path');

const MINIMUM_NODE = [20, 19];

/** The error for an old Node, or undefined. */
function rejectNode(version) {
  const [major, minor] = version.split('.').map(Number);
  const good = major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
  return good ? undefined : `client-import needs Node ${MINIMUM_NODE.join('.')} or newer; this is Node ${version}.`;
}

/** Why the dependencies must be installed, or undefined if they are current. npm writes the inner lock file last. */
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

/** Includes all groups: NODE_ENV=production or an `omit` in the user's settings would skip the compiler. */
const INSTALL = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];

function install(root) {
  // Set by npm to the path of its own script, which avoids looking for npm.cmd on Windows.
  const npm = process.env.npm_execpath;
  return npm && npm.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...INSTALL], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', INSTALL, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}

function main(root) {
  const rejection = rejectNode(process.versions.node);
  if (rejection) return fail(rejection);
  const reason = reasonToInstall(root);
  if (!reason) return;
  process.stderr.write(`Installing the dependencies, because ${reason} …\n`);
  const { error, status } = install(root);
  if (error) return fail(`npm could not be started (${error.message}). Install npm, then run: npm ci`);
  if (status !== 0)
    fail(`The dependencies could not be installed; npm shows the reason above. Fix it, then try again.`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

if (require.main === module) main(join(__dirname, '..'));
module.exports = { rejectNode, reasonToInstall };
