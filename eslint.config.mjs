import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

/**
 * The import fences of docs/architecture.md as lint rules: which folder may import which, and which outside package
 * lives where. Type-only imports are free, except into the two folders that enter the workflow sandbox.
 */
const FOLDERS = [
  'contract',
  'domain',
  'store',
  'providers',
  'platform',
  'workflows',
  'activities',
  'worker',
  'api',
  'web',
  'cli',
  'client',
  'local',
  'sandbox',
  'test',
  'bench',
];
/** The texts of problems enter the workflow sandbox. */
const TEXTS = 'domain/problems/texts';
const MAY_IMPORT = {
  contract: [],
  domain: ['contract'],
  platform: ['contract'],
  store: ['contract', 'domain', 'platform'],
  providers: ['contract', 'domain', 'platform'],
  workflows: ['contract', TEXTS],
  activities: ['contract', 'domain', 'platform', 'store', 'providers'],
  worker: ['contract', 'domain', 'platform', 'store', 'providers', 'activities'],
  api: ['contract', 'domain', 'platform', 'store'],
  cli: ['contract', 'domain', 'client'],
  client: [],
  web: ['contract', 'client'],
  local: ['contract', 'platform', 'sandbox', 'store'],
  sandbox: [],
};
const KNOWN_BY_TYPE = { workflows: 'activities', api: 'providers' };
const node = builtinModules.flatMap((name) => [name, `node:${name}`]);
const PACKAGE_HOMES = [
  { packages: ['mongodb', 'rate-limiter-flexible'], homes: ['store'] },
  { packages: ['jose'], homes: ['api'] },
  {
    packages: [
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace-base',
    ],
    homes: ['platform'],
  },
  {
    packages: ['twilio', '@sendgrid/client', '@sendgrid/eventwebhook', '@sendgrid/helpers', '@sendgrid/mail', 'undici'],
    homes: ['providers'],
  },
];
const TEMPORAL_CLIENT_HOMES = [
  'api/temporal/import-service.ts',
  'api/temporal/interventions.ts',
  'api/main.ts',
  'platform/temporal-connection.ts',
  'local/servers/temporal-server.ts',
  'worker/main.ts',
  'worker/reminder-schedule.ts',
  'worker/watch-restores.ts',
];

/** How deep the folders of the house are nested; a file below has to be reached by the fences, too. */
const DEEPEST = 4;
/** The files of a top folder that are nested so deep. A relative import of theirs leaves the folder by so many steps up. */
const nestedFiles = (folder, depth) => `${folder}/${'*/'.repeat(depth)}*.{ts,tsx}`;

const fences = Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) =>
  Array.from({ length: DEEPEST + 1 }, (_, depth) => ({
    files: [nestedFiles(folder, depth)],
    ignores: TEMPORAL_CLIENT_HOMES,
    rules: { '@typescript-eslint/no-restricted-imports': ['error', fence(folder, allowed, depth, true)] },
  })),
);
/** What a composition root may import beyond its folder: it hands to the rest what that may not fetch. */
const ROOT_MAY_IMPORT = { 'api/main.ts': ['providers', 'activities'] };
const composition = TEMPORAL_CLIENT_HOMES.map((file) => {
  const [folder] = file.split('/');
  const depth = file.split('/').length - 2;
  const allowed = [...MAY_IMPORT[folder], ...(ROOT_MAY_IMPORT[file] ?? [])];
  return {
    files: [file],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', fence(folder, allowed, depth, false)] },
  };
});

/** The commands on the server work without an API, on its database. */
const ADMIN = {
  files: ['cli/admin/*.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      fence('cli', [...MAY_IMPORT.cli, 'platform', 'store'], 1, true),
    ],
  },
};

/** The commands for this machine start the embedded stack, or look at its parts. */
const ON_THIS_MACHINE = {
  files: ['cli/local/*.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', fence('cli', [...MAY_IMPORT.cli, 'local'], 1, true)],
  },
};

/** They know the contract alone. */
const TEXTS_OF_PROBLEMS = {
  files: [`${TEXTS}/*.ts`],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', fence(TEXTS, ['contract'], 2, true)] },
};

function fence(folder, allowed, depth, banTemporalClient) {
  const sandboxed = ['contract', 'workflows', TEXTS].includes(folder);
  /** A room of a folder that may be imported though the folder may not. */
  const exceptRooms = (other) =>
    allowed
      .filter((room) => room.startsWith(`${other}/`))
      .map((room) => `(?!/${room.slice(other.length + 1)}/)`)
      .join('');
  const foreign = FOLDERS.filter((other) => other !== folder && !allowed.includes(other));
  const banned = PACKAGE_HOMES.filter(({ homes }) => !homes.includes(folder)).flatMap(({ packages }) => packages);
  return {
    paths: [
      ...banned.map((name) => ({ name, message: `"${name}" has its own home; see docs/architecture.md, fences.` })),
      ...(banTemporalClient
        ? [
            {
              name: '@temporalio/client',
              message:
                'Only api/temporal/ (import-service.ts, interventions.ts) and the composition roots speak to Temporal.',
            },
          ]
        : []),
      ...(sandboxed ? node.map((name) => ({ name, message: 'This folder enters the workflow sandbox.' })) : []),
    ],
    patterns: [
      // Neither by a path inside the package nor by a sibling of it.
      ...banned.map((name) => ({
        group: [`${name}/*`],
        message: `"${name}" has its own home; see docs/architecture.md, fences.`,
      })),
      ...foreign.map((other) => ({
        // Anchored at the root of the project, so that a subfolder may bear the name of a top folder.
        regex: `^(\\./)?(\\.\\./){${depth + 1}}${other}${exceptRooms(other)}(/|$)`,
        // Workflows know the activities by type only: a value import would drag them into the sandbox. The API knows the
        // ports of the providers, which its composition root puts in.
        allowTypeImports: KNOWN_BY_TYPE[folder] === other,
        message: `${folder}/ may not import ${other}/; see docs/architecture.md.`,
      })),
      ...(folder === TEXTS
        ? [{ regex: '^(\\./)?(\\.\\./){1,2}(?!\\.\\.)', message: 'This folder enters the workflow sandbox.' }]
        : []),
      ...(sandboxed
        ? [
            {
              group: [
                '@temporalio/worker',
                '@temporalio/activity',
                '@temporalio/envconfig',
                'zod',
                'express',
                'pino',
                'libphonenumber-js',
                'libphonenumber-js/*',
                'validator',
                'validator/*',
              ],
              message: 'This folder enters the workflow sandbox.',
            },
          ]
        : []),
    ],
  };
}

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', '.client-import/**', 'client/schema.d.ts', '**/*.js', '**/*.cjs', '**/*.mjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only platform/config.ts reads settings from the environment.' },
      ],
      'max-lines': ['error', { max: 250 }],
      eqeqeq: 'error',
    },
  },
  {
    files: [
      'platform/config.ts',
      '{test,bench,local,scripts}/**/*.ts',
      'cli/main.ts',
      'cli/output/colour.ts',
      'sandbox/main.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['test/**/*.ts', 'bench/**/*.ts'], rules: { 'max-lines': 'off' } },
  { files: ['bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    // Whatever the API says passes the serialiser of the caller's role; see decision 32. `response.json` is made to.
    files: ['api/**/*.ts'],
    ignores: ['api/http/answers.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'CallExpression[callee.property.name=/^(send|write|sendFile|sendStatus|download|attachment|render|redirect|jsonp)$/]',
          "CallExpression[callee.property.name='end'][arguments.length>0]",
          "CallExpression[callee.property.name='pipe']",
          "CallExpression[callee.name='pipeline'][arguments.1.name='response']",
        ].map((selector) => ({ selector, message: 'Only api/http/answers.ts writes to a response.' })),
      ],
    },
  },
  ...fences,
  ...composition,
  TEXTS_OF_PROBLEMS,
  ADMIN,
  ON_THIS_MACHINE,
);
