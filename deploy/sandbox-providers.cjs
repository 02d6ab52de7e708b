'use strict';
/**
 * Loaded before the worker: the sandbox at SANDBOX_URL replaces each provider that has no credentials, by the rule of
 * `npm start`. Not by defaults in docker-compose.yml: those would keep pointing real credentials at the sandbox.
 */
const { readProviders } = require('../dist/local/settings/provider-settings');

try {
  Object.assign(process.env, readProviders(process.env, process.env.SANDBOX_URL).environment);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
