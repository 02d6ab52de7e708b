import { randomUUID } from 'node:crypto';
import type { AuditRecord, Target } from '../../domain/audit-log/entry';
import type { Store } from '../../store/index';

interface ServerCommand {
  organisationId: string;
  /** As the API names the same operation, if it has it. */
  action: 'createOrganisation' | 'setFileLimit' | 'createKey' | 'rotateKey' | 'revokeKey' | 'holdAfterRestore';
  targets?: Target[];
  facts?: AuditRecord['facts'];
}

interface Outcome<T> {
  result: T;
  made?: Target[];
  /** Why nothing was done, as the API would answer it. */
  code?: string;
}

/**
 * Carries out a command on the server. It is noted before, and has its entry in the audit log of the organisation after, as a command
 * by the API. Who sits at the server is the operating system's to know.
 */
export async function recorded<T>(
  { auditLog }: Pick<Store, 'auditLog'>,
  { organisationId, action, targets = [], facts = {} }: ServerCommand,
  carryOut: () => Promise<Outcome<T>>,
): Promise<T> {
  const record: AuditRecord = {
    id: randomUUID(),
    organisationId,
    at: new Date(),
    actor: { kind: 'server', id: 'command-line', name: null, role: null },
    network: null,
    action,
    targets,
    facts,
    status: null,
    code: null,
  };
  await auditLog.begin(record);
  const { result, made = [], code } = await carryOut();
  await auditLog.append({
    ...record,
    targets: [...targets, ...made],
    ...(code === undefined ? { status: 200 } : { status: 409, code }),
  });
  return result;
}

export const keyTarget = (id: string): Target => ({ kind: 'key', id });
