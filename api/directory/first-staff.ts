import type { Request } from 'express';
import { checkFirstStaff, ONLY_LINE } from '../../domain/checking/check-person';
import { checkContextOf, emailKeysOf } from '../../domain/checking/check-rows';
import { teamNameKey } from '../../domain/client-team';
import type { ColumnKey } from '../../domain/columns';
import { describeTyped } from '../problem-types/problem-language';
import { sentencesOfTyped } from '../../domain/problems/problem-sentences';
import type { CellProblem } from '../../contract/problem';
import { TakenError } from '../../store/people/team-changes';
import { HttpProblem } from '../http/http-problem';
import { idempotencyKeyOf, keyId } from '../uploads/idempotency';
import { inviteByHand } from '../uploads/invite-by-hand';
import type { InviteByHandDeps } from '../uploads/invite-by-hand';
import { nameTaken } from './teams';

type Cells = Partial<Record<ColumnKey, string>>;

interface NewTeam {
  _id: string;
  organisationId: string;
  name: string;
  staffIds: string[];
}

/**
 * Makes a client team together with a staff member who is new, and with the import that invites them: all of it or nothing. Throws a 422
 * with all problems of the staff member, or a 409 for a name that is taken. A request with the key of an earlier one gets its team.
 */
export async function createTeamWithFirst(
  deps: InviteByHandDeps,
  request: Request,
  { staffIds, ...team }: NewTeam,
  cells: Cells,
) {
  const { store } = deps;
  const { organisationId, name } = team;
  const values = await check(deps, request, organisationId, cells);
  try {
    const { json, headers } = await inviteByHand(
      deps,
      request,
      { kind: 'staff', cells: { ...cells, teams: name } },
      values && ((importId) => store.teamChanges.createWithFirst(team, staffIds, { values, importId, row: ONLY_LINE })),
    );
    const { id, links } = json.imports[0]!;
    const teamId = (await store.teams.named(organisationId, team._id, teamNameKey(name))) ?? team._id;
    const replayed = headers['Idempotency-Replayed'];
    return {
      teamId,
      import: { id, links },
      headers: replayed === undefined ? {} : { 'Idempotency-Replayed': replayed },
    };
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    if (error.what === 'name') throw nameTaken(name);
    // Now the check finds who has the address.
    await check(deps, request, organisationId, cells);
    throw error;
  }
}

/** Checks the staff member as a row of a staff file is. `undefined` for one whom an earlier request with this key has made. */
async function check({ store }: InviteByHandDeps, request: Request, organisationId: string, cells: Cells) {
  const [organisation, existing] = await Promise.all([
    store.organisations.find(organisationId),
    store.people.findByEmail(organisationId, emailKeysOf({ rows: [{ line: ONLY_LINE, cells, raw: [] }] })),
  ]);
  // Somebody whom an import has made and nobody has invited is not new either.
  const known = new Map([...existing].map(([key, person]) => [key, { ...person, neverInvited: false }]));
  const options = { strict: organisation?.strict ?? false, onExisting: 'error' } as const;
  const context = checkContextOf({ kind: 'staff', options }, organisation, { teams: [], known });
  const { person, problems } = checkFirstStaff(cells, context);
  if (person) return person;
  const key = idempotencyKeyOf(request);
  if (key !== undefined && (await store.newImports.isKnown(keyId(organisationId, key)))) return undefined;
  throw invalid(problems.map((problem) => ({ ...problem, letter: null })));
}

function invalid(problems: CellProblem[]): HttpProblem {
  return new HttpProblem(
    422,
    'staff-invalid',
    `The first staff member is invalid, and nothing was created. ${sentencesOfTyped(problems, ONLY_LINE).join(' ')}`,
    {
      problems: problems.map((problem) => describeTyped(problem, null)),
    },
  );
}
