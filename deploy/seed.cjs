'use strict';
/**
 * Creates the demo organisation with the API keys of the environment: the `seed` service of docker-compose.yml.
 * Not a program of the product: only the demo organisation is created like this.
 */
const { ConfigError, loadConfig } = require('../dist/platform/config');
const { seedDemo } = require('../dist/store/people/seed-demo');

const VARIABLES = {
  systemAdministrator: 'SYSTEM_ADMINISTRATOR_KEY',
  userAdministrator: 'USER_ADMINISTRATOR_KEY',
  support: 'SUPPORT_KEY',
};
/** Keys that the API accepts, too long to guess. */
const KEY = /^[\w-]{32,200}$/;

async function main() {
  const invalid = Object.values(VARIABLES).filter((name) => !KEY.test(process.env[name] ?? ''));
  if (invalid.length > 0) {
    throw new ConfigError(
      `The API keys of the demo organisation are missing or too weak: ${invalid.join(', ')}.\n` +
        'Give each 32 to 200 letters, digits, "_" or "-" in .env, for example the output of: openssl rand -hex 24',
    );
  }
  const { mongo } = loadConfig();
  const keys = Object.entries(VARIABLES).map(([role, name]) => ({ role, key: process.env[name] }));
  await seedDemo(mongo.uri, mongo.database, keys);
  console.log('The demo organisation and its API keys are ready.');
}

main().catch((error) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
