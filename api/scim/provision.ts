import type { Request } from 'express';
import { createHash } from 'node:crypto';
import { isFinal } from '../../contract/import-status';
import type { RowStatus } from '../../contract/row';
import { rowId } from '../../store/documents';
import type { PersonDoc, RowDoc } from '../../store/documents';
import { isDuplicateKey } from '../../store/duplicates';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import { emailKey } from '../../domain/person';
import { userNameKey, wantedOf } from '../../domain/scim/user';
import type { WantedClient } from '../../domain/scim/user';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { temporarilyUnavailable } from '../http/http-problem';
import { waitForEffect } from '../http/wait-for';
import { createControls } from '../imports/control-import';
import { inviteByHand } from '../uploads/invite-by-hand';
import { keyId } from '../uploads/idempotency';
import type { InviteByHandDeps, PersonByHand } from '../uploads/invite-by-hand';
import { createClientCorrections } from './correct-client';
import type { ClientRow } from './correct-client';
import type { ProvisionedUser } from './users';
import { refusalOf } from './refusal';
import { invalidValue, nameTaken } from './scim-problem';

/** Identity providers give a request up after half a minute or more. In milliseconds. */
const ROW_WITHIN_MS = 15_000;

export type ProvisioningDeps = InviteByHandDeps & Pick<AppDeps, 'outbox' | 'buildPlan'>;

type Cells = WantedClient['cells'];

/** The one row of an import, or in words why it was not written. */
type Outcome = { row: RowDoc } | { refusal: string };

/** Creates and changes clients for an identity provider, each by an import of one row: the checks, the ledger and the workflow are those of a file. */
export function createProvisioning(deps: ProvisioningDeps) {
  const { store, config } = deps;
  const controls = createControls({ store, config });
  const corrections = createClientCorrections(deps);

  /** Resolves once it is known what became of the one row of the import. */
  async function tryRow(request: Request, client: Omit<PersonByHand, 'kind'>): Promise<Outcome> {
    const { json } = await inviteByHand(deps, request, { kind: 'clients', ...client });
    const importId = json.imports[0]!.id;
    let row: RowDoc | undefined;
    const isDecided = async (): Promise<boolean> => {
      // Before the row: one that is read first may have come to its end by the time that the import is seen at its own.
      const { status } = (await store.imports.find(importId))!;
      [row] = await store.rows.page(importId, { limit: 1 });
      return isFinal(status) || (row !== undefined && row.status !== 'pending');
    };
    if (!(await waitForEffect(isDecided, deps.service, ROW_WITHIN_MS)))
      throw temporarilyUnavailable(
        `It is stored and goes on as import ${importId}. Send the request again to see what became of it.`,
      );
    if (row && WRITTEN.has(row.status)) return { row };
    const importDoc = (await store.imports.find(importId))!;
    // The identity provider asks again by itself, so nothing waits for it.
    if (row?.status === 'waiting') await controls.give(importDoc, 'cancel');
    const problems = [...importDoc.fileProblems, ...(row?.problems ?? [])];
    const described = problems.map((problem) => describeProblem(problem, null));
    // By an earlier request with the same key: the row says no longer what it waited for.
    return { refusal: refusalOf(described, { isCancelled: row?.status === 'cancelled' }) };
  }

  /** The same. Throws what keeps the row from being written. */
  async function importRow(request: Request, client: Omit<PersonByHand, 'kind'>): Promise<RowDoc> {
    const outcome = await tryRow(request, client);
    if ('refusal' in outcome) throw invalidValue(outcome.refusal);
    return outcome.row;
  }

  async function name(
    organisationId: string,
    id: string,
    { userName, externalId }: WantedClient,
    { isNew = false } = {},
  ): Promise<void> {
    const names = { userName, userNameKey: userNameKey(userName), externalId: externalId ?? null };
    try {
      await store.provisioned.name(organisationId, id, names, { isNew });
    } catch (error) {
      throw isDuplicateKey(error) ? taken(userName) : error;
    }
  }

  async function assertFree(
    organisationId: string,
    names: readonly string[],
    isSame: (holder: PersonDoc) => boolean = () => false,
  ): Promise<void> {
    for (const one of new Set(names)) {
      const holder = await store.provisioned.findHolder(organisationId, userNameKey(one));
      if (holder && !isSame(holder)) throw taken(one);
    }
  }

  return {
    /**
     * Resolves with the id of the new client, who is being invited. A request that was broken off is ended by the same request again: its
     * import is found by what it asks for, and nobody is created or invited twice.
     */
    async create(request: Request, wanted: WantedClient): Promise<string> {
      const { organisationId } = callerOf(request);
      const { cells, userName, isActive } = wanted;
      if (!isActive)
        throw invalidValue('A client is created to be invited: create them with "active": true, or not at all.');
      const key = keyOf(wanted);
      const begun = keyId(organisationId, key);
      for (;;) {
        const isBegun = await store.newImports.isKnown(begun);
        await assertFree(organisationId, [userName, cells.email], isBegun ? isUnnamed : undefined);
        const outcome = await tryRow(request, { cells, key });
        const created = 'row' in outcome && outcome.row.status === 'created' ? outcome.row : undefined;
        const id = created && rowId(created.importId, created.row);
        const isThere = id !== undefined && (await store.directory.find(organisationId, 'client', id)) !== null;
        if (isThere) await name(organisationId, id, wanted, { isNew: true });
        await store.newImports.forget(begun);
        if (isThere) return id;
        // What an earlier request had begun came to nothing, or its client was erased since: this is a new one.
        if (isBegun) continue;
        if ('refusal' in outcome) throw invalidValue(outcome.refusal);
        // Another import has been faster.
        throw taken(userName);
      }
    },

    /**
     * Makes a client what is wanted. Each part is idempotent, so that the same request again ends what one has begun. What is absent
     * stays as it is, or is removed where that was asked for.
     */
    async change(
      request: Request,
      { person, user }: ProvisionedUser,
      wanted: WantedClient,
      { removesAbsent }: { removesAbsent: boolean },
    ): Promise<void> {
      const { organisationId, _id: id } = person;
      const { userName, isActive } = wanted;
      const known = wantedOf(user).cells;
      const cells = removesAbsent ? await withDefaultTeam(organisationId, known, wanted.cells) : wanted.cells;
      const corrected = correctionsOf(known, cells, removesAbsent);
      await assertFree(organisationId, [userName, cells.email], ({ _id }) => _id === id);
      const isImported = differs(known, cells);
      const isCorrected = Object.keys(corrected).length > 0;
      if ((isImported || isCorrected) && person.deactivatedAt && !isActive)
        throw invalidValue(
          'A client who is not active keeps their data: set "active" to true first, or with the same request.',
        );
      const asKnown = { ...cells, email: known.email };
      const correct = async (): Promise<void> => {
        if (isImported) await importRow(request, { cells: asKnown, onExisting: 'update' });
        if (!isCorrected) return;
        const row = (await corrections.rowOf(person)) ?? (await rowAbout(request, asKnown));
        await corrections.correct(row, corrected);
      };
      const returns = isActive && person.deactivatedAt !== undefined;
      if (isImported || isCorrected) await (returns ? whileActive(person, correct) : correct());
      // What a withdrawal has stopped, also where a request before this one was broken off.
      if (isActive) await store.withdrawals.takeBack(organisationId, id);
      if (returns) await inviteAnew(request, person, cells);
      await name(organisationId, id, wanted);
      if (!isActive) await store.provisioned.deactivate(organisationId, id);
      deps.outbox.poke();
    },
  };

  /** Only the data of an active client are changed. A request that is refused leaves the client as it has found them (RFC 7644, 3.5.2). */
  async function whileActive({ organisationId, _id: id }: PersonDoc, work: () => Promise<void>): Promise<void> {
    await store.provisioned.reactivate(organisationId, id);
    try {
      await work();
    } catch (error) {
      await store.provisioned.deactivate(organisationId, id);
      throw error;
    }
  }

  /** A row about a client whose own can be corrected no more: one that changes nothing. */
  async function rowAbout(request: Request, cells: Cells): Promise<ClientRow> {
    const { importId, row: line } = await importRow(request, { cells, onExisting: 'update' });
    return { importDoc: (await store.imports.find(importId))!, line };
  }

  /** A client always has a team: who is taken out of one is in the default one, where the organisation has that. */
  async function withDefaultTeam(organisationId: string, known: Cells, cells: Cells): Promise<Cells> {
    if (cells.group !== '' || known.group === '') return cells;
    const defaultTeamId = (await store.organisations.find(organisationId))?.defaultTeamId;
    const team = defaultTeamId ? await store.teams.find(organisationId, defaultTeamId) : null;
    return { ...cells, group: team?.name ?? '' };
  }

  /** Whoever was deactivated before any message went out has had none, and an import that was cancelled since sends none. */
  async function inviteAnew(request: Request, person: PersonDoc, cells: Cells): Promise<void> {
    const messages = await store.invitations.newestTo([person._id]);
    const hadOne = messages.some(({ state }) => state !== 'suppressed' && state !== 'cancelled');
    if (!person.activeSince && !hadOne) await importRow(request, { cells, onExisting: 'invite' });
  }
}

/** Whether anything is to be changed beside the address. Of what nobody needs to have, an absent value asks for nothing. */
function differs(known: Cells, { group, ...cells }: Cells): boolean {
  return (
    (['firstName', 'lastName', 'mobile'] as const).some((field) => cells[field] !== known[field]) ||
    REMOVABLE.some((field) => cells[field] !== '' && cells[field] !== known[field]) ||
    (group !== '' && group.toLowerCase() !== known.group.toLowerCase())
  );
}
const REMOVABLE = ['company', 'language'] as const;

/** What the import of a row does not change: the address by which it finds the client, and what the row leaves blank. */
function correctionsOf(known: Cells, { email, ...cells }: Cells, removesAbsent: boolean): Partial<Cells> {
  const removed = removesAbsent ? REMOVABLE.filter((field) => cells[field] === '' && known[field] !== '') : [];
  return {
    ...(emailKey(email) !== emailKey(known.email) && { email }),
    ...Object.fromEntries(removed.map((field) => [field, ''])),
  };
}

/** By which the same request is known again. Hashed where it is kept, since it has personal data. */
const keyOf = (wanted: WantedClient): string =>
  `scim:${createHash('sha256').update(JSON.stringify(wanted)).digest('hex')}`;

/** A client whom no identity provider has called by a name so far. */
const isUnnamed = ({ kind, provisioning }: PersonDoc): boolean =>
  kind === 'client' && provisioning?.userNameKey === undefined;

const WRITTEN: ReadonlySet<RowStatus> = new Set(['created', 'updated', 'unchanged', 'skipped']);

const taken = (name: string) =>
  nameTaken(`Somebody of your organisation has the user name or address "${name}" already.`);
