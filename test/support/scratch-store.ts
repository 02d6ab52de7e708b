import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import type { Collections, InvitationDoc, PersonDoc, RowDoc } from '../../store/documents';
import { openSecretBox } from '../../platform/secret-box';
import { collectionsOf } from '../../store/documents';
import { invitationId, rowId } from '../../store/documents';
import { openStore } from '../../store/index';
import type { Store } from '../../store/index';
import { DEFAULT_SETTINGS } from '../../store/organisation-settings';
import { SECRETS_KEY, sharedServers, uniqueName } from './environment';

export interface ScratchStore {
  store: Store;
  /** Direct access, past the store. */
  collections: Collections;
  db: Db;
  close(): Promise<void>;
}

/** A store on a new database of the shared mongod, without other parts of the product. */
export async function openScratchStore(): Promise<ScratchStore> {
  const database = uniqueName('store-');
  const secrets = openSecretBox({ key: SECRETS_KEY });
  const store = await openStore(sharedServers().mongodbUri, database, secrets);
  const mongo = new MongoClient(sharedServers().mongodbUri);
  const db = mongo.db(database);
  return {
    store,
    collections: collectionsOf(db),
    db,
    async close() {
      await store.close();
      await db.dropDatabase();
      await mongo.close();
    },
  };
}

export const organisation = (_id: string) => ({ ...DEFAULT_SETTINGS, _id, name: `Name of ${_id}` });

export function person(organisationId: string, change: Partial<PersonDoc> = {}): PersonDoc {
  const _id = change._id ?? uniqueName('person-');
  return {
    _id,
    organisationId,
    kind: 'client',
    firstName: 'Given',
    lastName: 'Family',
    email: `${_id}@example.com`,
    emailKey: `${_id}@example.com`,
    mobile: '+447911123456',
    mobileType: 'mobile',
    company: null,
    role: change.kind === 'staff' ? 'Staff' : null,
    teamIds: [],
    importId: null,
    row: null,
    createdAt: new Date(),
    active: false,
    ...change,
  };
}

export const staffMember = (organisationId: string, change: Partial<PersonDoc> = {}): PersonDoc =>
  person(organisationId, { kind: 'staff', ...change });

/** A row that waits to create this person. */
export const stagedRow = (
  { organisationId, ...of }: PersonDoc,
  { importId, row }: Pick<RowDoc, 'importId' | 'row'>,
): RowDoc => ({
  _id: rowId(importId, row),
  organisationId,
  importId,
  row,
  status: 'pending',
  person: of,
  plan: { action: 'create', channels: ['email', 'sms'] },
  problems: [],
  repairs: [],
});

/** What sets a row apart that waits for its team, as planning leaves it. */
export const waits: Pick<RowDoc, 'status' | 'problems'> = {
  status: 'waiting',
  problems: [{ code: 'group.waiting', column: null, letter: null, value: null }],
};

/** An e-mail invitation that was sent just now. */
export function sentInvitation(to: PersonDoc, change: Partial<InvitationDoc> = {}): InvitationDoc {
  const {
    importId = uniqueName('import-'),
    row = 2,
    channel = 'email',
    generation = 1,
    createdAt = new Date(),
  } = change;
  return {
    _id: invitationId(importId, row, channel, generation),
    organisationId: to.organisationId,
    importId,
    row,
    channel,
    generation,
    superseded: false,
    personId: to._id,
    personKind: to.kind,
    token: uniqueName('token-'),
    state: 'sent',
    attempt: { id: 'attempt', claimedAt: createdAt },
    attempts: 1,
    trail: [],
    createdAt,
    changedAt: createdAt,
    ...change,
  };
}
