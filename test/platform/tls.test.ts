import { NativeConnection } from '@temporalio/worker';
import { MongoClient } from 'mongodb';
import { readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import type { Server } from 'node:tls';
import { launch } from '../../local/processes/program';
import { mongodUri, startMongod } from '../../local/servers/mongod';
import { freePort } from '../../local/servers/ports';
import { connectLazily, temporalSettings } from '../../platform/temporal-connection';
import { connectTogether, hostsOf } from '../../platform/run-program';
import { openStore } from '../../store/index';
import { createTempFolder } from '../local/temp-folder';
import { makeCertificates } from '../support/certificates';
import { sharedServers } from '../support/environment';
import { until } from '../support/until';

const folder = createTempFolder();
const files = makeCertificates(folder.path);

describe('Temporal behind mutual TLS', () => {
  let proxy: Server;
  const before = { ...process.env };

  beforeAll(async () => {
    const [host, port] = sharedServers().temporalAddress.split(':') as [string, string];
    const read = (file: string) => readFileSync(file);
    const options = { cert: read(files.server.cert), key: read(files.server.key), ca: read(files.ca) };
    // Ends TLS before the real server, which has none of its own as a development server.
    proxy = createServer({ ...options, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] }, (near) => {
      const far = connect(Number(port), host);
      near.on('error', () => far.destroy()).pipe(far);
      far.on('error', () => near.destroy()).pipe(near);
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  });
  afterEach(() => {
    process.env = { ...before };
  });
  afterAll(() => proxy.close());

  function settings(of: { cert: string; key: string }): void {
    Object.assign(process.env, {
      TEMPORAL_ADDRESS: `127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      TEMPORAL_TLS: 'true',
      TEMPORAL_TLS_CLIENT_CERT_PATH: of.cert,
      TEMPORAL_TLS_CLIENT_KEY_PATH: of.key,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: files.ca,
    });
  }
  const describeSystem = async () => {
    const opened = connectLazily();
    try {
      const { connection } = opened;
      return await connection.withDeadline(Date.now() + 5_000, () => connection.workflowService.getSystemInfo({}));
    } finally {
      await opened.close();
    }
  };

  test('is reached by the API and the worker with the certificate of the settings', async () => {
    settings(files.client);
    expect((await describeSystem()).serverVersion).toMatch(/^\d/);
    const worker = await NativeConnection.connect(temporalSettings().connectionOptions);
    await worker.close();
  });

  test('refuses a certificate that it does not know, and the start names the setting', async () => {
    settings(files.stranger);
    await expect(describeSystem()).rejects.toThrow();
    const { connectionOptions } = temporalSettings();
    const at = connectionOptions.address!;
    await expect(
      connectTogether([
        { what: 'Temporal', setting: 'TEMPORAL_ADDRESS', at },
        NativeConnection.connect(connectionOptions),
      ]),
    ).rejects.toThrow(`TEMPORAL_ADDRESS: Temporal cannot be reached at ${at}`);
  });

  test('needs files that can be read', () => {
    settings({ cert: '/nowhere/tls.crt', key: files.client.key });
    expect(() => temporalSettings()).toThrow('The settings for Temporal are invalid');
  });
});

describe('MongoDB with TLS and authentication', () => {
  let port: number;
  let stop: () => Promise<unknown>;
  const uri = (user: string, options = `&tls=true&tlsCAFile=${files.ca}`) =>
    `mongodb://${user}@127.0.0.1:${port}/?replicaSet=client-import&authSource=admin${options}`;

  beforeAll(async () => {
    port = await freePort();
    const place = { dbPath: folder.at('mongodb'), logFile: folder.at('mongod.log'), pids: folder.pids };
    const binary = process.env['TEST_MONGOD_BINARY']!;
    // Whoever comes first makes the user; from then on nobody enters without one.
    const open = await startMongod({ ...place, binary, port }, new AbortController().signal);
    const admin = new MongoClient(mongodUri(port));
    const roles = [{ role: 'readWrite', db: 'product' }];
    await admin.db('admin').command({ createUser: 'importer', pwd: 'opensesame', roles });
    await admin.close();
    await open.stop(5_000);

    const keyFile = folder.at('keyfile');
    writeFileSync(keyFile, 'key+of+the+members', { mode: 0o600 });
    const secured = launch({
      ...{ name: 'mongod', command: binary, env: process.env, logFile: place.logFile, pids: place.pids },
      args: [
        ...['--port', `${port}`, '--bind_ip', '127.0.0.1', '--dbpath', place.dbPath, '--replSet', 'client-import'],
        ...['--tlsMode', 'requireTLS', '--tlsCertificateKeyFile', files.server.both, '--tlsCAFile', files.ca],
        ...['--tlsAllowConnectionsWithoutCertificates', '--auth', '--keyFile', keyFile],
      ],
    });
    stop = () => secured.stop(5_000);
    await until(
      'the replica set to be back',
      () =>
        openStore(uri('importer:opensesame'), 'product').then(
          (store) => store.close().then(() => true),
          () => false,
        ),
      (isBack) => isBack,
    );
  });
  afterAll(() => stop());

  test('is opened by a user who may read and write one database, with all indexes', async () => {
    const store = await openStore(uri('importer:opensesame'), 'product');
    expect(await store.backlog.count()).toMatchObject({ imports: [], waitingRows: 0 });
    await store.close();
  });

  test.each([
    ['a wrong password', 'importer:wrong', undefined],
    ['no TLS', 'importer:opensesame', ''],
  ])('is not opened with %s, and the start names the setting and no password', async (_, user, options) => {
    const at = hostsOf(uri(user, options));
    const start = connectTogether([
      { what: 'MongoDB', setting: 'MONGODB_URI', at },
      openStore(uri(user, options), 'product'),
    ]);
    const { message } = await start.then(
      () => new Error('It has started'),
      (error: Error) => error,
    );
    expect(message).toContain(`MONGODB_URI: MongoDB cannot be reached at 127.0.0.1:${port} (`);
    expect(message).not.toMatch(/opensesame|wrong/);
  });
});
