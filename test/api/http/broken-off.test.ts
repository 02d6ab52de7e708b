import { startReceivingServer } from '../../support/receiving-server';
import type { ReceivingServer } from '../../support/receiving-server';
import { until } from '../../support/until';

const FILE = 'Content-Disposition: form-data; name="files"; filename="a.csv"';

describe('A request that breaks off', () => {
  let receiving: ReceivingServer;
  beforeAll(async () => {
    receiving = await startReceivingServer();
  });
  afterAll(() => receiving.close());

  test.each([
    ['before its first boundary', '/files', 'multipart/form-data; boundary=x', ''],
    ['in the head of a part', '/files', 'multipart/form-data; boundary=x', '--x\r\nContent-Disp'],
    ['in a file', '/files', 'multipart/form-data; boundary=x', `--x\r\n${FILE}\r\n\r\nabc`],
    [
      'in a large file',
      '/files',
      'multipart/form-data; boundary=x',
      `--x\r\n${FILE}\r\n\r\n${'a,b\r\n'.repeat(100_000)}`,
    ],
    [
      'in its second file',
      '/files',
      'multipart/form-data; boundary=x',
      `--x\r\n${FILE}\r\n\r\nabc\r\n--x\r\n${FILE}\r\n\r\nabc`,
    ],
    ['between two files', '/files', 'multipart/form-data; boundary=x', `--x\r\n${FILE}\r\n\r\nabc\r\n--x\r\n`],
    ['in JSON', '/json', 'application/json', '{"email": '],
  ])('When it does so %s, then no fault of ours is logged', async (_where, path, type, body) => {
    const { lines, server } = receiving;
    lines.length = 0;
    const socket = await receiving.open();
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: 900000\r\n\r\n`;
    // Taken over by the server, or else it never sees a request.
    await new Promise<void>((resolve) => server.once('request', () => resolve()) && socket.write(head));
    await new Promise<void>((resolve) => socket.write(body || '-', () => resolve()));
    socket.destroy();
    await until(
      'the request to be logged',
      async () => lines,
      (all) => all.some(({ res }) => res),
    );
    await until(
      'the pieces to be removed',
      () => receiving.db.collection('uploads.files').countDocuments(),
      (count) => count === 0,
    );
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
    expect(lines.map(({ res }) => res?.statusCode ?? 0).filter((status) => status >= 500)).toEqual([]);
  });
});
