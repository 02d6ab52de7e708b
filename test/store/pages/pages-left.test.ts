import { linesIn } from '../../../contract/snapshot';
import type { ImportSnapshot } from '../../../contract/snapshot';
import type { ImportDoc, InvitationDoc, RowDoc } from '../../../store/documents';
import { openScratchStore } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';

/** The worst of a large file: no two lines next to each other are alike. */
const ROWS = 3_000;
const IMPORT = 'alternating';
const STATUSES = ['created', 'rejected', 'pending'] as const;
const statusOf = (line: number) => STATUSES[line % STATUSES.length]!;

describe('The snapshot of a file of several pages', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
    const { imports, rows, invitations } = scratch.collections;
    const lines = Array.from({ length: ROWS }, (_, i) => i + 2);
    await imports.insertOne({ _id: IMPORT, status: 'inviting', revision: 0, plannedAt: new Date() } as ImportDoc);
    await rows.insertMany(
      lines.map((row) => ({
        ...{ _id: `${IMPORT}:${row}`, importId: IMPORT, row, status: statusOf(row) },
        problems: statusOf(row) === 'rejected' ? [{ code: 'email.invalid' }] : [],
      })) as unknown as RowDoc[],
    );
    await invitations.insertMany(
      lines
        .filter((row) => statusOf(row) === 'created')
        .flatMap((row) =>
          (['email', 'sms'] as const).map((channel) => ({
            ...{ _id: `${IMPORT}:${row}:${channel}:1`, importId: IMPORT, row, channel, superseded: false },
            ...{ token: `${row}${channel}`, state: channel === 'sms' && row > 2_500 ? 'sending' : 'pending' },
          })),
        ) as unknown as InvitationDoc[],
    );
  });
  afterAll(() => scratch.close());

  const find = async (): Promise<StoredSnapshot> => (await scratch.store.snapshots.find(IMPORT))!.snapshot;
  type StoredSnapshot = Pick<ImportSnapshot, 'rows' | 'invitations' | 'pages'>;

  test('counts all lines, names the first of them, and stays small', async () => {
    const snapshot = await find();
    expect(snapshot.rows.map(({ status, count }) => [status, count]).sort()).toEqual([
      ['created', 1_000],
      ['pending', 1_000],
      ['rejected', 1_000],
    ]);
    expect(linesIn(snapshot, 'pending').slice(0, 3)).toEqual([2, 5, 8]);
    expect(linesIn(snapshot, 'pending')).toHaveLength(40);
    expect(JSON.stringify(snapshot).length).toBeLessThan(4_000);
  });

  test('says on which pages something is left, to write, to send and to settle', async () => {
    expect((await find()).pages).toEqual({
      ...{ write: '0-5', needingAttention: 1_000 },
      send: { email: '0-5', sms: '0-4' },
      settle: { email: '', sms: '5' },
    });
  });
});
