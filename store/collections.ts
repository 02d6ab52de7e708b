import type { Collection, Db } from 'mongodb';
import type {
  ApiKeyDoc,
  PendingUploadDoc,
  ClientTeamDoc,
  IdempotencyKeyDoc,
  ImportDoc,
  InvitationDoc,
  OrganisationDoc,
  PersonDoc,
  ProviderHealthDoc,
  RowDoc,
} from './documents';

/** The collections by name, typed. Files of `store/` take what they need from here. */
export interface Collections {
  organisations: Collection<OrganisationDoc>;
  clientTeams: Collection<ClientTeamDoc>;
  apiKeys: Collection<ApiKeyDoc>;
  imports: Collection<ImportDoc>;
  pendingUploads: Collection<PendingUploadDoc>;
  idempotencyKeys: Collection<IdempotencyKeyDoc>;
  rows: Collection<RowDoc>;
  people: Collection<PersonDoc>;
  invitations: Collection<InvitationDoc>;
  providerHealth: Collection<ProviderHealthDoc>;
}

export const collectionsOf = (db: Db): Collections => ({
  organisations: db.collection('organisations'),
  clientTeams: db.collection('client_teams'),
  apiKeys: db.collection('api_keys'),
  imports: db.collection('imports'),
  pendingUploads: db.collection('pending_uploads'),
  idempotencyKeys: db.collection('idempotency_keys'),
  rows: db.collection('rows'),
  people: db.collection('people'),
  invitations: db.collection('invitations'),
  providerHealth: db.collection('provider_health'),
});
