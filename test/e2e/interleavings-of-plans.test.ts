import { MockActivityEnvironment } from '@temporalio/testing';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { createDatabaseActivities } from '../../activities/index';
import type { DatabaseActivities } from '../../activities/index';
import { createImportService } from '../../api/temporal/import-service';
import { deliver } from '../../api/temporal/outbox';
import { IMPORT_WORKFLOW_TYPE, importWorkflowId } from '../../contract/import';
import type { ImportStatus } from '../../contract/import-status';
import { loadConfig } from '../../platform/config';
import type { FirstClaim } from '../../store/send-documents';
import { createActivityDeps } from '../../worker/deps';
import { settingsFor, sharedServers, SHORT_WINDOWS } from '../support/environment';
import { createGate } from '../support/gate';
import type { StoreCall } from '../support/gate';
import { HEADER, people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const DAY_MS = 86_400_000;
const STAFF_HEADER = 'First Name,Last Name,Email,Mobile,Role,Client Teams';
/** The event of a workflow's second task: planned, and about to wait for its approval. */
const PLANNED_EVENT = 10;
/** In place of the four seconds that a worker gives its steps; enough to come to where they are held on a busy machine. */
const STEP_FENCE_MS = 1_000;
const LEAVE_OUT_NOTHING: number[] = [];

describe('When plans, approvals and waiting rows meet other work, then', () => {
  const gate = createGate();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { workerStore: (store) => gate.around(store) });
  });
  /** Whatever a test that fails half way still holds. */
  const frozen: (() => void)[] = [];
  afterEach(async () => {
    for (const release of frozen.splice(0)) release();
    await setActive('demo:riverside', true);
  });
  afterAll(() => stack.stop());

  const collection = (name: string) => stack.db.collection(name);
  const setImport = (id: string, fields: object) =>
    collection('imports').updateOne({ _id: id as never }, { $set: fields });
  const setOrganisation = (fields: object) =>
    collection('organisations').updateOne({ _id: 'demo' as never }, { $set: fields });
  const setActive = (teamId: string, active: boolean) =>
    collection('people').updateMany({ kind: 'staff', teamIds: teamId }, { $set: { active } });
  const post = <T>(path: string, body: object) =>
    stack.api.call<T>('POST', path, {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });

  const preview = (content: string, options: Record<string, string> = {}) =>
    stack.api.importIdWith({ mode: 'preview', ...options }, content);
  const importAll = async (content: string, options: Record<string, string> = {}) =>
    stack.api.rest(await stack.api.importIdWith(options, content));
  const become = (id: string, status: ImportStatus) =>
    until(
      `the import to be ${status}`,
      () => stack.api.find(id),
      (found) => found.status === status,
      20_000,
    );

  /** Both views at rest, and the books: nothing open, everything adds up. */
  async function expectSettled(id: string, status: ImportStatus) {
    const done = await become(id, status);
    const open = { importId: id, state: { $in: ['pending', 'sending'] } };
    expect(await collection('invitations').countDocuments(open)).toBe(0);
    expect(Object.values(done.rows).reduce((a, b) => a + b, 0)).toBe(done.lines);
    expect(await stack.caughtUp(id, status)).toMatchObject({ rows: done.rows, invitations: done.invitations });
    return done;
  }

  /**
   * A step in a process that was frozen after a call of `method`, for so long that another took over: it is held there, and
   * once it is thawed too much time has passed for it to go on unseen.
   */
  function freeze(
    step: keyof DatabaseActivities,
    input: { importId: string; [field: string]: unknown },
    method: StoreCall,
  ) {
    const own = createGate();
    const held = own.hold(method);
    frozen.push(held.release);
    const deps = createActivityDeps(loadConfig(settingsFor(stack.name, sharedServers())), own.around(stack.store));
    deps.settings.stepFenceMs = STEP_FENCE_MS;
    const run = createDatabaseActivities(deps)[step] as (input: object) => Promise<unknown>;
    const begunAt = Date.now();
    const workflowExecution = { workflowId: importWorkflowId(input.importId), runId: '' };
    const environment = new MockActivityEnvironment({ workflowExecution }, { client: stack.temporal });
    const ended = environment.run(run, input).catch((error: unknown) => error);
    return {
      arrival: held.arrival,
      async thaw() {
        await pause(Math.max(0, begunAt + STEP_FENCE_MS + 50 - Date.now()));
        held.release();
        await ended;
      },
    };
  }

  /** Two people for a team without active staff, and two for one that has it. */
  async function importWaiting(tag: string, from: number): Promise<string> {
    await setActive('demo:riverside', false);
    const found = await importAll(toCsv(people(4, tag, () => ({}), from)));
    expect(found).toMatchObject({ status: 'waiting', rows: { created: 2, waiting: 2 } });
    return found.id;
  }

  /** Ten people, half of them for the team Riverside, the SMS of line 4 refused as long as the fault stands. */
  async function withOneRefused(tag: string, from: number, change: Parameters<typeof people>[2] = () => ({})) {
    const rows = people(10, tag, change, from);
    const to = rows[2]!.mobile;
    const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612, to });
    return { csv: toCsv(rows), lift: () => stack.sandbox.lift(fault) };
  }

  describe('plans:', () => {
    test('a plan that was drawn up by a step that then died is drawn up anew, rows and hash together', async () => {
      const rows = people(2, 'halfplanned', () => ({}), 0);
      const held = gate.hold('people.findByEmail');
      const id = await preview(toCsv(rows));
      await held.arrival;
      await importAll(toCsv(rows.slice(0, 1)));
      gate.fail('plans.record', 1);
      held.release();

      const found = await stack.api.rest(id);
      const fresh = await stack.api.rest(await preview(toCsv(rows)));
      expect(found.plan!.hash).toBe(fresh.plan!.hash);
      expect(found.rows).toEqual(fresh.rows);
    });

    test('a planning that wakes up late adds no rows to a file that asks about its columns since', async () => {
      await setOrganisation({ defaultTeamId: 'demo:mayfair' });
      const withoutTeams = toCsv(people(2, 'lateplan', () => ({}), 10)).replace(HEADER.at(-1)!, 'Notes');
      const first = (await stack.store.imports.find((await importAll(withoutTeams)).id))!;
      const { plannedAt, closedAt, planHash, ...unread } = first;
      expect(plannedAt && closedAt && planHash).toBeTruthy();
      // The same file once more, planned by hand: first by the step that is frozen, then by the workflow.
      const again = crypto.randomUUID();
      await copyUpload(first._id, again);
      await stack.store.newImports.createOnce([{ ...unread, _id: again, status: 'planning' }]);
      const late = freeze('planImport', { importId: again }, 'people.findByEmail');
      await late.arrival;
      await setOrganisation({ defaultTeamId: null });
      await startAgain(again);
      await become(again, 'awaiting-approval');
      await late.thaw();
      expect(await stack.api.find(again)).toMatchObject({
        status: 'awaiting-approval',
        lines: 0,
        rows: { pending: 0 },
      });
    });

    test('a restaging that wakes up late does not take the place of a newer plan', async () => {
      const rows = people(3, 'laterestage', () => ({}), 20);
      const id = await preview(toCsv(rows));
      const { hash } = (await stack.api.rest(id)).plan!;
      await importAll(toCsv(rows.slice(0, 1)));
      const late = freeze('applyPlan', { importId: id, planHash: hash }, 'people.findByEmail');
      await late.arrival;
      await importAll(toCsv(rows.slice(1, 2)));
      await stack.api.applyInVain(id, hash);
      const newer = await stack.api.find(id);
      await late.thaw();
      const now = await stack.api.find(id);
      expect(now.plan!.hash).toBe(newer.plan!.hash);
      expect(await stack.caughtUp(id, 'awaiting-approval')).toMatchObject({ rows: now.rows });
    });

    test('a plan whose file would be refused by now is not asked to be looked at again for ever', async () => {
      await setOrganisation({ defaultTeamId: 'demo:mayfair' });
      const id = await preview(toCsv(people(2, 'teamless', () => ({}), 30)).replace(HEADER.at(-1)!, 'Notes'));
      const before = await stack.api.rest(id);
      expect(before.status).toBe('awaiting-approval');
      await setOrganisation({ defaultTeamId: null });
      await stack.api.apply(id, before.plan!.hash);
      const { status, plan } = await stack.api.find(id);
      expect({ status, hash: plan?.hash }).not.toEqual({ status: 'awaiting-approval', hash: before.plan!.hash });
    });

    test('a plan is another one if its messages have grown since by a longer name of the organisation', async () => {
      const csv = toCsv(people(2, 'renamed', () => ({}), 40));
      const { plan } = await stack.api.rest(await preview(csv));
      await setOrganisation({ name: '河'.repeat(60) });
      const grown = await stack.api
        .rest(await preview(csv))
        .finally(() => setOrganisation({ name: stack.organisationName }));
      expect(grown.plan!.smsSegments).toBeGreaterThan(plan!.smsSegments);
      expect(grown.plan!.hash).not.toBe(plan!.hash);
    });

    test('a plan is the same if somebody has changed with whom it does nothing', async () => {
      const rows = people(1, 'leftalone', () => ({ group: 'Mayfair' }), 50);
      await importAll(toCsv(rows));
      const known = { email: rows[0]!.email };
      await collection('people').updateOne(known, { $set: { active: true } });
      const id = await preview(toCsv(rows), { onExisting: 'invite' });
      const { plan } = await stack.api.rest(id);
      expect(plan!.actions).toMatchObject({ unchanged: 1 });
      await collection('people').updateOne(known, { $set: { company: 'Another Ltd' } });
      expect((await stack.api.apply(id, plan!.hash)).status).toBe(202);
    });
  });

  describe('approvals:', () => {
    test('a preview that expires while somebody applies an outdated plan ends all the same', async () => {
      const rows = people(3, 'expires', () => ({}), 100);
      const id = await preview(toCsv(rows));
      const { plan } = await stack.api.rest(id);
      await importAll(toCsv(rows.slice(0, 1)));
      await stack.workflow(id).terminate('for the test');
      await setImport(id, { plannedAt: new Date(Date.now() - 2 * DAY_MS) });

      const held = gate.hold('rows.finishAllOpen');
      const handle = await startAgain(id);
      await held.arrival;
      expect((await stack.api.apply(id, plan!.hash)).status).toBe(409);
      held.release();
      await handle.result();
      expect(await stack.api.find(id)).toMatchObject({ status: 'cancelled', rows: { pending: 0 } });
    });

    test('a preview whose workflow was terminated expires when its time is over', async () => {
      const id = await preview(toCsv(people(2, 'forgotten', () => ({}), 110)));
      await stack.api.rest(id);
      await stack.workflow(id).terminate('for the test');
      await setImport(id, { plannedAt: new Date(Date.now() - 2 * DAY_MS), checkAt: new Date(0) });
      expect(await become(id, 'cancelled')).toMatchObject({ rows: { cancelled: 2, pending: 0 } });
    });

    test('a plan whose workflow was terminated in the moment of its approval is carried out all the same', async () => {
      const id = await preview(toCsv(people(3, 'approvedcut', () => ({}), 120)));
      const { plan } = await stack.api.rest(id);
      const held = gate.hold('imports.applyPlan');
      const applied = stack.api.apply(id, plan!.hash);
      await held.arrival;
      await stack.workflow(id).terminate('for the test');
      held.release();
      await applied;
      await setImport(id, { checkAt: new Date(0) });
      expect(await expectSettled(id, 'completed')).toMatchObject({ rows: { created: 3 } });
    });

    test('a cancellation in the moment of an approval ends every row, and nobody is created', async () => {
      const id = await preview(toCsv(people(3, 'approvecancel', () => ({}), 130)));
      const { plan } = await stack.api.rest(id);
      const held = gate.hold('imports.applyPlan');
      const applied = stack.api.apply(id, plan!.hash);
      await held.arrival;
      await stack.workflow(id).cancel();
      held.release();
      expect([202, 409]).toContain((await applied).status);
      const done = await expectSettled(id, 'cancelled');
      expect(done.rows.cancelled + done.rows.created).toBe(3);
      expect(await collection('people').countDocuments({ importId: id })).toBe(done.rows.created);
    });

    test('a reset to the time before the approval carries nothing out a second time', async () => {
      const id = await preview(toCsv(people(2, 'reset', () => ({}), 140)));
      const { plan } = await stack.api.rest(id);
      await stack.api.apply(id, plan!.hash);
      const before = await expectSettled(id, 'completed');
      const { runId } = await stack.workflow(id).describe();
      await stack.temporal.workflowService.resetWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: importWorkflowId(id), runId },
        reason: 'for the test',
        requestId: crypto.randomUUID(),
        workflowTaskFinishEventId: PLANNED_EVENT as never,
        resetReapplyExcludeTypes: LEAVE_OUT_NOTHING,
      });
      await until(
        'the new run to end',
        () => stack.workflow(id).describe(),
        (description) => description.runId !== runId && description.status.name === 'COMPLETED',
      );
      expect(await expectSettled(id, 'completed')).toMatchObject({ invitations: before.invitations });
    });
  });

  describe('waiting rows:', () => {
    test('rows whose workflow was terminated while they waited are given back when their days are over', async () => {
      const id = await importWaiting('orphaned', 200);
      await stack.workflow(id).terminate('for the test');
      await setImport(id, { plannedAt: new Date(Date.now() - 31 * DAY_MS), checkAt: new Date(0) });
      expect(await become(id, 'completed-with-problems')).toMatchObject({ rows: { waiting: 0, rejected: 2 } });
    });

    test('a release that wakes up late leaves an import that rests as it is', async () => {
      await setActive('demo:riverside', false);
      const { csv, lift } = await withOneRefused('laterelease', 210);
      const id = (await importAll(csv)).id;
      expect(await stack.api.find(id)).toMatchObject({ status: 'needs-attention', rows: { waiting: 5 } });
      await setActive('demo:riverside', true);
      const late = freeze('refreshImport', { importId: id }, 'imports.resume');
      await late.arrival;
      await stack.workflow(id).signal('refresh');
      await until(
        'the rows to go on',
        () => stack.api.find(id),
        ({ rows, status }) => rows.created === 10 && status === 'needs-attention',
      );
      await late.thaw();
      await lift();
      expect(await stack.api.find(id)).toMatchObject({ status: 'needs-attention' });
    });

    test('a retry that comes while rows are released is sent, and so are they', async () => {
      await setActive('demo:riverside', false);
      const { csv, lift } = await withOneRefused('retryrelease', 230);
      const { id } = await importAll(csv);
      await lift();
      const held = gate.hold('rows.release');
      await setActive('demo:riverside', true);
      await stack.workflow(id).signal('refresh');
      await held.arrival;
      expect(await stack.api.retry(id)).toMatchObject({ status: 202, body: { retrying: { sms: 1 } } });
      held.release();
      expect(await expectSettled(id, 'completed')).toMatchObject({
        rows: { created: 10 },
        invitations: { email: { sent: 10 }, sms: { sent: 10 } },
      });
    });

    test('somebody who waits in two imports is created and invited by one of them', async () => {
      await setActive('demo:riverside', false);
      const csv = toCsv(people(3, 'twowait', () => ({ group: 'Riverside' }), 250));
      const [one, other] = [await importAll(csv), await importAll(csv)];
      expect([one.rows.waiting, other.rows.waiting]).toEqual([3, 3]);
      const member = await collection('people').findOne({ kind: 'staff', teamIds: 'demo:riverside' });
      await post(`/v1/staff/${encodeURIComponent(String(member!._id))}/activation`, {});
      const ended = await until(
        'both to go on',
        () => Promise.all([one.id, other.id].map((id) => stack.api.find(id))),
        (found) => found.every(({ status }) => status.startsWith('completed')),
      );
      expect(ended[0]!.rows.created + ended[1]!.rows.created).toBe(3);
      expect(ended[0]!.rows.rejected + ended[1]!.rows.rejected).toBe(3);
    });

    test('somebody who accepts while their message is being sent stays accepted in both views', async () => {
      const held = gate.hold('firstSends.claim');
      const id = await stack.api.importId(toCsv(people(1, 'acceptsend', () => ({ group: 'Mayfair' }), 260)));
      await held.arrival;
      const firstSends = await collection('first_sends').findOne({ _id: id as never });
      const [{ tokens: token, channel }] = firstSends!.claims as [FirstClaim];
      expect((await post('/v1/invitations/accept', { token })).status).toBe(200);
      held.release();
      await expectSettled(id, 'completed');
      const [after] = await stack.store.invitations.find({ importId: id, channels: [channel] });
      expect(after).toMatchObject({ state: 'accepted' });
    });

    test('an import that no worker can look after is not signalled over and over', async () => {
      const idle = await startStack({}, { worker: false, outbox: false });
      try {
        const id = await idle.api.importId(toCsv(people(1, 'idle', () => ({ group: 'Mayfair' }), 270)));
        const { organisationId } = (await idle.store.imports.find(id))!;
        await idle.db
          .collection('imports')
          .updateOne(
            { _id: id as never },
            { $set: { status: 'waiting', plannedAt: new Date(), checkAt: new Date(0) } },
          );
        const row = { _id: `${id}:2` as never, importId: id, organisationId, row: 2, status: 'waiting' };
        await idle.db.collection('rows').insertOne({ ...row, person: { teamIds: ['demo:mayfair'] } });
        const service = createImportService(idle.temporal, idle.name);
        for (let round = 0; round < 10; round++) await deliver({ store: idle.store, service });
        const { events } = await idle.workflow(id).fetchHistory();
        expect(events!.filter((event) => event.workflowExecutionSignaledEventAttributes)).toHaveLength(1);
      } finally {
        await idle.stop();
      }
    });
  });

  describe('writes:', () => {
    test('a row whose person was changed before the import was cancelled counts as updated', async () => {
      const [row] = people(1, 'changedcut', () => ({ group: 'Mayfair' }), 300);
      await importAll(toCsv([row!]));
      const held = gate.hold('people.update');
      const id = await stack.api.importIdWith({ onExisting: 'update' }, toCsv([{ ...row!, lastName: 'Changed' }]));
      await held.arrival;
      await stack.workflow(id).cancel();
      gate.fail('invitations.stage', 1);
      held.release();
      const done = await become(id, 'cancelled');
      expect(await collection('people').findOne({ email: row!.email })).toMatchObject({ lastName: 'Changed' });
      expect(done.rows).toMatchObject({ updated: 1, cancelled: 0 });
    });

    test('an update takes nothing back that somebody else has changed since, and that its row leaves open', async () => {
      const [row] = people(1, 'lostupdate', () => ({ group: 'Mayfair', company: 'Old Ltd' }), 310);
      await importAll(toCsv([row!]));
      const held = gate.hold('people.findByEmail');
      const changed = { ...row!, lastName: 'Changed', company: '' };
      const id = await stack.api.importIdWith({ onExisting: 'update' }, toCsv([changed]));
      await held.arrival;
      await importAll(toCsv([{ ...row!, company: 'New Ltd' }]), { onExisting: 'update' });
      held.release();
      await stack.api.rest(id);
      const after = await collection('people').findOne({ email: row!.email });
      expect(after).toMatchObject({ lastName: 'Changed', company: 'New Ltd' });
    });

    test('an update of staff leaves no client team without anybody', async () => {
      const ada = `${STAFF_HEADER}\nAda,Solo,ada.solo@staff.example.com,+447911123460,Staff,Mayfair`;
      await importAll(ada, { kind: 'staff' });
      const team = await post<{ id: string }>('/v1/client-teams', {
        name: 'Lonely',
        staff: ['ada.solo@staff.example.com'],
      });
      expect(team.status).toBe(201);
      await importAll(ada, { kind: 'staff', onExisting: 'update' });
      const { body } = await stack.api.get<{ staff: unknown[] }>(`/v1/client-teams/${team.body.id}`);
      expect(body.staff).toHaveLength(1);
    });

    test('a step that wakes up after its import was cancelled creates nobody', async () => {
      const id = await preview(toCsv(people(2, 'latewrite', () => ({}), 330)));
      await stack.api.rest(id);
      await setImport(id, { status: 'creating', appliedAt: new Date() });
      const late = freeze('writePeople', { importId: id, rows: '2-3' }, 'rows.findPending');
      await late.arrival;
      await stack.workflow(id).cancel();
      await become(id, 'cancelled');
      await late.thaw();
      expect(await collection('people').countDocuments({ importId: id })).toBe(0);
      expect(await collection('invitations').countDocuments({ importId: id, state: 'pending' })).toBe(0);
    });

    test('a closing that wakes up after a retry leaves alone what the retry has opened', async () => {
      const { csv, lift } = await withOneRefused('lateclose', 340, () => ({ group: 'Mayfair' }));
      const { id } = await importAll(csv);
      const late = freeze('closeImport', { importId: id, as: 'cancelled' }, 'rows.page');
      await late.arrival;
      await stack.workflow(id).cancel();
      await expect(stack.workflow(id).result()).rejects.toThrow();
      await lift();
      expect((await stack.api.retry(id)).status).toBe(202);
      await late.thaw();
      const done = await until(
        'the import to end',
        () => stack.api.find(id),
        ({ invitations, status }) => invitations.sms.pending === 0 && status !== 'inviting',
      );
      expect(done).toMatchObject({ status: 'completed', invitations: { sms: { sent: 10 } } });
    });

    test.each([
      ['skip', 'skipped', 400],
      ['update', 'unchanged', 410],
    ] as const)(
      'of two files with the same people, uploaded at once with onExisting=%s, the second ends as %s',
      async (onExisting, status, from) => {
        const csv = toCsv(people(3, `twin${onExisting}`, () => ({ group: 'Mayfair' }), from));
        const held = gate.hold('people.findByEmail');
        const id = await stack.api.importIdWith({ onExisting }, csv);
        await held.arrival;
        await importAll(csv, { onExisting });
        held.release();
        expect((await stack.api.rest(id)).rows).toMatchObject({ [status]: 3, rejected: 0 });
      },
    );

    test('a client team that is removed while a file is planned gets no clients', async () => {
      const team = await post<{ id: string }>('/v1/client-teams', {
        name: 'Brief',
        staff: ['ines.almeida@staff.example.com'],
      });
      const held = gate.hold('organisations.teams');
      const id = await stack.api.importId(toCsv(people(1, 'brief', () => ({ group: 'Brief' }), 500)));
      await held.arrival;
      const removed = await stack.store.teamChanges.remove('demo', team.body.id);
      held.release();
      await stack.api.rest(id);
      const clients = await collection('people').countDocuments({ kind: 'client', teamIds: team.body.id });
      expect({ removed, clients }).not.toEqual({ removed: 'removed', clients: 1 });
    });
  });

  test('nobody was invited twice in any of this', async () => {
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });

  const startAgain = (importId: string) =>
    stack.temporal.workflow.start(IMPORT_WORKFLOW_TYPE, {
      workflowId: importWorkflowId(importId),
      taskQueue: stack.name,
      args: [{ importId, organisationId: 'demo' }],
    });

  async function copyUpload(from: string, to: string): Promise<void> {
    await stack.store.uploads.save(to, Readable.from([(await stack.store.uploads.read(from))!]));
  }
});
