import { finishRows, isChecked } from '../../../activities/people/stage-invitations';
import { personIdOf } from '../../../store/documents';
import type { ImportDoc } from '../../../store/documents';
import { createInvitationToken } from '../../../store/index';
import { uniqueName } from '../../support/environment';
import { openScratchStore, organisation, person, stagedRow } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';

const ORG = 'demo';

describe('Rows that another step has begun', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
    await scratch.collections.organisations.insertOne(organisation(ORG));
  });
  afterAll(() => scratch.close());

  test('What the other step had claimed and not stored is in doubt and not sent again, and it can claim no more', async () => {
    const importId = uniqueName('import-');
    const { collections, store } = scratch;
    const persons = [2, 3].map((row) => person(ORG, { _id: personIdOf(importId, row) }));
    await collections.people.insertMany(persons);
    const rows = persons.map((one, i) => stagedRow(one, { importId, row: i + 2 }));
    await collections.rows.insertMany(rows);
    await collections.imports.insertOne({ _id: importId, status: 'inviting', revision: 0 } as ImportDoc);
    await collections.firstSends.insertOne({ _id: importId, claims: [] });
    const claim = (row: number) =>
      store.firstSends.claim(
        { id: importId },
        { attemptId: 'of-the-other', channel: 'sms', rows: [row], tokens: createInvitationToken() },
      );
    expect(await claim(2)).not.toBeNull();

    await finishRows(store, importId, rows.filter(isChecked));

    const onSms = (await store.invitations.find({ importId, channel: 'sms' })).map(({ row, state }) => [row, state]);
    expect(onSms.sort()).toEqual([
      [2, 'sending'],
      [3, 'pending'],
    ]);
    expect(await claim(3)).toBeNull();
  });
});
