import type { CollationOptions, Filter, FindOptions } from 'mongodb';
import type { PersonCriterion } from '../../domain/finding/person-query';
import type { Collections, ImportDoc, InvitationDoc, PersonDoc, RowDoc } from '../documents';
import { isWaiting } from '../imports/rows';
import { endOfPageBefore, literal } from '../paging';

/**
 * How names are compared: without case, accents, blanks and punctuation, so that `oneill` finds `O’Neill` and `muller` `Müller`.
 * The indexes that searches use have it, and it holds for every text of a query.
 */
export const NAME_COLLATION: CollationOptions = {
  locale: 'en',
  strength: 1,
  alternate: 'shifted',
  maxVariable: 'punct',
};

/**
 * The rows that their plan rejects: these keep their cells. Indexes have them by their plan, since none may name the status of a row.
 * Those that were put aside since are among them.
 */
export const REJECTED_AS_PLANNED = { 'plan.action': 'reject' } as const;

/** Sorts behind every letter: U+FFFF has the highest weight of the Unicode collation, and is the last code unit. */
const LAST = '\uFFFF';
const beginningWith = (text: string) => ({ $gte: text, $lt: text + LAST });

/** By the letter: two organisations whose ids differ in case or punctuation only are equal to the collation. */
const ofOrganisation = (organisationId: string) => [
  { organisationId },
  { organisationId: { $regex: `^${literal(organisationId)}\\z` } },
];

export interface FoundPerson {
  person: PersonDoc;
  /** To continue after this one. */
  cursor: string;
}

interface PeoplePage {
  organisationId: string;
  criteria: readonly PersonCriterion[];
  limit: number;
  /** The cursor of the last person of the page before. */
  after?: string;
}

/** A row that names somebody and has created nobody. */
export type UnmadeRow = Pick<RowDoc, '_id' | 'importId' | 'row' | 'status' | 'person' | 'cells' | 'problems'>;

/** What has happened to some people: rows, invitations, and the imports of both. */
export interface Appearances {
  rows: Pick<RowDoc, '_id' | 'importId' | 'row' | 'status' | 'plan'>[];
  invitations: InvitationDoc[];
  imports: Pick<ImportDoc, '_id' | 'fileName' | 'kind' | 'status' | 'createdAt'>[];
}

/** Looks people up, over all imports of an organisation. */
export function createPeopleSearch({
  people,
  rows,
  invitations,
  imports,
}: Pick<Collections, 'people' | 'rows' | 'invitations' | 'imports'>) {
  return {
    /**
     * A page of the people who match, those of the first criterion first, each once. Within a criterion they are in the order of its
     * index, so that a page reads hardly more than it shows. Throws an `UnknownCursorError` for an `after` that is not among them.
     */
    async find({ organisationId, criteria, limit, after }: PeoplePage): Promise<FoundPerson[]> {
      const from = await endOfPageBefore(after, (cursor) => readCursor(organisationId, criteria.length, cursor));
      const found: FoundPerson[] = [];
      for (let i = from?.criterion ?? 0; i < criteria.length && found.length < limit; i++) {
        const last = i === from?.criterion ? from.last : undefined;
        const page = await match(organisationId, criteria, i, { last, limit: limit - found.length });
        found.push(...page.map((person) => ({ person, cursor: `${i}:${person._id}` })));
      }
      return found;
    },

    /** Client or staff. */
    findById: (organisationId: string, id: string): Promise<PersonDoc | null> =>
      people.findOne({ _id: id, organisationId }),

    /** At most `limit` rows that match and wait for a team or are rejected. `whole` asks for whole names and addresses. */
    async findUnmade(
      organisationId: string,
      criteria: readonly PersonCriterion[],
      { limit, whole }: { limit: number; whole: boolean },
    ): Promise<UnmadeRow[]> {
      const found = await Promise.all(
        criteria.flatMap((criterion) => [
          findRows({ ...isWaiting, organisationId, 'plan.personId': { $exists: false }, ...waitingBy(criterion) }),
          ...rejectedBy(criterion, whole).map((rejected) =>
            findRows(
              { $and: [{ ...REJECTED_AS_PLANNED, status: 'rejected' }, ...ofOrganisation(organisationId), rejected] },
              { collation: NAME_COLLATION, sort: { [`cells.${cellOf(criterion)}`]: 1 } },
            ),
          ),
        ]),
      );
      return [...new Map(found.flat().map((row) => [row._id, row])).values()].slice(0, limit);

      function findRows(filter: Filter<RowDoc>, options: FindOptions = {}): Promise<UnmadeRow[]> {
        return rows
          .find(filter, options)
          .project<UnmadeRow>({ importId: 1, row: 1, status: 1, person: 1, cells: 1, problems: 1 })
          .limit(limit)
          .toArray();
      }
    },

    /** Everything about these people. */
    async appearances(personIds: readonly string[], others: readonly string[] = []): Promise<Appearances> {
      const ids = { $in: [...personIds] };
      const [ofPeople, messages] = await Promise.all([
        rows
          // The id of a person is that of the row which created them.
          .find({ $or: [{ _id: ids }, { 'plan.personId': ids }] })
          .project<Appearances['rows'][number]>({ importId: 1, row: 1, status: 1, plan: 1 })
          .toArray(),
        invitations.find({ personId: ids }).sort({ channel: 1, createdAt: 1 }).toArray(),
      ]);
      const importIds = [...new Set([...[...ofPeople, ...messages].map(({ importId }) => importId), ...others])];
      return {
        rows: ofPeople,
        invitations: messages,
        imports: await imports
          .find({ _id: { $in: importIds } })
          .project<Appearances['imports'][number]>({ fileName: 1, kind: 1, status: 1, createdAt: 1 })
          .toArray(),
      };
    },
  };

  async function readCursor(
    organisationId: string,
    criteria: number,
    cursor: string,
  ): Promise<{ criterion: number; last: PersonDoc } | null> {
    const [, criterion, id] = /^(\d{1,2}):(.+)$/s.exec(cursor) ?? [];
    if (id === undefined || Number(criterion) >= criteria) return null;
    const last = await people.findOne({ _id: id, organisationId });
    return last && { criterion: Number(criterion), last };
  }

  /** The people of one criterion, without those of the criteria before it. */
  async function match(
    organisationId: string,
    criteria: readonly PersonCriterion[],
    i: number,
    { last, limit }: { last: PersonDoc | undefined; limit: number },
  ): Promise<PersonDoc[]> {
    const criterion = criteria[i]!;
    const key = sortKeyOf(criterion);
    const isByName = criterion.by === 'name';
    const conditions: Filter<PersonDoc>[] = [
      ...(isByName ? ofOrganisation(organisationId) : [{ organisationId }]),
      filterOf(criterion),
      ...criteria.slice(0, i).map((earlier) => ({ $nor: [exclusionOf(earlier)] })),
    ];
    const find = (more: Filter<PersonDoc>[] = []) =>
      people.find({ $and: [...conditions, ...more] }, isByName ? { collation: NAME_COLLATION } : {}).sort({ [key]: 1 });
    if (!last) return find().limit(limit).toArray();
    const at = last[key];
    // Namesakes stand in the order in which they were stored.
    const namesakes = await find([{ [key]: at }]).toArray();
    const rest = namesakes.slice(namesakes.findIndex(({ _id }) => _id === last._id) + 1).slice(0, limit);
    if (rest.length === limit) return rest;
    const behind = await find([{ [key]: { $gt: at } }])
      .limit(limit - rest.length)
      .toArray();
    return [...rest, ...behind];
  }
}

/** The field by whose index the people of a criterion are found and ordered. */
const sortKeyOf = (criterion: PersonCriterion): 'emailKey' | 'mobile' | 'lastName' | 'firstName' => {
  if (criterion.by === 'email') return 'emailKey';
  if (criterion.by === 'mobile') return 'mobile';
  return criterion.lastName === undefined ? 'firstName' : 'lastName';
};

function filterOf(criterion: PersonCriterion): Filter<PersonDoc> {
  switch (criterion.by) {
    case 'email':
      return { emailKey: criterion.whole ? criterion.key : beginningWith(criterion.key) };
    case 'mobile':
      return { mobile: { $in: criterion.numbers } };
    case 'name':
      return namesOf('', criterion, beginningWith);
  }
}

/** The same for a query under the collation of names, to which addresses are not alike by the letter; a pattern is. */
const exclusionOf = (criterion: PersonCriterion): Filter<PersonDoc> =>
  criterion.by === 'email' ? { emailKey: { $regex: `^${literal(criterion.key)}` } } : filterOf(criterion);

function namesOf(
  place: string,
  { firstName, lastName }: Extract<PersonCriterion, { by: 'name' }>,
  like: (text: string) => unknown,
): Record<string, unknown> {
  return {
    ...(lastName !== undefined && { [`${place}lastName`]: like(lastName) }),
    ...(firstName !== undefined && { [`${place}firstName`]: like(firstName) }),
  };
}

/** The cell by whose index the rejected rows of a criterion are found. */
const cellOf = (criterion: PersonCriterion): string => (criterion.by === 'email' ? 'email' : sortKeyOf(criterion));

/** None for numbers: a rejected row has its cells as they were typed. */
function rejectedBy(criterion: PersonCriterion, whole: boolean): Record<string, unknown>[] {
  const like = (text: string): unknown => (whole ? text : beginningWith(text));
  if (criterion.by === 'mobile') return [];
  return [criterion.by === 'email' ? { 'cells.email': like(criterion.key) } : namesOf('cells.', criterion, like)];
}

/** By patterns: the few rows that wait have an index by their warning. */
function waitingBy(criterion: PersonCriterion): Record<string, unknown> {
  const like = (text: string): unknown => ({ $regex: `^${literal(text)}`, $options: 'i' });
  switch (criterion.by) {
    case 'email':
      return { 'person.emailKey': criterion.whole ? criterion.key : like(criterion.key) };
    case 'mobile':
      return { 'person.mobile': { $in: criterion.numbers } };
    case 'name':
      return namesOf('person.', criterion, like);
  }
}
