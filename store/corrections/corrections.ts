import type { ClientSession } from 'mongodb';
import { applyCorrection, TeamGone } from './apply-correction';
import type { Correction, CorrectionParts, CorrectionResult, RowSnapshot } from './correction';
import { personIdFor } from '../documents';
import type { RowDoc } from '../documents';
import { isDuplicateKey } from '../duplicates';
import type { Mongo } from '../mongo';

const APPLIED: RowDoc['status'][] = ['created', 'updated', 'unchanged'];
const MAX_TRIES = 5;

/** Corrections of single rows by hand: the row, its person, its invitations and the import change in one transaction. */
export function createCorrections(
  { imports, rows, people, invitations, clientTeams }: Omit<CorrectionParts, 'createToken'>,
  transaction: Mongo['transaction'],
  createToken: () => string,
) {
  const parts = { imports, rows, people, invitations, clientTeams, createToken };

  return {
    /**
     * Writes the correction that `decide` returns; `null` changes nothing. Calls `decide` again if the row, its person or the
     * import has changed meanwhile. Rejects with its errors.
     */
    async correct(
      importId: string,
      line: number,
      decide: (snapshot: RowSnapshot) => Promise<Correction | null>,
    ): Promise<CorrectionResult> {
      for (let tries = 1; ; tries++) {
        try {
          let result: CorrectionResult = { kind: 'unknown' };
          await transaction(async (session) => {
            result = { kind: 'unknown' };
            const snapshot = await readSnapshot(importId, line, session);
            if (!snapshot) return;
            const correction = await decide(snapshot);
            result = correction ? await applyCorrection(parts, snapshot, correction, session) : { kind: 'unchanged' };
          });
          return result;
        } catch (error) {
          // The address was taken, or the team removed, between the decision and the write: decide again.
          const isOutdated = error instanceof TeamGone || isDuplicateKey(error);
          if (!isOutdated || tries === MAX_TRIES) throw error;
        }
      }
    },

    /** Finds another row of the import with an address: planned, or applied to the person who has it. */
    async findRowWithAddress(
      importId: string,
      except: number,
      emailKey: string,
      holderId: string | undefined,
    ): Promise<number | null> {
      const row = await rows.findOne(
        {
          importId,
          row: { $ne: except },
          $or: [
            { status: { $in: ['pending', 'waiting'] }, 'person.emailKey': emailKey },
            ...(holderId === undefined
              ? []
              : [{ status: { $in: APPLIED }, $or: [{ 'plan.personId': holderId }, { _id: holderId }] }]),
          ],
        },
        { projection: { row: 1 } },
      );
      return row && row.row;
    },
  };

  async function readSnapshot(importId: string, line: number, session: ClientSession): Promise<RowSnapshot | null> {
    const importDoc = await imports.findOne({ _id: importId }, { session });
    const row = await rows.findOne({ importId, row: line }, { session });
    if (!importDoc || !row) return null;
    if (!APPLIED.includes(row.status)) return { importDoc, row, person: null, invitations: [] };
    const personId = personIdFor(row);
    return {
      importDoc,
      row,
      person: await people.findOne({ _id: personId, organisationId: row.organisationId }, { session }),
      invitations: await invitations.find({ personId, superseded: false }, { session }).toArray(),
    };
  }
}
