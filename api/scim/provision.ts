import type { Request } from 'express';
import { isFinal } from '../../contract/import-status';
import type { RowStatus } from '../../contract/row';
import { rowId } from '../../store/documents';
import type { ImportDoc, PersonDoc, RowDoc } from '../../store/documents';
import { isDuplicateKey } from '../../store/duplicates';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import { emailKey } from '../../domain/person';
import { userNameKey, wantedOf } from '../../domain/scim/user';
import type { WantedClient } from '../../domain/scim/user';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { HttpProblem, temporarilyUnavailable } from '../http/http-problem';
import { waitForEffect } from '../http/wait-for';
import { createControls } from '../imports/control-import';
import { inviteByHand } from '../uploads/invite-by-hand';
import type { InviteByHandDeps, PersonByHand } from '../uploads/invite-by-hand';
import type { ProvisionedUser } from './users';
import { invalidValue, nameTaken } from './scim-problem';

/** Identity providers give a request up after half a minute or more. In milliseconds. */
const ROW_WITHIN_MS = 15_000;

export type ProvisioningDeps = InviteByHandDeps & Pick<AppDeps, 'outbox'>;

const ADDRESS_IS_KEPT =
  'A client is known by the address, which stays as it is. Deactivate this client and create another one; "userName" may change by itself.';

/** Creates and changes clients for an identity provider, each by an import of one row: the checks, the ledger and the workflow are those of a file. */
export function createProvisioning(deps: ProvisioningDeps) {
  const { store, config } = deps;
  const controls = createControls({ store, config });

  /** Resolves once the one row of the import is written. Throws what keeps it from that. */
  async function importRow(request: Request, client: Omit<PersonByHand, 'kind'>): Promise<RowDoc> {
    const { json } = await inviteByHand(deps, request, { kind: 'clients', ...client });
    const importId = json.imports[0]!.id;
    let row: RowDoc | undefined;
    const isDecided = async (): Promise<boolean> => {
      [row] = await store.rows.page(importId, { limit: 1 });
      if (row && row.status !== 'pending') return true;
      return isFinal((await store.imports.find(importId))!.status);
    };
    if (!(await waitForEffect(isDecided, deps.service, ROW_WITHIN_MS)))
      throw temporarilyUnavailable(
        `It is stored and goes on as import ${importId}. Send the request again to see what became of it.`,
      );
    if (row && WRITTEN.has(row.status)) return row;
    const importDoc = (await store.imports.find(importId))!;
    // The identity provider asks again by itself, so nothing waits for it.
    if (row?.status === 'waiting') await controls.give(importDoc, 'cancel');
    throw invalidValue(`The client was not kept. ${reasonsOf(importDoc, row)}`);
  }

  async function name(organisationId: string, id: string, { userName, externalId }: WantedClient): Promise<void> {
    const names = { userName, userNameKey: userNameKey(userName), externalId: externalId ?? null };
    try {
      await store.provisioned.name(organisationId, id, names);
    } catch (error) {
      throw isDuplicateKey(error) ? taken(userName) : error;
    }
  }

  async function assertFree(organisationId: string, names: readonly string[], exceptId?: string): Promise<void> {
    for (const one of new Set(names)) {
      const holder = await store.provisioned.findHolder(organisationId, userNameKey(one));
      if (holder && holder._id !== exceptId) throw taken(one);
    }
  }

  return {
    /** Resolves with the id of the new client, who is being invited. */
    async create(request: Request, wanted: WantedClient): Promise<string> {
      const { organisationId } = callerOf(request);
      const { cells, userName, isActive } = wanted;
      if (!isActive)
        throw invalidValue('A client is created to be invited: create them with "active": true, or not at all.');
      await assertFree(organisationId, [userName, cells.email]);
      const row = await importRow(request, { cells });
      // Another import has been faster.
      if (row.status !== 'created') throw taken(userName);
      const id = rowId(row.importId, row.row);
      await name(organisationId, id, wanted);
      return id;
    },

    /** Makes a client what is wanted. Each part is idempotent, so that the same request again ends what one has begun. */
    async change(request: Request, { person, user }: ProvisionedUser, wanted: WantedClient): Promise<void> {
      const { organisationId, _id: id } = person;
      const { cells, userName, isActive } = wanted;
      if (emailKey(cells.email) !== person.emailKey) throw new HttpProblem(400, 'scim-not-mutable', ADDRESS_IS_KEPT);
      await assertFree(organisationId, [userName], id);
      if (isActive && person.deactivatedAt) await store.provisioned.reactivate(organisationId, id);
      if (differs(wantedOf(user).cells, cells)) {
        if (person.deactivatedAt && !isActive)
          throw invalidValue(
            'A client who is not active keeps their data: set "active" to true first, or with the same request.',
          );
        await importRow(request, { cells, onExisting: 'update' });
      }
      if (isActive && person.deactivatedAt) await inviteAnew(request, person, cells);
      await name(organisationId, id, wanted);
      if (!isActive) await store.provisioned.deactivate(organisationId, id);
      deps.outbox.poke();
    },
  };

  /** Whoever was deactivated before any message went out has had none. */
  async function inviteAnew(request: Request, person: PersonDoc, cells: WantedClient['cells']): Promise<void> {
    const messages = await store.invitations.newestTo([person._id]);
    const hadOne = messages.some(({ state }) => state !== 'suppressed' && state !== 'cancelled');
    if (!person.activeSince && !hadOne) await importRow(request, { cells, onExisting: 'invite' });
  }
}

/** Whether anything is to be changed. A client always has a team, so none asks for nothing; nor does an absent language. */
function differs(known: WantedClient['cells'], { group, language, ...cells }: WantedClient['cells']): boolean {
  return (
    (['firstName', 'lastName', 'mobile', 'company'] as const).some((field) => cells[field] !== known[field]) ||
    (language !== '' && language !== known.language) ||
    (group !== '' && group.toLowerCase() !== known.group.toLowerCase())
  );
}

const WRITTEN: ReadonlySet<RowStatus> = new Set(['created', 'updated', 'unchanged', 'skipped']);

/** In words, each once. */
function reasonsOf({ fileProblems }: ImportDoc, row: RowDoc | undefined): string {
  const problems = [...fileProblems, ...(row?.problems ?? [])].map((problem) => describeProblem(problem, null));
  return [...new Set(problems.map(({ message, fix }) => `${message} ${fix}`))].join(' ');
}

const taken = (name: string) =>
  nameTaken(`Somebody of your organisation has the user name or address "${name}" already.`);
