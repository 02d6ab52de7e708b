'use strict';
/**
 * Loaded before the worker: a provider without credentials in the environment is the sandbox at SANDBOX_URL, by the same
 * rule as in `npm start`. A default in docker-compose.yml could not do it: real credentials would stay pointed at the sandbox.
 */
const { readProviders } = require('../dist/local/provider-settings');

try {
  Object.assign(process.env, readProviders(process.env, process.env.SANDBOX_URL).environment);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
