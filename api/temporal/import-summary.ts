import type { Role } from '../../contract/access/roles';
import type { ImportDoc } from '../../store/documents';

const ROLES: Record<Role, string> = {
  systemAdministrator: 'system administrator',
  userAdministrator: 'user administrator',
  support: 'support',
};

/**
 * An import in a few words for the Temporal UI: kind, size, who uploaded it by role, and when. No personal data, and no name of the
 * file, which may be a person's. How many rows it has is known once it is planned; the lines of its text are about as many.
 */
export function summaryOf(importDoc: Pick<ImportDoc, SummarisedFields>): string {
  const { kind, createdAt, createdByRole } = importDoc;
  const at = createdAt.toISOString().slice(0, 16).replace('T', ' ');
  return `${kind}, ${sizeOf(importDoc)}, by ${ROLES[createdByRole]}, ${at} UTC`;
}

type SummarisedFields = 'kind' | 'source' | 'bytes' | 'lineBreaks' | 'createdAt' | 'createdByRole';

function sizeOf({ source, bytes, lineBreaks }: Pick<ImportDoc, 'source' | 'bytes' | 'lineBreaks'>): string {
  if (source === 'by-hand') return '1 person by hand';
  // The first line names the columns.
  const lines = Math.max(0, (lineBreaks ?? 0) - 1);
  if (lineBreaks !== undefined) return `about ${lines} ${lines === 1 ? 'line' : 'lines'}`;
  return `a file of ${Math.ceil(bytes / 1024)} kB`;
}
