import { randomUUID } from 'node:crypto';
import { linesOfPage } from '../../contract/pages/pages';
import { parseRowSet } from '../../contract/row-set';
import type { PagePass } from '../../contract/snapshot';
import { Deadline } from '../../platform/deadline';
import { firstSendsId } from '../../store/documents';
import type { ImportDoc, InvitationDoc, OrganisationDoc, RowDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';
import { importNotFound } from '../failures';
import { endIfCancelled, withHeartbeat } from '../heartbeat';
import { createRowWriter, joinNewPeople } from '../people/write-people';
import type { NewPeople } from '../people/write-people';
import { createSenderAtOnce } from './send-at-once';

interface PageInput {
  importId: string;
  /** Its number; `contract/pages/pages` says which lines it has. */
  page: number;
}

/**
 * Takes the planned rows of one page as far as they go at once: writes their people and sends the invitations of both channels. What has
 * to wait is left to the steps for it, as in a small file. Idempotent: an attempt that finds the page begun by another takes it over, and
 * so sends nothing that the other has claimed. Returns no snapshot, since to read all of the import for each of its pages would cost
 * the square of its rows. Throws `ImportNotFound`.
 */
export function createImportPage(deps: ActivityDeps) {
  const { store, settings } = deps;
  const writeRows = createRowWriter(deps);
  const atOnce = createSenderAtOnce(deps);
  const chunkSize = settings.timing.createChunkRows;

  return ({ importId, page }: PageInput): Promise<PagePass> =>
    withHeartbeat(async () => {
      // Before the rows are read: behind it another attempt may have written them.
      const deadline = new Deadline(settings.stepFenceMs);
      const claims = { id: firstSendsId(importId, page), owner: randomUUID() };
      const isFirst = await store.firstSends.begin(claims);
      // Behind that mark: a pause, a cancellation or an erasure is seen here, or tells the claims to look.
      const [importDoc, pending] = await Promise.all([
        store.imports.find(importId),
        store.rows.findPendingOf(importId, page),
      ]);
      if (!importDoc) throw importNotFound(importId);
      let delays: PagePass['delays'] = {};
      const isHeld = importDoc.pausedBy?.staff !== undefined;
      if (pending.length > 0 && !isHeld) {
        // Whose turn it is depends on the invitations that are stored.
        const holdsBack = isFirst && !importDoc.schedule?.spread && !importDoc.restoredAt;
        const held = await write(importId, pending, deadline, { holdsBack, claimsId: claims.id });
        if (held)
          delays = await atOnce.sendFirst(
            { importDoc, organisation: await organisationOf(importDoc), claims, isAll: false },
            held,
          );
        // What was sent before a restore is not known here; the steps that send ask for it.
        else if (!importDoc.restoredAt) delays = await atOnce.sendStaged(importDoc, await findUnsent(importId, page));
      }
      await (isFirst ? store.firstSends.end(claims) : store.firstSends.close(claims.id));
      return { delays, isHeld };
    });

  function organisationOf({ organisationId }: ImportDoc): Promise<OrganisationDoc | null> {
    return store.organisations.find(organisationId);
  }

  function findUnsent(importId: string, page: number): Promise<InvitationDoc[]> {
    return store.invitations.find({ importId, rows: parseRowSet(linesOfPage(page)), states: ['pending'] });
  }

  /** Returns the people if they were all new, and nothing of them is staged. */
  async function write(
    importId: string,
    pending: RowDoc[],
    deadline: Deadline,
    options: { holdsBack: boolean; claimsId: string },
  ): Promise<NewPeople | null> {
    const chunks: (NewPeople | null)[] = [];
    for (let i = 0; i < pending.length; i += chunkSize) {
      await endIfCancelled();
      chunks.push(await writeRows(importId, pending.slice(i, i + chunkSize), deadline, options));
    }
    return joinNewPeople(store, importId, chunks, options.claimsId);
  }
}
