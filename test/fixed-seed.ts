import fc from 'fast-check';

// CI must be reproducible; elsewhere each run tries other values.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_123 });
