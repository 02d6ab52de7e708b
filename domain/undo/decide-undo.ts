import { isDeepStrictEqual } from 'node:util';
import type { UndoOutcome } from '../../contract/undo/undo';
import { valuesOf } from '../person';
import type { PersonValues } from '../person';
import type { OverwrittenField } from './overwritten';

/** A line that has created or changed a person, and what has become of the person since. */
export interface UndoFacts {
  importId: string;
  line: number;
  action: 'created' | 'updated';
  /** As the row has written the person; `null` where its values are gone. */
  written: PersonValues | null;
  /** `null` once removed. */
  person: (PersonValues & { hasJoined: boolean; optedOut: boolean; overwritten: readonly OverwrittenField[] }) | null;
  /** Another import has changed or invited the person, or is about to. */
  isTouchedByOther: boolean;
}

export interface UndoDecision {
  outcome: UndoOutcome;
  /** Removes the person. */
  removes?: true;
  /** The values of a changed person that come back. */
  restores: readonly OverwrittenField[];
  /** The changed fields that stay as they are. */
  keptFields: readonly OverwrittenField[];
}

const decision = (outcome: UndoOutcome, change: Partial<UndoDecision> = {}): UndoDecision => ({
  outcome,
  restores: [],
  keptFields: [],
  ...change,
});

/** Decides what the undo of an import does about one of its lines, as the person is now. A pure function. */
export function decideUndo(facts: UndoFacts): UndoDecision {
  if (!facts.person) return decision('gone');
  return facts.action === 'created' ? decideCreated(facts, facts.person) : decideUpdated(facts, facts.person);
}

type Known = NonNullable<UndoFacts['person']>;

function decideCreated({ written, isTouchedByOther }: UndoFacts, person: Known): UndoDecision {
  if (person.hasJoined) return decision('joined');
  if (isTouchedByOther) return decision('other-import');
  if (person.optedOut) return decision('opted-out');
  if (!written) return decision('not-recorded');
  const isAsWritten = isDeepStrictEqual(comparable(valuesOf(written)), comparable(valuesOf(person)));
  return isAsWritten ? decision('undone', { removes: true }) : decision('changed-since');
}

/** Each field for itself: what somebody has changed since stays, and the others get their former values. */
function decideUpdated({ importId, line }: UndoFacts, person: Known): UndoDecision {
  const own = person.overwritten.filter((one) => one.importId === importId && one.row === line);
  if (own.length === 0) return decision('not-recorded');
  const isKept = (one: OverwrittenField): boolean =>
    !isSame(person[leaderOf(one, own).field], leaderOf(one, own).after);
  const keptFields = own.filter(isKept);
  const restores = own.filter((one) => !isKept(one));
  if (keptFields.length === 0) return decision('undone', { restores });
  const isOthers = keptFields.every((one) => replacedByOther(one, person.overwritten));
  return decision(isOthers ? 'other-import' : 'changed-since', { restores, keptFields });
}

/** The type of a number comes and goes with it. */
const leaderOf = (one: OverwrittenField, all: readonly OverwrittenField[]): OverwrittenField =>
  one.field === 'mobileType' ? (all.find(({ field }) => field === 'mobile') ?? one) : one;

const replacedByOther = ({ importId, field, after }: OverwrittenField, all: readonly OverwrittenField[]): boolean =>
  all.some((other) => other.importId !== importId && other.field === field && isSame(other.before, after));

const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(inOrder(one), inOrder(other));
const inOrder = (value: unknown): unknown => (Array.isArray(value) ? [...(value as string[])].sort() : value);
const comparable = (values: PersonValues): PersonValues => ({ ...values, teamIds: [...values.teamIds].sort() });
