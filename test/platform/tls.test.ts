import { NativeConnection } from '@temporalio/worker';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import type { Server } from 'node:tls';
import { connectLazily, temporalSettings } from '../../platform/temporal-connection';
import { connectTogether } from '../../platform/run-program';
import { createTempFolder } from '../local/temp-folder';
import { makeCertificates } from '../support/certificates';
import { sharedServers } from '../support/environment';

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
