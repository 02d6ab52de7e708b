import fc from 'fast-check';

// The gate must not depend on luck; everywhere else the properties are tried with other values each time.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_123 });
