import type { PersonValues } from '../../domain/person';
import type { Collections } from '../documents';
import { rowId } from '../ids';
import { leaveToNextStep } from '../invitations/first-sends';
import type { Mongo } from '../mongo';
import { keepOverwritten, literals, withoutOptOuts } from '../overwritten/overwritten';
import { renewPending } from './renew-pending';

/** A change of a known person by a row: only the changed fields. */
interface PersonUpdate {
  personId: string;
  fields: Partial<PersonValues>;
  by: { importId: string; row: number };
}

type Parts = Pick<Collections, 'imports' | 'rows' | 'people' | 'invitations' | 'firstSends'>;

/** The moment of a change by a row; a repeated write of the same row changes nothing. */
const unlessBy = (by: PersonUpdate['by']) => ({
  $cond: [{ $eq: ['$updatedBy', { $literal: by }] }, '$changedAt', '$$NOW'],
});

/** Changes of known people by the rows of an import. */
export function createPeopleUpdates(parts: Parts, transaction: Mongo['transaction'], createToken: () => string) {
  const { people, rows } = parts;

  return {
    /**
     * Changes people, and keeps the values that it replaces; by those of the rows alone that are still `pending`, since what was changed by
     * hand or undone after the end of a row is newer. A message to a former number that is made and not claimed can be claimed no more.
     * Idempotent.
     */
    async update(organisationId: string, updates: PersonUpdate[]): Promise<void> {
      if (updates.length === 0) return;
      let readdressed: string[] = [];
      await transaction(async (session) => {
        const ids = updates.map(({ by }) => rowId(by.importId, by.row));
        const pending = new Set(await rows.distinct('_id', { _id: { $in: ids }, status: 'pending' }, { session }));
        const due = updates.filter((_, i) => pending.has(ids[i]!));
        if (due.length === 0) return;
        await people.bulkWrite(
          due.map(({ personId, fields, by }) => ({
            updateOne: {
              filter: { _id: personId, organisationId },
              update: [
                ...keepOverwritten(by, fields),
                {
                  $set: {
                    ...literals(fields),
                    updatedBy: { $literal: by },
                    ...(Object.keys(fields).length > 0 && { changedAt: unlessBy(by) }),
                  },
                },
                ...(fields.mobile === undefined ? [] : [withoutOptOuts('sms')]),
              ],
            },
          })),
          { ordered: false, session },
        );
        readdressed = due.filter(({ fields }) => fields.mobile !== undefined).map(({ personId }) => personId);
        await renewPending(parts, { personIds: readdressed, except: due[0]!.by.importId, createToken }, session);
      });
      await leaveToNextStep(parts, readdressed);
    },
  };
}
