import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Schemas } from '../../client';

/** Who is signed in, and for which organisation. */
export interface Session {
  caller: Schemas['Caller'];
  organisation: Schemas['Organisation'];
  mayImport: boolean;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in');
  return session;
}

/** Where somebody begins: support imports nothing, and looks for what was imported. */
export const firstSection = ({ mayImport }: Pick<Session, 'mayImport'>): string => (mayImport ? 'upload' : 'history');
