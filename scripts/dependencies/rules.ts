/** What is taken, and what is not; docs/releasing.md explains it, `npm run check:dependencies` and a test check it. */

/**
 * The first version without a published weakness that concerns us. The package source of CI answers no audit, so this table is
 * the gate; whoever reads of a new weakness enters it here.
 */
export const AT_LEAST: Readonly<Record<string, string>> = {
  multer: '2.2.0', // CVE-2025-47935, -47944, -48997, -7338, CVE-2026-2359, -3304, -3520, -5079: crashes and endless work by crafted forms
  'body-parser': '2.2.1', // CVE-2025-13466: endless work by crafted URL-encoded bodies
  qs: '6.14.1', // CVE-2025-15284: arrays without the limit
  'path-to-regexp': '8.0.0', // CVE-2024-45296: backtracking
  send: '0.19.0', // CVE-2024-43799: injection by redirects
  'serve-static': '1.16.0', // CVE-2024-43800
  cookie: '0.7.0', // CVE-2024-47764: fields out of their bounds
  undici: '7.5.0', // CVE-2025-47279: memory of refused certificates
  axios: '1.12.0', // CVE-2025-58754: no limit of data URLs
  'follow-redirects': '1.15.6', // CVE-2024-28849: credentials sent on
  'form-data': '4.0.4', // CVE-2025-7783: guessable boundaries
  jsonwebtoken: '9.0.0', // CVE-2022-23529 and others
  jws: '4.0.1', // CVE-2025-65945: signatures that are not checked
  protobufjs: '7.2.5', // CVE-2023-36665: prototype pollution
  validator: '13.15.22', // CVE-2025-56200, -12758: addresses that pass as others
  '@grpc/grpc-js': '1.8.22', // CVE-2024-37168: memory beyond the limit of messages
};

/** What the licence of a shipped package may be. */
export const LICENCES =
  /^\(?(MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|Unlicense|BlueOak-1\.0\.0|CC0-1\.0)( (OR|AND) .*)?\)?$/;
/** Their package files name none, or in a form of old; and data about browsers under a licence for data, which a bundler reads. */
export const LICENCE_READ: Readonly<Record<string, string>> = {
  busboy: 'MIT',
  streamsearch: 'MIT',
  unionfs: 'Unlicense',
  'caniuse-lite': 'CC-BY-4.0',
};

/** They bring a binary for the machine, and work without their scripts, which npm does not run unless allowed. */
export const WITH_SCRIPT = ['@parcel/watcher', '@scarf/scarf', '@swc/core', 'esbuild', 'protobufjs', 'unrs-resolver'];

/** Packages that stay behind their newest major version on purpose. */
export const HELD: Readonly<Record<string, string>> = {
  '@redocly/openapi-core': 'version 2 is an ES module alone, and the tests load it as CommonJS',
  '@types/node': 'the types of the oldest Node that is supported',
  'p-limit': 'versions from 4 are ES modules alone, and the product is CommonJS',
  'string-width': 'versions from 5 are ES modules alone, and the product is CommonJS',
  typescript: 'typescript-eslint takes no version 7 yet',
};
