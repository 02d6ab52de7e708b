import { PROBLEM_CODES } from '../../contract/problem-codes';
import type { ProblemCode } from '../../contract/problem-codes';
import { OPTED_OUT_CODE, TRANSIENT_CODES } from '../../contract/invitation';
import { OPTED_IN_AGAIN_CODE } from './opt-out-mark';
import type { ProviderReport } from './provider-report';

/** How far a message has got, by all that was told of it at once. */
export interface Told {
  invitationId: string;
  kind: 'accepted' | 'delivered' | 'bounced';
  providerId?: string;
  code?: ProblemCode;
  providerCode?: string;
}

const FURTHEST = ['accepted', 'delivered', 'bounced'] as const;

/**
 * Brings reports down to one for each invitation. What it tells does not depend on their order, nor on how often each was
 * told. Wishes are none of this.
 */
export function mergeReports(reports: readonly ProviderReport[]): Told[] {
  const told = new Map<string, Told>();
  for (const { invitationId, kind, providerId, code, providerCode } of reports) {
    if (invitationId === undefined || kind === 'opted-out' || kind === 'opted-in') continue;
    const next: Told = { invitationId, kind, ...(code && { code }), ...(providerCode && { providerCode }) };
    const before = told.get(invitationId);
    const further = before && !isFurther(next, before) ? before : next;
    const id = [before?.providerId, providerId].filter((one) => one !== undefined).sort()[0];
    told.set(invitationId, { ...further, ...(id !== undefined && { providerId: id }) });
  }
  return [...told.values()];
}

function isFurther(one: Told, other: Told): boolean {
  const steps = FURTHEST.indexOf(one.kind) - FURTHEST.indexOf(other.kind);
  if (steps !== 0) return steps > 0;
  return outweighs(one, other);
}

interface Reason {
  code?: ProblemCode | undefined;
  providerCode?: string | undefined;
}

/** Whether this reason for a failure takes the place of the other one. */
export function outweighs(one: Reason, other: Reason): boolean {
  if (one.code !== other.code) return one.code !== undefined && weakerReasons(one.code).includes(other.code);
  if (one.providerCode === undefined) return false;
  return other.providerCode === undefined || one.providerCode < other.providerCode;
}

function weight(code: ProblemCode): number {
  if (code === OPTED_OUT_CODE || code === OPTED_IN_AGAIN_CODE) return 2;
  return TRANSIENT_CODES.includes(code) ? 0 : 1;
}

/**
 * The reasons that give way to this one, where a message is told to have failed for several: what passes by itself to what
 * does not, and everything to the wish for no more messages. `undefined` stands for none.
 */
export function weakerReasons(code: ProblemCode): (ProblemCode | undefined)[] {
  const isWeaker = (other: ProblemCode): boolean => {
    const heavier = weight(code) - weight(other);
    return heavier === 0 ? PROBLEM_CODES.indexOf(other) > PROBLEM_CODES.indexOf(code) : heavier > 0;
  };
  return [undefined, ...PROBLEM_CODES.filter(isWeaker)];
}
