'use strict';
/** Health check of the worker: exits with 0 if this container polls each of its task queues, and names those that it does not. */
const { connectLazily } = require('../dist/platform/temporal-connection');
const { unpolledOfSettings } = require('../dist/worker/health');

unpolledOfSettings(connectLazily()).then(
  (unpolled) => {
    if (unpolled.length > 0) console.error(`Not polled: ${unpolled.join(', ')}`);
    process.exit(unpolled.length === 0 ? 0 : 1);
  },
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
