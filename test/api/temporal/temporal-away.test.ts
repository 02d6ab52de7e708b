import { randomUUID } from 'node:crypto';
import type { Answer, UploadAnswer } from '../../support/api-caller';
import { sharedServers } from '../../support/environment';
import { people, toCsv } from '../../support/people';
import { invitedTwice } from '../../support/sandbox-control';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { startTcpProxy } from '../../support/tcp-proxy';
import type { LinkState, TcpProxy } from '../../support/tcp-proxy';
import { until } from '../../support/until';

/** Half a second is promised; the rest is for a busy machine. A command that waited for Temporal took 2.5 s or six. */
const AT_ONCE_MS = 2_300;
/** A lease of the outbox, a call that was under way, a connection that is made anew, and what the machine needs. */
const AFTER_RETURN_MS = 60_000;
const JSON_TYPE = { 'Content-Type': 'application/json' };
const DAY_MS = 86_400_000;
/** A number to which the sandbox rejects every SMS. */
const REJECTED = '+12025550191';

const AWAY: [string, LinkState['kind']][] = [
  ['that takes connections and never answers', 'black-hole'],
  ['that refuses connections', 'reset'],
];

describe.each(AWAY)('A Temporal server %s', (_what, kind) => {
  let link: TcpProxy;
  let stack: Stack;
  beforeAll(async () => {
    const [host, port] = sharedServers().temporalAddress.split(':') as [string, string];
    link = await startTcpProxy({ host, port: Number(port) });
    // The worker has a connection of its own: only the API has lost Temporal, as behind a broken network.
    stack = await startStack({}, { temporalAddress: `127.0.0.1:${link.port}` });
  });
  afterAll(async () => {
    link.set({ kind: 'clear' });
    await stack.stop();
    await link.close();
  });

  let files = 0;
  const aFile = (change?: Parameters<typeof people>[2]) => {
    const tag = `away${kind.replace('-', '')}${++files}`;
    return { name: `${tag}.csv`, content: toCsv(people(2, tag, change, 10 * files)) };
  };
  const failing = () => aFile((_, i) => (i === 1 ? { mobile: REJECTED } : {}));
  const post = <T>(path: string, body?: unknown, method = 'POST') =>
    stack.api.call<T>(method, path, {
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: JSON_TYPE,
    });
  const invite = (body: unknown) =>
    stack.api.call<UploadAnswer>('POST', '/v1/clients', { body: JSON.stringify(body), headers: JSON_TYPE });
  const upload = async (options: Record<string, string>, ...all: { name: string; content: string }[]) => {
    const { body } = await stack.api.uploadWith(options, ...all);
    const ids = body.imports.map(({ id }) => id);
    await Promise.all(ids.map((id) => stack.api.rest(id)));
    return { batch: body.batch, ids, id: ids[0]! };
  };
  const planOf = async (id: string): Promise<string> => (await stack.api.find(id)).plan!.hash;
  const statusIs = (id: string, ...expected: string[]) =>
    until(
      `import ${id} to be ${expected.join(' or ')}`,
      () => stack.api.find(id),
      ({ status }) => expected.includes(status),
      AFTER_RETURN_MS,
    );

  test(
    'has each command taken at once, and carried out when it is back',
    async () => {
      const [sent, undone, wrong, retried, retriedBatch] = await Promise.all([
        upload({}, aFile()),
        upload({}, aFile()),
        upload(
          {},
          aFile((_, i) => (i === 1 ? { email: 'nobody' } : {})),
        ),
        upload({}, failing()),
        upload({}, failing(), failing()),
      ]);
      const [applied, cancelled, cancelledBatch] = await Promise.all([
        upload({ mode: 'preview' }, aFile()),
        upload({ mode: 'preview' }, aFile()),
        upload({ mode: 'preview' }, aFile(), aFile()),
      ]);
      const hash = await planOf(applied.id);
      const { planHash } = (await post<{ planHash: string }>(`/v1/imports/${undone.id}/undo`, {})).body;
      const before = [{ $set: { changedAt: { $subtract: ['$changedAt', 2 * DAY_MS] } } }];
      await stack.db.collection('invitations').updateMany({ importId: sent.id }, before);
      const file = aFile();
      const key = randomUUID();
      const [person] = people(1, `byhand${kind.replace('-', '')}`, () => ({}), 900);
      const { firstName, lastName, email, mobile } = person!;

      link.set({ kind } as LinkState);
      const took: Record<string, number> = {};
      async function ask<T>(what: string, call: () => Promise<Answer<T>>): Promise<Answer<T>> {
        const since = performance.now();
        const answer = await call();
        took[what] = Math.round(performance.now() - since);
        return answer;
      }
      const first = await ask('upload', () => stack.api.uploadAs({ 'Idempotency-Key': key }, {}, file));
      const again = await ask('upload again', () => stack.api.uploadAs({ 'Idempotency-Key': key }, {}, file));
      const many = await ask('upload many', () => stack.api.upload(aFile(), aFile(), aFile()));
      const byHand = await ask('by hand', () => invite({ firstName, lastName, email, mobile, team: 'Mayfair' }));
      const uploaded = first.body.imports[0]!.id;
      const statuses: Record<string, number> = {};
      const command = async (what: string, path: string, body?: unknown, method?: string): Promise<void> => {
        statuses[what] = (await ask(what, () => post(path, body, method))).status;
      };
      await command('pause', `/v1/imports/${uploaded}/pause`);
      await command('resume', `/v1/imports/${uploaded}/resume`);
      await command('pause once more', `/v1/imports/${uploaded}/pause`);
      await command('cancel', `/v1/imports/${cancelled.id}/cancel`);
      await command('undo', `/v1/imports/${undone.id}/undo`, { planHash });
      await command('apply', `/v1/imports/${applied.id}/apply`, { planHash: hash });
      await command('retry', `/v1/imports/${retried.id}/retries`, { all: true });
      await command('remind', `/v1/imports/${sent.id}/reminders`, { all: true });
      await command('correct', `/v1/imports/${wrong.id}/rows/3`, { email: `mended.${kind}@example.com` }, 'PATCH');
      await command('pause of a batch', `/v1/batches/${many.body.batch}/pause`);
      await command('resume of a batch', `/v1/batches/${many.body.batch}/resume`);
      await command('cancel of a batch', `/v1/batches/${cancelledBatch.batch}/cancel`);
      await command('retry of a batch', `/v1/batches/${retriedBatch.batch}/retries`, { all: true });

      expect([first.status, again.status, many.status, byHand.status]).toEqual([202, 202, 202, 202]);
      expect(again.body.imports[0]!.id).toBe(uploaded);
      expect(statuses).toEqual({
        pause: 202,
        resume: 200,
        'pause once more': 202,
        cancel: 202,
        undo: 202,
        apply: 202,
        retry: 202,
        remind: 202,
        correct: 202,
        'pause of a batch': 202,
        'resume of a batch': 200,
        'cancel of a batch': 202,
        'retry of a batch': 202,
      });
      expect(Object.entries(took).filter(([, ms]) => ms > AT_ONCE_MS)).toEqual([]);
      expect(link.struck()).toBeGreaterThan(0);

      link.set({ kind: 'clear' });
      await statusIs(uploaded, 'paused');
      expect((await post(`/v1/imports/${uploaded}/resume`)).status).toBe(200);
      await statusIs(undone.id, 'undone');
      for (const id of [cancelled.id, ...cancelledBatch.ids]) await statusIs(id, 'cancelled');
      for (const { id } of [{ id: uploaded }, applied, ...many.body.imports, ...byHand.body.imports])
        await statusIs(id, 'completed');
      await until(
        'the corrected row to be created',
        () => stack.api.find(wrong.id),
        ({ status, rows }) => status === 'completed' && rows.created === 2,
        AFTER_RETURN_MS,
      );
      const attempts = async (id: string): Promise<number> =>
        (await stack.store.invitations.allGenerations(id)).filter(({ generation }) => generation === 2).length;
      for (const id of [retried.id, ...retriedBatch.ids]) {
        await until(
          'the retry',
          () => stack.store.invitations.allGenerations(id),
          (all) => all.some(({ generation, state }) => generation === 2 && state === 'failed'),
          AFTER_RETURN_MS,
        );
        expect(await attempts(id)).toBe(1);
      }
      await until(
        'the reminders',
        () => stack.store.invitations.allGenerations(sent.id),
        (all) => all.filter(({ generation, state }) => generation === 2 && state === 'sent').length === 4,
        AFTER_RETURN_MS,
      );
      const messages = await stack.sandbox.messages();
      const reminded = new Set((await stack.api.rows(sent.id)).flatMap(({ person }) => [person.email, person.mobile]));
      expect(invitedTwice(messages.filter(({ to }) => !reminded.has(to)))).toEqual([]);
      expect(messages.filter(({ to }) => to === email || to === mobile)).toHaveLength(2);
    },
    2 * AFTER_RETURN_MS,
  );
});
