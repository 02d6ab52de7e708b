import type { Collection, Db } from 'mongodb';
import type {
  ApiKeyDoc,
  ClientDoc,
  ClientTeamDoc,
  ImportDoc,
  InvitationDoc,
  OrganisationDoc,
  RowDoc,
  StaffDoc,
} from './documents';

/** The collections by name, typed. Files of `store/` take what they need from here. */
export interface Collections {
  organisations: Collection<OrganisationDoc>;
  clientTeams: Collection<ClientTeamDoc>;
  staff: Collection<StaffDoc>;
  apiKeys: Collection<ApiKeyDoc>;
  imports: Collection<ImportDoc>;
  rows: Collection<RowDoc>;
  clients: Collection<ClientDoc>;
  invitations: Collection<InvitationDoc>;
}

export const collectionsOf = (db: Db): Collections => ({
  organisations: db.collection('organisations'),
  clientTeams: db.collection('client_teams'),
  staff: db.collection('staff'),
  apiKeys: db.collection('api_keys'),
  imports: db.collection('imports'),
  rows: db.collection('rows'),
  clients: db.collection('clients'),
  invitations: db.collection('invitations'),
});
