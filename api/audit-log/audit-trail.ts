import type { Request, RequestHandler } from 'express';
import type { AuditRecord, Target } from '../../domain/audit-log/entry';
import { plainText } from '../../domain/audit-log/entry';
import { networkOf } from '../../domain/audit-log/network';
import { targetsInPath, targetsMade } from '../../domain/audit-log/targets';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { isMaskedFor } from '../http/answers';
import { HttpProblem } from '../http/http-problem';
import { whenClosed } from '../when-closed';

/** The header by which a caller with the right `unmask` asks for whole addresses and numbers. */
export const UNMASK_HEADER = 'Unmask';

/** What is written down of one request while it is carried out. */
export interface AuditTrail {
  /** Names what the request is about to make, so that it is on record even if this process dies. */
  announce(targets: Target[]): Promise<void>;
  /** Adds what neither the path nor the answer says: ids, hashes and numbers. */
  note(facts: AuditRecord['facts']): void;
  /** Writes the entry, once. The caller of the API gets its answer even if that fails: the note of its beginning stays. */
  complete(outcome: { status: number; answer?: unknown; code?: string }): Promise<void>;
}

declare module 'express-serve-static-core' {
  interface Request {
    audit?: AuditTrail;
  }
}

interface AuditedRoute {
  method: string;
  /** As OpenAPI has it: `/v1/imports/{id}`. */
  path: string;
  operationId: string;
  announces?: true;
}

/**
 * Records each command of a known caller, and each request for whole addresses by somebody who usually gets them masked. Other
 * reads leave no entry. It is written down before anything is done, so that no change and no look is without a trace.
 */
export const createAuditTrail =
  ({ store: { auditLog } }: Pick<AppDeps, 'store'>) =>
  (route: AuditedRoute): RequestHandler =>
  async (request, response, next) => {
    const { role, rights } = callerOf(request);
    const asksForAll = isMaskedFor(role) && request.get(UNMASK_HEADER)?.toLowerCase() === 'true';
    if (route.method === 'get' && !asksForAll) return next();
    const trail = new RequestTrail(auditLog, route, request, asksForAll);
    if (!route.announces) await trail.begin();
    request.audit = trail;
    // What a handler writes itself, such as a file, has ended then. What breaks off before it has begun has no outcome.
    const end = () => {
      if (response.headersSent && !request.isGivenUp) void trail.complete({ status: response.statusCode });
    };
    response.once('finish', end);
    whenClosed(response, end);
    if (asksForAll && !rights.includes('unmask')) throw mayNotUnmask();
    request.isUnmasked = asksForAll;
    next();
  };

const mayNotUnmask = (): HttpProblem =>
  new HttpProblem(
    403,
    'unmasking-forbidden',
    `This key has no right to see whole addresses and numbers. Leave the header ${UNMASK_HEADER} out, or ask a system administrator for a key with the right "unmask".`,
  );

class RequestTrail implements AuditTrail {
  private readonly at = new Date();
  /** As the route has them; an error handler finds none. */
  private readonly parameters: Request['params'];
  private announced: Target[] = [];
  private facts: AuditRecord['facts'] = {};
  private isNoted = false;
  private ended: Promise<void> | undefined;

  constructor(
    private readonly auditLog: AppDeps['store']['auditLog'],
    private readonly route: AuditedRoute,
    private readonly request: Request,
    unmasked: boolean,
  ) {
    this.parameters = { ...request.params };
    if (unmasked) this.facts['unmasked'] = true;
  }

  async begin(): Promise<void> {
    await this.auditLog.begin(this.record({ status: null }));
    this.isNoted = true;
  }

  async announce(targets: Target[]): Promise<void> {
    this.announced = targets;
    if (this.isNoted) await this.auditLog.announce(this.record({ status: null }));
    else await this.begin();
  }

  note(facts: AuditRecord['facts']): void {
    this.facts = { ...this.facts, ...facts };
  }

  complete({ status, answer, code }: Parameters<AuditTrail['complete']>[0]): Promise<void> {
    this.ended ??= this.auditLog
      .append(this.record({ status, answer, ...(code !== undefined && { code }) }))
      .catch((error: unknown) =>
        this.request.log.warn({ err: error }, 'an audit entry is written later, without its outcome'),
      );
    return this.ended;
  }

  private record({ status, answer, code }: { status: number | null; answer?: unknown; code?: string }): AuditRecord {
    const { id, kind, name, role, organisationId } = callerOf(this.request);
    const { path, operationId } = this.route;
    const hasSucceeded = status !== null && status < 300;
    const named = targetsInPath(path, this.parameters, hasSucceeded);
    return {
      id: this.request.id as string,
      organisationId,
      at: this.at,
      actor: { kind, id, name: name === null ? null : plainText(name), role },
      network: networkOf(this.request.ip),
      action: operationId,
      targets: [...named.targets, ...(status === null ? this.announced : targetsMade(path, answer))],
      facts: { ...named.facts, ...this.facts },
      status,
      code: code ?? null,
    };
  }
}
