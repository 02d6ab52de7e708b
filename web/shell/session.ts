import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Schemas } from '../../client';

/** Who is signed in, and for which organisation. */
export interface Session {
  caller: Schemas['Caller'];
  organisation: Schemas['Organisation'];
  mayImport: boolean;
}

/** Whether the same person has signed in again, with the same rights. */
export const isSamePerson = (one: Session, other: Session): boolean =>
  one.caller.id === other.caller.id &&
  one.caller.role === other.caller.role &&
  one.organisation.id === other.organisation.id;

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in');
  return session;
}

/** Where somebody begins: support imports nothing, and looks for what was imported. */
export const firstSection = ({ mayImport }: Pick<Session, 'mayImport'>): string => (mayImport ? 'upload' : 'history');
