import type { Document } from 'mongodb';
import type { CellProblem } from '../../contract/problem';
import type { ImportDoc } from '../documents';
import { withoutWaiting } from '../imports/rows';

/** The details of problems that say nothing of a person: lines, ids, times, numbers and our own client teams. */
const IMPERSONAL_DETAILS = ['firstLine', 'line', 'importId', 'since', 'team', 'days', 'length', 'max', 'sharedBy'];
const ERASED: CellProblem = { code: 'person.erased', column: null, letter: null, value: null };

/** An expression for the problems of a list without the values of the cells that they are about. */
const withoutValues = (problems: unknown): Document => ({
  $map: {
    input: { $ifNull: [problems, []] },
    as: 'problem',
    in: {
      $mergeObjects: [
        { code: '$$problem.code', column: '$$problem.column', letter: '$$problem.letter', value: null },
        {
          $cond: [
            { $eq: [{ $type: '$$problem.details' }, 'object'] },
            {
              details: {
                $arrayToObject: {
                  $filter: {
                    input: { $objectToArray: '$$problem.details' },
                    as: 'detail',
                    cond: { $in: ['$$detail.k', IMPERSONAL_DETAILS] },
                  },
                },
              },
            },
            {},
          ],
        },
      ],
    },
  },
});

/** Removes what was typed, checked, repaired and changed; what became of the row stays, and so do all counts. */
const withoutCells: Document[] = [
  {
    $set: {
      erased: { at: '$$NOW', kind: { $ifNull: ['$person.kind', '$$REMOVE'] } },
      person: null,
      repairs: [],
      problems: withoutValues('$problems'),
      'plan.changes': {
        $cond: [
          { $isArray: '$plan.changes' },
          { $map: { input: '$plan.changes', in: { field: '$$this.field', before: '', after: '' } } },
          '$$REMOVE',
        ],
      },
      ignored: {
        $cond: [
          { $eq: [{ $type: '$ignored' }, 'object'] },
          { reason: null, at: '$ignored.at', problems: withoutValues('$ignored.problems') },
          '$$REMOVE',
        ],
      },
    },
  },
  { $unset: ['cells', 'typed'] },
];

/**
 * An update of rows of an erased person. A row that was still to be applied has its end by it: `created` if it has created the person,
 * else `skipped`.
 */
export const eraseRow = (personId: string): Document[] => [
  ...withoutCells,
  {
    $set: {
      status: {
        $cond: [
          { $in: ['$status', ['pending', 'waiting']] },
          { $cond: [{ $eq: ['$_id', { $literal: personId }] }, 'created', 'skipped'] },
          '$status',
        ],
      },
      problems: { $concatArrays: [withoutWaiting, [ERASED]] },
    },
  },
];

/** An update of rows that were kept for long enough. */
export const expireRow: readonly Document[] = withoutCells;

/** What a file has shown of its cells before it had rows: samples of columns, and the values of its problems. */
export function withoutSamples({ questions, fileProblems }: Pick<ImportDoc, 'questions' | 'fileProblems'>) {
  const bare = ({ code, column, letter, details }: CellProblem): CellProblem => ({
    ...{ code, column, letter, value: null },
    ...(details && { details }),
  });
  return {
    fileProblems: fileProblems.map(bare),
    ...(questions && {
      questions: questions.map(({ kind, problem, choices, columns }) => ({
        kind,
        problem: bare(problem),
        choices: choices.map(({ value }) => ({ value })),
        ...(columns && { columns: columns.map((column) => ({ ...column, samples: [] })) }),
      })),
    }),
  };
}
