import { readFile } from 'node:fs';
import { freePort } from '../../local/servers/ports';
import { Deadline } from '../../platform/deadline';
import { TransportError, createHttpTransport } from '../../providers/http/http-transport';
import type { HttpCall } from '../../providers/http/http-transport';
import type { ScriptedProvider } from './scripted-provider';
import { json, raw, startScriptedProvider, startTcp } from './scripted-provider';

/** For tests that wait until it is over. */
const DEADLINE_MS = 600;
/** For all others: a busy machine takes its time to answer. */
const PATIENCE_MS = 10_000;

describe('the HTTP transport', () => {
  let provider: ScriptedProvider;
  const transport = createHttpTransport({ deadlineMs: PATIENCE_MS, connections: 4 });
  const hasty = createHttpTransport({ deadlineMs: DEADLINE_MS, connections: 4 });
  const post = (url: string, over: Partial<HttpCall> = {}): HttpCall => ({
    method: 'POST',
    url,
    headers: { Authorization: 'Bearer canary-key' },
    body: 'canary-body',
    ...over,
  });
  const failure = async (call: HttpCall, send = transport): Promise<TransportError> => {
    const error = await send(call).then(
      (answer) => new Error(`expected a failure, got ${answer.status}`),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TransportError);
    return error as TransportError;
  };

  beforeAll(async () => {
    provider = await startScriptedProvider();
  });
  afterAll(() => provider.close());

  it('When a server answers, then status, headers and body come back and the request arrived as given', async () => {
    provider.follow(json(418, { tea: 'ÿ' }, { 'Retry-After': '7' }));
    const answer = await transport(post(`${provider.url}/a/b?c=d%20e`));
    expect(answer).toMatchObject({ status: 418, headers: { 'retry-after': '7' }, body: '{"tea":"ÿ"}' });
    expect(provider.seen).toMatchObject([
      { method: 'POST', path: '/a/b?c=d%20e', headers: { authorization: 'Bearer canary-key' }, body: 'canary-body' },
    ]);
  });

  it('When many calls follow one another, then connections are kept and used again', async () => {
    provider.follow(raw(200, 'ok'));
    const single = createHttpTransport({ deadlineMs: PATIENCE_MS, connections: 4 });
    const before = provider.connections();
    for (let i = 0; i < 20; i++) await single(post(provider.url));
    expect(provider.seen).toHaveLength(20);
    expect(provider.connections() - before).toBeLessThanOrEqual(2);
  });

  it('When more calls are in flight than there are connections, then the rest wait for one', async () => {
    provider.follow(raw(200, 'ok'));
    const narrow = createHttpTransport({ deadlineMs: PATIENCE_MS, connections: 3 });
    const before = provider.connections();
    await Promise.all(Array.from({ length: 30 }, () => narrow(post(provider.url))));
    expect(provider.seen).toHaveLength(30);
    expect(provider.connections() - before).toBe(3);
  });

  it('When a server redirects, then the redirect is the answer and nobody follows it', async () => {
    provider.follow(raw(302, '', { Location: `${provider.url}/elsewhere` }));
    expect((await transport(post(provider.url))).status).toBe(302);
    expect(provider.seen).toHaveLength(1);
  });

  describe('certain that nothing was sent', () => {
    it('When nobody listens on the port, then the request was not sent', async () => {
      const error = await failure(post(`http://127.0.0.1:${await freePort()}`));
      expect(error).toMatchObject({ kind: 'not-sent', cause: 'ECONNREFUSED' });
    });

    it('When the name of the host does not resolve, then the request was not sent', async () => {
      const error = await failure(post('http://provider.invalid/'), hasty);
      expect(error.kind).toBe('not-sent');
      expect(['ENOTFOUND', 'EAI_AGAIN', 'deadline']).toContain(error.cause);
    });

    it('When the TLS handshake fails, then the request was not sent', async () => {
      const plain = await startTcp((socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      );
      expect((await failure(post(`https://127.0.0.1:${plain.port}`))).kind).toBe('not-sent');
      await plain.close();
    });

    it('When the connection is reset while TLS is being agreed, then the request was not sent', async () => {
      const resetting = await startTcp((socket) => socket.resetAndDestroy());
      const error = await failure(post(`https://127.0.0.1:${resetting.port}`));
      expect(error).toMatchObject({ kind: 'not-sent', cause: 'ECONNRESET' });
      await resetting.close();
    });

    it('When connecting takes longer than the deadline, then the request was not sent', async () => {
      const silent = await startTcp(() => {});
      const started = performance.now();
      const error = await failure(post(`https://127.0.0.1:${silent.port}`), hasty);
      expect(error).toMatchObject({ kind: 'not-sent', cause: 'deadline' });
      expect(performance.now() - started).toBeLessThan(DEADLINE_MS + 1_000);
      await silent.close();
    });

    it('When no request can be made of a header, then the request was not sent', async () => {
      const error = await failure(post(provider.url, { headers: { Authorization: 'Bearer canary\nkey' } }));
      expect(error).toMatchObject({ kind: 'not-sent', cause: 'UND_ERR_INVALID_ARG' });
    });

    it('When the deadline passes while waiting for a connection, then the request is never written', async () => {
      const single = createHttpTransport({ deadlineMs: DEADLINE_MS, connections: 1 });
      provider.follow(() => {});
      const [first, waiting] = await Promise.all([
        failure(post(`${provider.url}/first`), single),
        failure(post(`${provider.url}/waiting`), single),
      ]);
      expect(first).toMatchObject({ kind: 'in-doubt', cause: 'deadline' });
      expect(waiting).toMatchObject({ kind: 'not-sent', cause: 'deadline' });
      const before = provider.seen;
      provider.follow(raw(200));
      await single(post(`${provider.url}/later`, { deadline: { end: new Deadline(PATIENCE_MS) } }));
      expect([...before, ...provider.seen].map(({ path }) => path)).toEqual(['/first', '/later']);
    });

    it('When the process stood still until after the deadline, then the request is not written', async () => {
      provider.follow(raw(200));
      const frozen = new Promise<TransportError>((resolve, reject) => {
        readFile(__filename, () => {
          failure(post(provider.url), hasty).then(resolve, reject);
          const wake = performance.now() + DEADLINE_MS + 50;
          while (performance.now() < wake);
        });
      });
      expect(await frozen).toMatchObject({ kind: 'not-sent', cause: 'deadline' });
      expect(provider.seen).toHaveLength(0);
    });

    it('When calls share a deadline that has passed, then the later call is not written', async () => {
      provider.follow(raw(200));
      const error = await failure(post(provider.url, { deadline: { end: new Deadline(0) } }));
      expect(error).toMatchObject({ kind: 'not-sent', cause: 'deadline' });
      expect(provider.seen).toHaveLength(0);
    });
  });

  describe('in doubt', () => {
    const faults: [
      name: string,
      (socket: { write(text: string): void; end(): void; resetAndDestroy(): void }) => void,
      RegExp,
    ][] = [
      ['closes the connection', (socket) => socket.end(), /^UND_ERR_SOCKET$/],
      ['resets the connection', (socket) => socket.resetAndDestroy(), /^ECONNRESET$/],
      [
        'speaks something else than HTTP',
        (socket) => socket.write('220 mail.example.test ESMTP\r\n'),
        /^HPE_|HTTPParserError/,
      ],
      [
        'breaks off in the middle of the body',
        (socket) => {
          socket.write('HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{"sid":');
          socket.end();
        },
        /^UND_ERR_SOCKET$/,
      ],
      ['never answers', () => {}, /^deadline$/],
      ['never ends its head', (socket) => socket.write('HTTP/1.1 201 Created\r\nX-A: b\r\n'), /^deadline$/],
      [
        'sends an endless head',
        (socket) => socket.write(`HTTP/1.1 201 Created\r\nX-A: ${'b'.repeat(40_000)}\r\n\r\n`),
        /^UND_ERR_HEADERS_OVERFLOW$/,
      ],
      [
        'sends a body beyond all measure',
        (socket) => socket.write(`HTTP/1.1 201 Created\r\nContent-Length: 9000000\r\n\r\n${'x'.repeat(5_000_000)}`),
        /^UND_ERR_RES_EXCEEDED_MAX_SIZE$/,
      ],
    ];
    it.each(faults)('When a server %s, then the fate of the request is in doubt', async (_, fault, cause) => {
      const server = await startTcp((socket) => socket.once('data', () => fault(socket)));
      const started = performance.now();
      const send = cause.test('deadline') ? hasty : transport;
      const error = await failure(post(`http://127.0.0.1:${server.port}`), send);
      expect(error.kind).toBe('in-doubt');
      expect(error.cause).toMatch(cause);
      expect(performance.now() - started).toBeLessThan(DEADLINE_MS + 1_000);
      await server.close();
    });

    it('When a body drips for ever, then the deadline cuts it', async () => {
      let dripping: NodeJS.Timeout | undefined;
      provider.follow((response) => {
        response.writeHead(201);
        dripping = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(dripping));
      });
      const started = performance.now();
      const error = await failure(post(provider.url), hasty);
      expect(error).toMatchObject({ kind: 'in-doubt', cause: 'deadline' });
      expect(performance.now() - started).toBeLessThan(DEADLINE_MS + 1_000);
    });
  });

  it('When a call fails, then its error holds no header, body or address', async () => {
    provider.follow((response) => response.destroy());
    const error = await failure(post(`${provider.url}/canary-path`));
    expect([JSON.stringify(error), error.stack, error.message, Object.keys(error).join()].join()).not.toMatch(/canary/);
    expect(Object.keys(error).sort()).toEqual(['cause', 'kind', 'name']);
  });
});
