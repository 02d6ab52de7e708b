import { createRowFinisher } from '../../../activities/people/row-finisher';
import { draftInvitations, isChecked } from '../../../activities/people/stage-invitations';
import { personIdOf } from '../../../store/documents';
import type { InvitationDoc } from '../../../store/documents';
import { uniqueName } from '../../support/environment';
import { openScratchStore, person, stagedRow } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';
import { until } from '../../support/until';

const ORG = 'demo';
/** As many as are worth a write of their own, and some more. */
const ENOUGH = 200;
const LINES = Array.from({ length: ENOUGH + 50 }, (_, i) => i + 2);

describe('Rows whose invitations are stored one after another', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  async function begin() {
    const importId = uniqueName('import-');
    const newcomers = LINES.map((row) => stagedRow(person(ORG, { _id: personIdOf(importId, row) }), { importId, row }));
    await scratch.collections.rows.insertMany(newcomers);
    const rows = newcomers.filter(isChecked);
    const invitations = draftInvitations(rows);
    const finisher = createRowFinisher(scratch.store, importId, rows, invitations);
    const ended = async (): Promise<number[]> =>
      (await scratch.store.rows.page(importId, { status: 'created', limit: LINES.length })).map(({ row }) => row);
    const sent = (lines: readonly number[], change: Partial<InvitationDoc> = {}): InvitationDoc[] =>
      invitations
        .filter(({ row }) => lines.includes(row))
        .map((invitation) => ({ ...invitation, state: 'sent' as const, ...change }));
    return { importId, finisher, ended, sent };
  }

  /** The write changes one row after the other. */
  const untilEnded = (ended: () => Promise<number[]>) =>
    until(`${ENOUGH} rows to end`, ended, ({ length }) => length >= ENOUGH);

  it('end while others wait, once both of their messages have an outcome', async () => {
    const { finisher, ended, sent } = await begin();
    const early = LINES.slice(0, ENOUGH);
    finisher.stored(sent(LINES).filter(({ channel }) => channel === 'sms'));
    expect(await ended()).toEqual([]);
    finisher.stored(sent(early).filter(({ channel }) => channel === 'email'));
    await untilEnded(ended);
    expect(await ended()).toEqual(early);
    await finisher.finishAll();
    expect(await ended()).toEqual(LINES);
  });

  it('end last if one of their messages is still to be sent: it goes to the address that was read', async () => {
    const { finisher, ended, sent } = await begin();
    const early = LINES.slice(0, ENOUGH);
    const [waits, ...others] = early;
    finisher.stored(sent(others));
    finisher.stored(sent([waits!], { state: 'pending' }));
    finisher.stored(sent([LINES.at(-1)!]));
    await untilEnded(ended);
    expect(await ended()).toEqual([...others, LINES.at(-1)]);
    await finisher.finishAll();
    expect(await ended()).toEqual(LINES);
  });

  it('that another step has cancelled meanwhile stay cancelled', async () => {
    const { importId, finisher, ended, sent } = await begin();
    await scratch.store.rows.finish(importId, [2], 'cancelled');
    finisher.stored(sent(LINES));
    await finisher.finishAll();
    expect(await ended()).toEqual(LINES.slice(1));
  });

  it('whose write fails are told of at the end, and not lost sight of before', async () => {
    const importId = uniqueName('import-');
    const rows = LINES.map((row) => stagedRow(person(ORG), { importId, row })).filter(isChecked);
    const invitations = draftInvitations(rows);
    const failing = {
      ...scratch.store,
      rows: { ...scratch.store.rows, finish: () => Promise.reject(new Error('away')) },
    };
    const finisher = createRowFinisher(failing, importId, rows, invitations);
    finisher.stored(invitations.map((invitation) => ({ ...invitation, state: 'sent' })));
    await new Promise(setImmediate);
    await expect(finisher.finishAll()).rejects.toThrow('away');
  });
});
