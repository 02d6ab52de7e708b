/** A variable, what it sets, and its default. */
type Variable = readonly [name: string, description: string, fallback?: string];

/** Variables in `.env` that are read by others than our programs: Temporal's client, `npm start`, the command line, Docker Compose. */
export const AROUND: readonly { title: string; settings: readonly Variable[] }[] = [
  {
    title: 'Temporal, as every Temporal client reads it (API, worker); here a blank value is a value',
    settings: [
      ['TEMPORAL_ADDRESS', 'Host and port of the server. With it, or with a profile, `npm start` starts no server.'],
      ['TEMPORAL_NAMESPACE', 'Namespace; default unless told.'],
      ['TEMPORAL_API_KEY', 'API key of Temporal Cloud; switches TLS on.'],
      ['TEMPORAL_API_KEY_FILE', 'The file that holds it, instead.'],
      ['TEMPORAL_TLS', 'TLS without an API key: true.'],
      ['TEMPORAL_TLS_CLIENT_CERT_PATH', 'File of the client certificate (mTLS).'],
      ['TEMPORAL_TLS_CLIENT_KEY_PATH', 'File of its key.'],
      [
        'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
        'File of the certificate authority of the server, if it is one of your own.',
      ],
      ['TEMPORAL_TLS_SERVER_NAME', 'Name that the certificate of the server has, if it is not that of the address.'],
      ['TEMPORAL_PROFILE', 'A named profile.'],
      ['TEMPORAL_CONFIG_FILE', 'The file it is in.'],
    ],
  },
  {
    title: 'npm start (the ports also move what docker-compose.yml publishes, except MONGODB_PORT)',
    settings: [
      ['TEMPORAL_PORT', 'Port of the Temporal server that is started.', '7233'],
      ['TEMPORAL_UI_PORT', 'Port of its UI.', '8233'],
      ['MONGODB_PORT', 'Port of the MongoDB that is started.', '27017'],
      ['SANDBOX_PORT', 'Port of the sandbox and its inbox page.', '8025'],
      ['SANDBOX_LATENCY_MS', 'Wait before each answer of the sandbox, in milliseconds.', '0'],
      ['CLIENT_IMPORT_DATA', 'Folder for everything that lasts.', '.client-import'],
      ['CLIENT_IMPORT_OFFLINE', '1: never download a server.'],
      ['TEMPORAL_CLI_PATH', 'Program to use instead of a temporal that is found or downloaded.'],
      ['MONGOD_PATH', 'Program to use instead of a mongod that is found or downloaded.'],
    ],
  },
  {
    title: 'The command line (npm run cli)',
    settings: [
      ['CLIENT_IMPORT_URL', 'Address of the API.', 'http://127.0.0.1:3000'],
      ['CLIENT_IMPORT_KEY', 'API key.'],
      ['CLIENT_IMPORT_PROFILE', 'Name of the address and key that login has kept.'],
    ],
  },
  {
    title: 'docker compose',
    settings: [
      ['COMPOSE_PROFILES', 'Which Temporal server: try-out, or full with PostgreSQL.'],
      [
        'SYSTEM_ADMINISTRATOR_KEY',
        'API keys of the demo organisation, by role: 32 to 200 letters, digits, "_" or "-". Without them it is not made.',
      ],
      ['USER_ADMINISTRATOR_KEY', 'The same, of the second role.'],
      ['SUPPORT_KEY', 'The same, of the third role.'],
      ['POSTGRES_PASSWORD', 'Of the database under Temporal, with the profile full only.'],
    ],
  },
];
