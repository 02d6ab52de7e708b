import fs from 'node:fs';
import path from 'node:path';
import { openLedger } from '../../../sandbox/ledger/ledger';
import type { AcceptedMessage, Ledger } from '../../../sandbox/ledger/ledger';
import { SENDER, control, ledgerOf, makeDataDir, requestsOf, twilioAt, useSandbox } from '../support/sandbox';

const message = (n: number): AcceptedMessage => ({
  provider: 'twilio',
  id: `SM${n}`,
  to: `+4479111${String(n).padStart(5, '0')}`,
  from: SENDER,
  body: `Hello ${n}`,
  account: 'AC1',
});

describe('the ledger file', () => {
  let dataDir: string;
  let ledger: Ledger;
  const fileName = () => path.join(dataDir, 'ledger.jsonl');
  beforeEach(() => {
    dataDir = makeDataDir();
    ledger = openLedger(path.join(dataDir));
  });
  afterEach(() => {
    ledger.close();
    fs.rmSync(dataDir, { recursive: true });
  });
  const reopen = () => {
    ledger.close();
    ledger = openLedger(dataDir);
  };

  test('When a message is appended, then it is a line on disk at once', () => {
    const [line] = ledger.append([message(1)]);

    expect(JSON.parse(fs.readFileSync(fileName(), 'utf8'))).toEqual(line);
    expect(line).toMatchObject({ seq: 1, id: 'SM1' });
  });

  test('When the last line is torn, then it is cut off and the ledger goes on behind the whole ones', () => {
    ledger.append([message(1), message(2)]);
    fs.appendFileSync(fileName(), '{"seq":3,"at":"2026-01-01T00:0');
    reopen();

    expect(ledger.find({}).map(({ seq }) => seq)).toEqual([1, 2]);
    ledger.append([message(3)]);
    reopen();
    expect(ledger.find({}).map(({ seq, id }) => [seq, id])).toEqual([
      [1, 'SM1'],
      [2, 'SM2'],
      [3, 'SM3'],
    ]);
  });

  test('When a line in the middle is no JSON, then the error names file and line', () => {
    ledger.append([message(1)]);
    fs.appendFileSync(fileName(), 'nonsense\n');
    ledger.close();

    expect(() => openLedger(dataDir)).toThrow(`${fileName()}, line 2: not JSON.`);
    fs.truncateSync(fileName());
    ledger = openLedger(dataDir);
  });

  test('When the ledger is emptied, then file and memory are empty and numbers are not used again', () => {
    ledger.append([message(1), message(2)]);
    ledger.clear();

    expect(fs.readFileSync(fileName(), 'utf8')).toBe('');
    expect([ledger.count(), ledger.find({ to: message(1).to }), ledger.byId('SM1')]).toEqual([0, [], undefined]);
    expect(ledger.append([message(3)])[0]!.seq).toBe(3);
  });

  test('When the ledger is closed, then nothing is written any more, though its file number may be in use again', () => {
    ledger.close();
    const other = path.join(dataDir, 'other');
    const fd = fs.openSync(other, 'a');

    expect(() => ledger.append([message(1)])).toThrow('The ledger is closed.');
    expect(fs.readFileSync(other, 'utf8')).toBe('');
    fs.closeSync(fd);
    ledger = openLedger(dataDir);
  });

  test('When the ledger holds 10,000 messages, then one person is found without looking at the others', () => {
    ledger.append(Array.from({ length: 10_000 }, (_, n) => message(n)));
    const start = performance.now();
    for (let n = 0; n < 10_000; n++) expect(ledger.find({ to: message(n).to })[0]!.body).toBe(`Hello ${n}`);

    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe('the ledger over HTTP', () => {
  const sandbox = useSandbox();
  const send = (to: string, body: string) => twilioAt(sandbox.url()).messages.create({ to, from: SENDER, body });

  test('When the ledger is asked by address, text and number, then only what fits comes', async () => {
    await send('+447911123456', 'token-1');
    await send('+447911123457', 'token-2');
    await send('+447911123456', 'token-3');
    const bodies = async (query: string) => (await ledgerOf(sandbox.url(), query)).map(({ body }) => body);
    const [first] = await ledgerOf(sandbox.url());

    expect(await bodies('?to=%2B447911123456')).toEqual(['token-1', 'token-3']);
    expect(await bodies('?contains=token-2')).toEqual(['token-2']);
    expect(await bodies(`?after=${first!.seq}`)).toEqual(['token-2', 'token-3']);
    expect(await bodies(`?to=%2B447911123456&contains=token&after=${first!.seq}`)).toEqual(['token-3']);
    expect((await control(sandbox.url(), '/__ledger')).json).toMatchObject({ count: 3 });
    expect((await control(sandbox.url(), '/__ledger/count')).json).toEqual({ count: 3 });
  });

  test('When the requests are asked by address and number, then attempts can be counted', async () => {
    await send('+447911123456', 'Hello');
    await send('+447911123457', 'Hello');
    const [first] = await requestsOf(sandbox.url());

    expect(await requestsOf(sandbox.url(), '?to=%2B447911123457')).toHaveLength(1);
    expect(await requestsOf(sandbox.url(), `?after=${first!.seq}`)).toHaveLength(1);
    expect(JSON.stringify(await requestsOf(sandbox.url()))).not.toMatch(/Basic|token/);
  });
});
