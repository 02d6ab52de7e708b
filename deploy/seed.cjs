'use strict';
/**
 * The demo organisation, with the API keys that the environment names: the `seed` service of docker-compose.yml.
 * Not a program of the product: an organisation that is not a demo is not created like this.
 */
const { ConfigError, loadConfig } = require('../dist/platform/config');
const { seedDemo } = require('../dist/store/seed-demo');

const VARIABLES = {
  systemAdministrator: 'SYSTEM_ADMINISTRATOR_KEY',
  userAdministrator: 'USER_ADMINISTRATOR_KEY',
  support: 'SUPPORT_KEY',
};
/** What the API takes for a key, and long enough that nobody guesses it. */
const KEY = /^[\w-]{32,200}$/;

async function main() {
  const unusable = Object.values(VARIABLES).filter((name) => !KEY.test(process.env[name] ?? ''));
  if (unusable.length > 0) {
    throw new ConfigError(
      `The API keys of the demo organisation are missing or too weak: ${unusable.join(', ')}.\n` +
        'Give each 32 to 200 letters, digits, "_" or "-" in .env, for example the output of: openssl rand -hex 24',
    );
  }
  const { mongo } = loadConfig();
  const keys = Object.entries(VARIABLES).map(([role, name]) => ({ role, key: process.env[name] }));
  await seedDemo(mongo.uri, mongo.database, keys);
  console.log('The demo organisation and its API keys are there.');
}

main().catch((error) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
