import type { Channel, InvitationState } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import type { PersonValues } from '../../domain/person';
import type { Collections, ImportDoc, InvitationDoc, PersonDoc, RowDoc } from '../documents';

/** The collections that a correction writes, and how it makes tokens. */
export interface CorrectionParts extends Pick<
  Collections,
  'imports' | 'rows' | 'people' | 'invitations' | 'clientTeams'
> {
  createToken: () => string;
}

export type CorrectedFields = Partial<Omit<PersonValues, 'language'>> & { language?: string | null };

/** A row and everything that its correction depends on. */
export interface RowSnapshot {
  importDoc: ImportDoc;
  row: RowDoc;
  /** `null` until the row is applied. */
  person: PersonDoc | null;
  /** The newest invitation of each row and channel to that person, over all imports. */
  invitations: InvitationDoc[];
}

/** The changes of one correction, all or none. */
export interface Correction {
  /** Replaces the row. */
  row: RowDoc;
  person?: {
    id: string;
    /** `null` removes the language. */
    fields: CorrectedFields;
    /** The channels on which the person has another address now. */
    readdressed: Channel[];
  };
  /** Each replaces the row's invitation on its channel, if any. */
  invitations: { channel: Channel; state: Extract<InvitationState, 'pending' | 'suppressed'>; code?: ProblemCode }[];
  /** Whether the import reopens, because the correction leaves something to do. */
  opens: boolean;
}

export type CorrectionResult =
  | { kind: 'unknown' }
  | { kind: 'unchanged' }
  /** The staff member is the last one of this team. */
  | { kind: 'last-member'; team: string; importDoc: ImportDoc }
  /** The outbox signals the workflow of the import. */
  | { kind: 'corrected' };
