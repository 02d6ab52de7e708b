import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InvitationSender, SendOutcome } from '../../providers/sender';
import type { LedgerMessage } from '../../sandbox/ledger/ledger';
import type { LogEntry } from '../../sandbox/http/request-log';
import { startSandbox } from '../../sandbox/server';
import type { Sandbox } from '../../sandbox/server';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import type { RowAnswer } from '../support/api-caller';
import { CELLS, POSSIBLE_CELLS, nameOf } from './ambiguity-matrix';
import type { Cell } from './ambiguity-matrix';
import { message, sendDeadline, sendGridSender, twilioSender } from './senders';

const byName = POSSIBLE_CELLS.map((cell) => [nameOf(cell), cell] as const);
const indexOf = (cell: Cell): number => CELLS.indexOf(cell);

test('The matrix has 44 cells, and those that cannot happen say why', () => {
  expect(CELLS).toHaveLength(44);
  expect(new Set(CELLS.map(nameOf)).size).toBe(44);
  const impossible = CELLS.filter(({ verdict }) => typeof verdict === 'string');
  expect(impossible.map(nameOf)).toEqual([
    'twilio has not accepted a message and answers with success',
    'sendgrid has not accepted a message and answers with success',
    'sendgrid has not accepted a message and answers with success in broken JSON',
  ]);
});

describe('what a sender makes of an answer, through the real SDKs', () => {
  let sandbox: Sandbox;
  let dataDir: string;
  let outcomes: Map<Cell, SendOutcome[]>;
  const addressOf = (cell: Cell): string =>
    cell.provider === 'twilio'
      ? `+120355501${String(indexOf(cell)).padStart(2, '0')}`
      : `cell${indexOf(cell)}@example.test`;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'matrix-'));
    sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dataDir, latencyMs: 0 });
    await plan(POSSIBLE_CELLS.map((cell) => ({ ...cell.fault, match: { to: addressOf(cell) } })));
    // Long enough for a busy machine to answer in, as those that never answer take all of it at once.
    const options = { deadlineMs: 4_000, connections: 44 };
    const senders = { twilio: twilioSender(sandbox.url, options), sendgrid: sendGridSender(sandbox.url, options) };
    outcomes = new Map(
      await Promise.all(
        POSSIBLE_CELLS.map(async (cell) => [cell, await sendTo(senders[cell.provider], cell)] as const),
      ),
    );
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true });
  });

  const sendTo = (sender: InvitationSender, cell: Cell) =>
    sender.send([message({ id: `cell-${indexOf(cell)}`, to: addressOf(cell) })], sendDeadline());

  async function plan(faults: object[]): Promise<void> {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${sandbox.url}/__faults`, { method: 'POST', headers, body: JSON.stringify(faults) });
    expect(response.status).toBe(201);
  }
  const count = async (what: 'ledger' | 'requests', cell: Cell): Promise<number> => {
    const response = await fetch(`${sandbox.url}/__${what}?to=${encodeURIComponent(addressOf(cell))}`);
    return ((await response.json()) as { count: number }).count;
  };

  test.each(byName)('When %s, then the outcome is as in the table, after one request', async (_, cell) => {
    expect(outcomes.get(cell)).toMatchObject([{ kind: cell.verdict.outcome }]);
    expect(await count('requests', cell)).toBe(1);
    // Or the cell would not be the one that it says it is.
    expect(await count('ledger', cell)).toBe(cell.accepted ? 1 : 0);
  });
});

describe('what becomes of the invitation in an import', () => {
  let stack: Stack;
  let rows: RowAnswer[];
  let messages: LedgerMessage[];
  /** How many requests each fault has struck. */
  let struck: Map<string | undefined, number>;
  const faults = new Map<Cell, string>();
  // Every other row is a good one, so that no provider seems to be down; the last one is refused by the book.
  const persons = people(2 * CELLS.length + 1, 'matrix', (_, i) =>
    i === 2 * CELLS.length ? { mobile: '+12025550194' } : {},
  );
  const personOf = (cell: Cell): Person => persons[2 * indexOf(cell)]!;
  const addressOf = (cell: Cell): string => personOf(cell)[cell.provider === 'twilio' ? 'mobile' : 'email'];

  beforeAll(async () => {
    stack = await startStack({ ...SHORT_WINDOWS, EMAIL_BATCH_SIZE: '1', EMAIL_CONCURRENCY: '32' });
    for (const cell of POSSIBLE_CELLS) {
      faults.set(cell, await stack.sandbox.plan({ ...cell.fault, to: addressOf(cell) }));
    }
    const id = await stack.api.importId(toCsv(persons));
    await stack.api.rest(id);
    rows = await stack.api.rows(id);
    messages = await stack.sandbox.messages();
    const { requests } = (await (await fetch(`${stack.sandbox.url}/__requests`)).json()) as { requests: LogEntry[] };
    struck = new Map();
    for (const { fault } of requests) struck.set(fault, (struck.get(fault) ?? 0) + 1);
  }, 60_000);
  afterAll(() => stack.stop());

  const invitationOf = (person: Person, channel: string) =>
    rows.find((row) => row.person.email === person.email)!.invitations.find((one) => one.channel === channel)!;

  test.each(byName)('When %s, then the invitation ends as in the table, and nobody has it twice', (_, cell) => {
    const invitation = invitationOf(personOf(cell), cell.provider === 'twilio' ? 'sms' : 'email');
    expect(invitation).toMatchObject({
      state: cell.verdict.state,
      problem: cell.verdict.state === 'unconfirmed' ? { code: 'invitation.unconfirmed' } : null,
    });
    expect(struck.get(faults.get(cell))).toBe(1);
    expect(messages.filter(({ to }) => to === addressOf(cell))).toHaveLength(cell.accepted ? 1 : 0);
  });

  test('When all of it is over, then everybody else was invited on both channels, and nobody twice', () => {
    expect(invitedTwice(messages)).toEqual([]);
    const spoilt = new Set(POSSIBLE_CELLS.map(addressOf));
    const expected = persons.flatMap(({ email, mobile }) => [email, mobile]).filter((to) => !spoilt.has(to));
    const reached = messages.map(({ to }) => to).filter((to) => !spoilt.has(to));
    expect(reached.sort()).toEqual(expected.filter((to) => to !== '+12025550194').sort());
  });

  test('When a provider refuses somebody, then the row tells why in a sentence', () => {
    expect(invitationOf(persons.at(-1)!, 'sms')).toMatchObject({
      state: 'failed',
      providerCode: '21610',
      providerReason: 'The person has replied STOP to a message from our number.',
      problem: { code: 'invitation.opted-out' },
    });
  });
});
