import type { InvitationState } from '../../contract/invitation';
import type { ImportDoc, RowDoc } from '../../store/documents';
import { rowId } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { openScratchStore, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const HOUR_MS = 3_600_000;
const since = new Date(Date.now() - 24 * HOUR_MS);

describe('The figures of invitations', () => {
  let scratch: ScratchStore;
  let organisationId: string;
  beforeAll(async () => (scratch = await openScratchStore()));
  beforeEach(() => (organisationId = uniqueName('org-')));
  afterAll(() => scratch.close());

  interface Line {
    team?: string;
    /** Of its messages on e-mail and on SMS. */
    states?: InvitationState[];
    status?: RowDoc['status'];
  }

  async function imported(lines: Line[], change: Partial<ImportDoc> = {}): Promise<string> {
    const { imports, rows, invitations } = scratch.collections;
    const id = uniqueName('import-');
    const created = { _id: id, organisationId, kind: 'clients', fileName: `${id}.csv`, createdAt: new Date() };
    await imports.insertOne({ ...created, ...change } as ImportDoc);
    for (const [i, { team, states = [], status = 'created' }] of lines.entries()) {
      const row = i + 2;
      const somebody = person(organisationId, { teamIds: team === undefined ? [] : [team] });
      await rows.insertOne({
        _id: rowId(id, row),
        organisationId,
        importId: id,
        row,
        status,
        person: somebody,
      } as never);
      const messages = states.map((state, j) =>
        sentInvitation(somebody, { importId: id, row, state, channel: j === 0 ? 'email' : 'sms' }),
      );
      if (messages.length > 0) await invitations.insertMany(messages);
    }
    return id;
  }
  const figures = (limit = 10, rows = 10_000) =>
    scratch.store.figures.ofClients({ organisationId, since, limit, rows });

  test('A person counts by the best of their messages', async () => {
    await imported([
      { team: 'a', states: ['bounced', 'delivered'] },
      { team: 'a', states: ['accepted', 'cancelled'] },
      { team: 'a', states: ['sent', 'failed'] },
      { team: 'a', states: ['bounced', 'failed'] },
      { team: 'a', states: ['pending', 'suppressed'] },
      { team: 'a', status: 'waiting' },
      { team: 'a', status: 'rejected' },
    ]);
    const { data, complete } = await figures();
    expect(complete).toBe(true);
    expect(data.map(({ teamId, figures: found }) => ({ teamId, ...found }))).toEqual([
      { teamId: 'a', invited: 4, delivered: 2, accepted: 1, bounced: 3, unreached: 1, waiting: 1, rejected: 1 },
    ]);
  });

  test('Teams, and people without one, are counted apart', async () => {
    await imported([{ team: 'a', states: ['sent'] }, { team: 'b', states: ['sent', 'sent'] }, { states: ['sent'] }]);
    const { data } = await figures();
    expect(new Map(data.map(({ teamId, figures: { invited } }) => [teamId, invited]))).toEqual(
      new Map([
        ['a', 1],
        ['b', 1],
        [null, 1],
      ]),
    );
  });

  test('Staff, older imports and other organisations are left out', async () => {
    const counted = await imported([{ team: 'a', states: ['sent'] }]);
    await imported([{ team: 'a', states: ['sent'] }], { kind: 'staff' });
    await imported([{ team: 'a', states: ['sent'] }], { createdAt: new Date(since.getTime() - HOUR_MS) });
    await imported([{ team: 'a', states: ['sent'] }], { organisationId: 'another' });
    expect((await figures()).data.map(({ importId }) => importId)).toEqual([counted]);
  });

  test('Of more imports than the limit the newest are counted, and it says so', async () => {
    await imported([{ team: 'a', states: ['sent'] }], { createdAt: new Date(Date.now() - HOUR_MS) });
    const newest = await imported([{ team: 'a', states: ['sent'] }]);
    const { data, complete } = await figures(1);
    expect(complete).toBe(false);
    expect(data.map(({ importId }) => importId)).toEqual([newest]);
  });

  test('Of files with more rows together than the limit the newest are counted, and at least one', async () => {
    const ago = (hours: number): Partial<ImportDoc> => ({ createdAt: new Date(Date.now() - hours * HOUR_MS) });
    const row = [{ team: 'a', states: ['sent' as const] }];
    await imported(row, { ...ago(0.3), rowCount: 10 });
    const second = await imported(row, { ...ago(0.2), rowCount: 40_000 });
    const newest = await imported(row, { ...ago(0.1), rowCount: 60_000 });
    const among = async (rows: number) => {
      const { data, complete } = await figures(10, rows);
      return { ids: data.map(({ importId }) => importId).sort(), complete };
    };
    expect(await among(100_000)).toEqual({ ids: [second, newest].sort(), complete: false });
    expect(await among(99_999)).toEqual({ ids: [newest], complete: false });
    expect(await among(5)).toEqual({ ids: [newest], complete: false });
    expect((await among(100_010)).complete).toBe(true);
  });

  test('Without imports there are none', async () => {
    expect(await figures()).toEqual({ data: [], complete: true });
  });

  test('A list of people has the newest message to each on each channel', async () => {
    const [ann, bea] = [person(organisationId), person(organisationId)];
    const [old, now] = [new Date(Date.now() - HOUR_MS), new Date()];
    const [first, second] = [uniqueName('import-'), uniqueName('import-')];
    await scratch.collections.invitations.insertMany([
      sentInvitation(ann, { importId: first, state: 'bounced', createdAt: old }),
      sentInvitation(ann, { importId: second, state: 'delivered', createdAt: now }),
      sentInvitation(ann, { importId: first, channel: 'sms', state: 'failed', createdAt: old }),
      sentInvitation(bea, { importId: first, row: 3, superseded: true }),
    ]);
    const messages = await scratch.store.invitations.newestTo([ann._id, bea._id]);
    expect(messages.map(({ personId, channel, state }) => ({ personId, channel, state }))).toEqual([
      { personId: ann._id, channel: 'email', state: 'delivered' },
      { personId: ann._id, channel: 'sms', state: 'failed' },
    ]);
    expect(await scratch.store.invitations.newestTo([])).toEqual([]);
  });
});
