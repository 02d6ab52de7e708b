import { CHANNELS } from '../../contract/invitation';
import type { InvitationDoc, PersonDoc, RowDoc } from '../../store/documents';
import { invitationId, rowId } from '../../store/documents';
import { uniqueName } from './environment';
import { organisation, person, sentInvitation, stagedRow } from './scratch-store';
import type { ScratchStore } from './scratch-store';

interface Change {
  row?: (line: number) => Partial<RowDoc>;
  person?: (line: number) => Partial<PersonDoc>;
  invitation?: (line: number, channel: InvitationDoc['channel']) => Partial<InvitationDoc>;
  importDoc?: object;
}

/** Writes an import that has created so many people, each with a message on both channels. Its lines begin at 2. Returns its id. */
export async function addImport(
  { collections }: Pick<ScratchStore, 'collections'>,
  count: number,
  { row = () => ({}), person: personOf = () => ({}), invitation = () => ({}), importDoc = {} }: Change = {},
): Promise<string> {
  const importId = uniqueName('import-');
  const org = uniqueName('org-');
  const lines = Array.from({ length: count }, (_, i) => i + 2);
  const people = lines.map((line) =>
    person(org, { _id: rowId(importId, line), importId, row: line, ...personOf(line) }),
  );
  await collections.organisations.insertOne(organisation(org));
  await collections.imports.insertOne({
    ...{ _id: importId, organisationId: org, kind: 'clients', source: 'file', fileName: 'large.csv', sha256: importId },
    ...{ options: { mode: 'direct' }, status: 'completed', fileProblems: [], columns: [], retries: [], revision: 1 },
    ...{ createdAt: new Date(), plannedAt: new Date(), planHash: 'hash', batchId: importId },
    ...importDoc,
  } as never);
  await collections.people.insertMany(people);
  await collections.rows.insertMany(
    people.map((one) => ({ ...stagedRow(one, { importId, row: one.row! }), status: 'created', ...row(one.row!) })),
  );
  await collections.invitations.insertMany(
    people.flatMap((one) =>
      CHANNELS.map((channel) => {
        const at = { importId, row: one.row!, channel };
        return sentInvitation(one, {
          _id: invitationId(importId, one.row!, channel, 1),
          ...at,
          ...invitation(one.row!, channel),
        });
      }),
    ),
  );
  return importId;
}
