import type { RowStatus } from '../contract/row';
import { IMPORT_TRANSITIONS } from '../domain/imports/transitions';
import { TRANSITIONS } from '../domain/invitations/transitions';

interface Arrows {
  from: readonly string[];
  to: string | readonly string[];
}

/** Rows have no table: each step of an import knows the statuses that it changes. */
const ROW_TRANSITIONS = {
  write: { from: ['pending'], to: ['created', 'updated', 'unchanged'] },
  rejectLate: { from: ['pending'], to: 'rejected' },
  release: { from: ['waiting'], to: 'pending' },
  giveBack: { from: ['waiting'], to: 'rejected' },
  cancel: { from: ['pending', 'waiting'], to: 'cancelled' },
  undo: { from: ['created', 'updated'], to: 'undone' },
  correct: { from: ['rejected', 'waiting'], to: ['pending', 'waiting', 'unchanged'] },
  ignore: { from: ['rejected', 'waiting'], to: 'ignored' },
  takeBack: { from: ['ignored'], to: ['rejected', 'pending', 'waiting', 'unchanged'] },
} satisfies Record<string, { from: RowStatus[]; to: RowStatus | RowStatus[] }>;

/** More arrows than these of one transition meet in a point of their own. */
const MOST_ARROWS = 3;

const idOf = (state: string): string => state.replaceAll('-', '_');

/** A Mermaid state diagram of all arrows that change the state, each with the name of its transition. */
export function renderStateDiagram(initial: readonly string[], transitions: Record<string, Arrows>): string {
  const lines = ['stateDiagram-v2'];
  const states = Object.values(transitions).flatMap(({ from, to }) => [...from, ...[to].flat()]);
  for (const state of new Set([...initial, ...states])) {
    if (state.includes('-')) lines.push(`state "${state}" as ${idOf(state)}`);
  }
  for (const state of initial) lines.push(`[*] --> ${idOf(state)}`);
  for (const [name, { from, to }] of Object.entries(transitions)) {
    const targets = [to].flat();
    const arrows = from.flatMap((one) =>
      targets.filter((other) => other !== one).map((other) => [one, other] as const),
    );
    if (arrows.length <= MOST_ARROWS) {
      for (const [one, other] of arrows) lines.push(`${idOf(one)} --> ${idOf(other)} : ${name}`);
      continue;
    }
    lines.push(`state by_${name} <<choice>>`);
    for (const one of from) lines.push(`${idOf(one)} --> by_${name}`);
    for (const other of targets) lines.push(`by_${name} --> ${idOf(other)} : ${name}`);
  }
  return ['```mermaid', ...lines.map((line, i) => (i === 0 ? line : `  ${line}`)), '```'].join('\n');
}

/** The page `states.md`. */
export const renderStatePage = (): string =>
  [
    '# States',
    'The diagrams are made from the tables in `domain/imports/transitions.ts` and `domain/invitations/transitions.ts`; rows have ' +
      'no table. `npm run docs:states` makes this page again, and a test compares it with the tables. A ' +
      'transition that leaves the state as it is has no arrow. Many arrows of one transition meet in a point.',
    '## Import',
    renderStateDiagram(['queued'], IMPORT_TRANSITIONS),
    'A request to undo an import that has not ended cancels it first, and it closes as `undoing`. ' +
      'A request to cancel keeps the status until the sends under way have ended; the workflow then closes the import as `cancelled`. ' +
      'A retry keeps a paused import paused, and a correction changes only the status of an import that rests.',
    '## Row',
    renderStateDiagram(['pending', 'waiting', 'rejected', 'skipped', 'ignored', 'unchanged'], ROW_TRANSITIONS),
    'The plan decides where a row begins. The counts of all statuses always add up to the lines of the file.',
    '## Invitation',
    renderStateDiagram(['pending', 'suppressed'], TRANSITIONS),
    'A retry, a reminder or a correction changes no invitation that has ended: it opens the next generation, which begins as ' +
      '`pending`. A correction to a landline opens it as `suppressed`.',
  ].join('\n\n') + '\n';
