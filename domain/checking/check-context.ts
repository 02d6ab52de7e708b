import type { ImportKind, OnExisting } from '../../contract/import';
import type { CheckContext } from './check-rows';

/** What an upload has decided for its rows. */
interface Import {
  kind: ImportKind;
  options: { strict: boolean; onExisting: OnExisting };
}

/** What rows are checked against. An organisation that is no more has decided nothing. */
export const checkContextOf = (
  { kind, options: { strict, onExisting } }: Import,
  organisation: Pick<CheckContext, 'defaultCountry' | 'defaultTeamId' | 'channels'> | null,
  { teams, known }: Pick<CheckContext, 'teams' | 'known'>,
): CheckContext => ({
  kind,
  defaultCountry: organisation?.defaultCountry ?? null,
  defaultTeamId: organisation?.defaultTeamId ?? null,
  channels: organisation?.channels ?? [],
  teams,
  known,
  strict,
  onExisting,
});
