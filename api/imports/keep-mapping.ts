import { checkHeaderAliases } from '../../domain/reading/header/check-header-aliases';
import type { HeaderAliases } from '../../domain/reading/header/header-aliases';
import { aliasesToKeep, MAX_ALIASES, mergeAliases } from '../../domain/reading/header/keep-mapping';
import type { ImportDoc } from '../../store/documents';
import type { BuiltPlan } from '../../store/plans/plans';
import type { AppDeps } from '../app-deps';
import type { Caller } from '../http/authenticate';
import { conflict, HttpProblem } from '../http/http-problem';

/** The longest heading that is kept. */
const MAX_HEADING = 100;

/** Aliases are settings, which are a system administrator's. */
export function requireRightToKeep({ role }: Pick<Caller, 'role'>): void {
  if (role === 'systemAdministrator') return;
  throw new HttpProblem(
    403,
    'forbidden',
    'Only a system administrator may keep a mapping for the organisation. Send it without keepMapping; nothing was changed.',
  );
}

/** The headings of the mapping that become aliases of the organisation. Throws a 409 where they cannot. */
export async function aliasesOf(
  { store }: Pick<AppDeps, 'store'>,
  { organisationId, options }: ImportDoc,
  { ofFile }: BuiltPlan,
): Promise<HeaderAliases> {
  const own = (await store.organisations.find(organisationId))?.headerAliases ?? {};
  const added = aliasesToKeep(options.mapping ?? {}, ofFile.columns, own);
  const merged = mergeAliases(own, added);
  const tooMany = Object.values(merged).some((aliases) => aliases.length > MAX_ALIASES);
  const tooLong = Object.values(added).some(([heading = '']) => heading.length > MAX_HEADING);
  const reasons = [
    ...checkHeaderAliases(merged).map(({ message }) => `${message}.`),
    ...(tooMany ? [`A column has at most ${MAX_ALIASES} headings of your own.`] : []),
    ...(tooLong ? [`A heading that is kept has at most ${MAX_HEADING} characters.`] : []),
  ];
  if (reasons.length === 0) return added;
  throw conflict(
    'mapping-not-kept',
    `These headings cannot be kept for the organisation, so nothing was changed: ${reasons.join(' ')} Map the columns for this import alone, without keepMapping.`,
  );
}
