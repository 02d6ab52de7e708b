import type { Collection, Db } from 'mongodb';
import type {
  ApiKeyDoc,
  ClientTeamDoc,
  ImportDoc,
  InvitationDoc,
  OrganisationDoc,
  PersonDoc,
  RowDoc,
} from './documents';

/** The collections by name, typed. Files of `store/` take what they need from here. */
export interface Collections {
  organisations: Collection<OrganisationDoc>;
  clientTeams: Collection<ClientTeamDoc>;
  apiKeys: Collection<ApiKeyDoc>;
  imports: Collection<ImportDoc>;
  rows: Collection<RowDoc>;
  people: Collection<PersonDoc>;
  invitations: Collection<InvitationDoc>;
}

export const collectionsOf = (db: Db): Collections => ({
  organisations: db.collection('organisations'),
  clientTeams: db.collection('client_teams'),
  apiKeys: db.collection('api_keys'),
  imports: db.collection('imports'),
  rows: db.collection('rows'),
  people: db.collection('people'),
  invitations: db.collection('invitations'),
});
