import type { InvitationState } from '../../../contract/invitation';
import { canFollow } from '../../../domain/invitations/transitions';
import { MAX_ATTEMPTS } from '../../../domain/invitations/settle';
import { actOnLookUp, answer, current, endPending, holding, lookUp, openRequests, step } from './model-state';
import type { ModelState } from './model-state';

/** What must be at the provider, and what must not, for a state to be true. */
const ARRIVED: readonly InvitationState[] = ['sent', 'delivered', 'bounced', 'accepted'];
const NEVER_SENT: readonly InvitationState[] = ['pending', 'failed', 'suppressed', 'cancelled'];

/** Checks what must be true after every single step. Throws an error that names each violation. */
export function checkInvariants(model: ModelState): void {
  const faults = [...model.faults];
  const currentOf = new Map<number, number>();
  for (const one of model.invitations) {
    const held = holding(model, one);
    if (held > 1) faults.push(`the provider has accepted ${one.id} ${held} times`);
    if (ARRIVED.includes(one.state) && held === 0) faults.push(`${one.id} is ${one.state}, but the provider has none`);
    if (NEVER_SENT.includes(one.state) && held > 0) faults.push(`${one.id} is ${one.state}, but the provider has it`);
    if (one.superseded && one.state === 'sending') faults.push(`${one.id} is being sent in place of a newer one`);
    one.trail.forEach((to, i) => {
      const from = one.trail[i - 1];
      if (from === undefined) return;
      if (!canFollow(from, to)) faults.push(`${one.id} went from ${from} to ${to}`);
      // What was known to have arrived is never again taken for less.
      if (ARRIVED.indexOf(to) < ARRIVED.indexOf(from)) faults.push(`${one.id} went back from ${from} to ${to}`);
    });
    if (!one.superseded) currentOf.set(one.slot, (currentOf.get(one.slot) ?? 0) + 1);
  }
  for (const [slot, count] of currentOf) if (count !== 1) faults.push(`slot ${slot} has ${count} generations at once`);
  if (faults.length > 0) throw new Error(faults.join('; '));
}

/** Each round a resend may bring another; more than the attempts of the last generation there cannot be. */
const ROUNDS = MAX_ATTEMPTS + 2;

/** From here on everything works and nothing interferes, so everything must come to an end. */
export function settleDown(model: ModelState): void {
  for (let round = 0; round < ROUNDS; round++) {
    if (model.cancelled) endPending(model, 'cancel');
    else Object.assign(model, { paused: false, confirmed: false });
    model.workers.forEach((_, worker) => runToIdle(model, worker));
    model.now += model.rules.settleWindowMs;
    if (!model.settling) lookUp(model, 0);
    actOnLookUp(model);
    checkInvariants(model);
  }
  if (model.cancelled) endPending(model, 'cancel');
  checkInvariants(model);
  const open = current(model).filter(({ state }) => state === 'pending' || state === 'sending');
  if (open.length > 0)
    throw new Error(`at rest, but still ${open.map(({ id, state }) => `${id} ${state}`).join(', ')}`);
}

/** Once for the work it had begun, and once for what is pending then. */
function runToIdle(model: ModelState, worker: number): void {
  for (let round = 0; round < 2; round++) {
    while (step(model, worker, { only: ~0, claimLost: false })) {
      checkInvariants(model);
      openRequests(model).forEach((request) => answer(model, request, 'accepted'));
      if (model.workers[worker]!.at === 'idle') break;
    }
  }
}
