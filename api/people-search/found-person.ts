import type { z } from 'zod';
import { describeProblem } from '../problem-types/problem-language';
import type { InvitationDoc, PersonDoc } from '../../store/documents';
import type { Appearances, UnmadeRow } from '../../store/people/find-people';
import type { foundPeople } from './people-search-schemas';

type FoundPeople = z.input<typeof foundPeople>;
type FoundPersonView = FoundPeople['data'][number];
type RowView = FoundPersonView['rows'][number];
type UnmadeRowView = FoundPeople['rows'][number];

/** A person with everything about them among these appearances, which may be about others too. */
export function foundPersonView(
  person: PersonDoc,
  { rows, invitations, imports }: Appearances,
  teams: ReadonlyMap<string, string>,
): FoundPersonView {
  const { _id: id, kind, firstName, lastName, email, mobile, company, role, active } = person;
  const messages = invitations.filter(({ personId }) => personId === id);
  const own = rows.filter((row) => row._id === id || row.plan.personId === id);
  const places = new Map(
    [...own, ...messages].map(({ importId, row }) => [`${importId}:${row}`, { importId, row }] as const),
  );
  return {
    ...{ id, kind, firstName, lastName, email, mobile, company, role },
    teams: person.teamIds.flatMap((teamId) => {
      const name = teams.get(teamId);
      return name === undefined ? [] : { id: teamId, name };
    }),
    active,
    activeSince: active ? (person.activeSince?.toISOString() ?? null) : null,
    deactivated: person.deactivatedAt !== undefined,
    optedOut: person.optedOut ?? [],
    createdAt: person.createdAt.toISOString(),
    accepted: acceptanceIn(messages),
    rows: newestFirst(
      [...places.values()].flatMap((place): RowView[] => {
        const isHere = (one: { importId: string; row: number }): boolean =>
          one.importId === place.importId && one.row === place.row;
        return placesIn(imports, place).map((found) => ({
          ...found,
          status: own.find(isHere)?.status ?? null,
          messages: messages.filter(isHere).map(messageView),
        }));
      }),
    ),
  };
}

/** The rows that have created nobody, the newest import first. */
export const unmadeRowViews = (rows: readonly UnmadeRow[], imports: Appearances['imports']): UnmadeRowView[] =>
  newestFirst(
    rows.flatMap((row) => {
      const { firstName = '', lastName = '', email = '', mobile = '' } = row.person ?? row.cells ?? {};
      return placesIn(imports, row).map((place) => ({
        ...place,
        ...{ status: row.status, firstName, lastName, email, mobile },
        problems: row.problems.map((problem) => describeProblem(problem, row.row)),
      }));
    }),
  );

/** One, or none if the import is gone. */
const placesIn = (
  imports: Appearances['imports'],
  { importId, row }: { importId: string; row: number },
): Pick<RowView, 'import' | 'line'>[] =>
  imports
    .filter(({ _id }) => _id === importId)
    .map(({ _id: id, kind, fileName, status, createdAt }) => ({
      import: { id, kind, fileName, status, createdAt: createdAt.toISOString() },
      line: row,
    }));

const newestFirst = <Place extends Pick<RowView, 'import' | 'line'>>(places: Place[]): Place[] =>
  places.sort((one, other) => other.import.createdAt.localeCompare(one.import.createdAt) || one.line - other.line);

function messageView({ channel, generation, state, superseded, trail, code, ...of }: InvitationDoc) {
  return {
    ...{ channel, generation, state, superseded },
    createdAt: of.createdAt.toISOString(),
    sentAt: timeOf(trail, 'sent')?.toISOString() ?? null,
    changedAt: of.changedAt.toISOString(),
    problem: code ? describeProblem({ code, column: null, letter: null, value: null }, of.row) : null,
  };
}

const timeOf = (trail: InvitationDoc['trail'], state: InvitationDoc['state']): Date | undefined =>
  trail.find((step) => step.state === state)?.at;

function acceptanceIn(messages: readonly InvitationDoc[]): FoundPersonView['accepted'] {
  const [first] = messages
    .flatMap(({ trail, channel, importId, row }) => {
      const at = timeOf(trail, 'accepted');
      return at ? [{ at: at.toISOString(), channel, import: importId, line: row }] : [];
    })
    .sort((one, other) => one.at.localeCompare(other.at));
  return first ?? null;
}
