import { z } from 'zod';
import { actor, pastAction, pastActionExample } from '../audit-log/event-schemas';
import { IMPORT_KINDS, IMPORT_MODES, ON_EXISTING } from '../../contract/import';
import { IMPORT_STATUSES } from '../../contract/import-status';
import { CHANNELS } from '../../contract/invitation';
import { HIDDEN_CHOICES, LIKENESSES, OPTION_OF, QUESTION_KINDS, SHARED_MOBILES_CHOICES } from '../../contract/question';
import { PLANNED_ACTIONS } from '../../contract/row-plan';
import { linksExample, linksSchema } from '../http/links';
import { deferredGroup, schedule } from '../schedules/schedule-view';
import { problem } from '../schemas/problem-schemas';
import {
  BATCH_ID,
  countByChannel,
  countsOf,
  IMPORT_ID,
  instant,
  invitationCounts,
  invitationCountsExample,
  rowCounts,
  rowCountsExample,
  smsCost,
} from '../schemas/common';

export const importStatus = z
  .enum(IMPORT_STATUSES)
  .meta({ id: 'ImportStatus', description: 'Status of an import; see docs/states.md.' });
const kind = z.enum(IMPORT_KINDS);
const source = z.enum(['file', 'by-hand']);

const mapping = z.record(z.string(), z.string()).meta({
  id: 'Mapping',
  description: 'Columns of the file by those of ours: a heading, a letter, or a number from 1.',
});
const fileColumn = z
  .object({
    letter: z.string(),
    header: z.string().meta({ description: 'As the file has it; empty for a column without a heading.' }),
    samples: z.array(z.string()).meta({ description: 'The first different values, three at most.' }),
    likely: z
      .object({ column: z.string(), header: z.string(), why: z.enum(LIKENESSES), reason: z.string() })
      .nullable()
      .meta({ description: 'Which of our columns it is or may be, and what speaks for it.' }),
  })
  .meta({ id: 'FileColumn', description: 'A column of a file whose headings are not known.' });

const options = z.object({
  mode: z.enum(IMPORT_MODES),
  strict: z.boolean(),
  onExisting: z.enum(ON_EXISTING),
  encoding: z.string().nullable(),
  // Imports from before these choices lack them.
  sheet: z.string().nullable().exactOptional(),
  mapping: mapping.nullable().exactOptional(),
  hiddenRows: z.enum(HIDDEN_CHOICES).nullable().exactOptional(),
  hiddenColumns: z.enum(HIDDEN_CHOICES).nullable().exactOptional(),
  sharedMobiles: z.enum(SHARED_MOBILES_CHOICES).nullable().exactOptional(),
});

const pause = z
  .object({
    by: z.enum(['staff', ...CHANNELS]),
    since: instant,
    problem: problem.nullable(),
    providerCode: z.string().nullable(),
    providerReason: z.string().nullable(),
  })
  .meta({ id: 'Pause', description: 'Who paused an import, and why.' });

const question = z
  .object({
    kind: z.enum(QUESTION_KINDS),
    option: z.enum(Object.values(OPTION_OF)),
    message: z.string(),
    choices: z.array(z.object({ value: z.string(), label: z.string(), sample: z.string().nullable() })),
    columns: z
      .array(fileColumn)
      .nullable()
      .meta({ description: 'The columns of the file, for the question which is which.' }),
    mapping: mapping
      .nullable()
      .meta({ description: 'The guesses as a mapping, to be looked at and sent as the choice.' }),
  })
  .meta({ id: 'Question', description: 'What must be chosen before the plan can be applied.' });

const summary = {
  id: z.uuid(),
  kind,
  source,
  fileName: z.string(),
  options,
  batch: z.uuid().meta({ description: 'The upload that the file came with.' }),
  status: importStatus,
  createdAt: instant,
  closedAt: instant.nullable(),
  createdBy: actor.nullable().exactOptional().meta({
    description: 'Who has uploaded it, in lists; `null` if that is not on record. One import has its `history`.',
  }),
  lines: z.int().min(0).meta({ description: 'Data lines of the file.' }),
  rows: rowCounts,
  invitations: invitationCounts,
  corrects: z.uuid().nullable().meta({ description: 'The import whose failed rows this file corrects.' }),
  cancelling: z.boolean(),
  pausedBy: z.array(pause),
  schedule,
  problems: z.array(problem).meta({ description: 'Problems of the file as a whole.' }),
  questions: z.array(question),
  expired: z
    .enum(['file', 'rows'])
    .nullable()
    .meta({ description: 'What was kept for long enough and is removed: the file, or the rows too. Counts stay.' }),
  links: linksSchema,
};
export const importSummary = z
  .object(summary)
  .meta({ id: 'ImportSummary', description: 'An import, as lists have it.' });

const plan = z
  .object({
    hash: z.string().meta({ description: 'To apply the plan by.' }),
    expiresAt: instant.nullable(),
    appliedAt: instant.nullable(),
    actions: countsOf(PLANNED_ACTIONS),
    messages: countByChannel,
    smsSegments: z.int().min(0),
    smsCost,
    atFirst: z
      .object({ messages: countByChannel, smsSegments: z.int().min(0), smsCost })
      .exactOptional()
      .meta({ description: 'Of these, what is sent at first, where one channel is tried before the other.' }),
  })
  .meta({ id: 'Plan', description: 'What applying the import does, or did.' });

const union = z
  .object({
    lines: z.int(),
    done: z.int(),
    waiting: z.int(),
    open: z.int(),
    passes: z.array(
      z.object({ importId: z.uuid(), fileName: z.string(), createdAt: instant, lines: z.int(), done: z.int() }),
    ),
  })
  .meta({ id: 'Union', description: 'A file and all files that correct it, each line counted once.' });

const sameFile = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    createdAt: instant,
    status: importStatus,
    lines: z.int().min(0),
    present: z.int().min(0).meta({ description: 'Lines whose people it has found or left there.' }),
    rows: rowCounts,
  })
  .meta({
    id: 'SameFile',
    description: 'The newest earlier import of the very same file that has found or left people there.',
  });

export const importView = z
  .object({
    ...summary,
    plan: plan.nullable(),
    union: union.nullable(),
    sameFileAs: sameFile.nullable(),
    deferred: z.array(deferredGroup).meta({ description: 'What is sent later, the first due first.' }),
    history: z.array(pastAction).meta({ description: 'Who did what, the oldest first; at most the newest 100.' }),
  })
  .meta({
    id: 'Import',
    description: 'One import with its plan, its union with the files that correct it, and who did what.',
  });

export const importSummaryExample: z.input<typeof importSummary> = {
  id: IMPORT_ID,
  kind: 'clients',
  source: 'file',
  fileName: 'clients.csv',
  options: {
    mode: 'apply',
    strict: false,
    onExisting: 'error',
    encoding: null,
    sheet: null,
    mapping: null,
    hiddenRows: null,
    hiddenColumns: null,
    sharedMobiles: null,
  },
  batch: BATCH_ID,
  status: 'completed-with-problems',
  createdAt: '2026-11-23T16:00:00.000Z',
  closedAt: '2026-11-23T16:00:04.000Z',
  lines: 48,
  rows: rowCountsExample,
  invitations: invitationCountsExample,
  corrects: null,
  cancelling: false,
  pausedBy: [],
  schedule: { sendAt: null, spread: null, ignoresQuietHours: false },
  problems: [],
  questions: [],
  expired: null,
  links: linksExample(IMPORT_ID),
};
export const importExample: z.input<typeof importView> = {
  ...importSummaryExample,
  ...{ plan: null, union: null, sameFileAs: null, deferred: [] },
  history: [pastActionExample],
};

export const appliedPlan = z
  .object({
    id: z.uuid(),
    status: importStatus,
    applied: z.boolean().meta({ description: 'Whether the plan is being carried out already.' }),
    links: linksSchema,
  })
  .meta({ id: 'AppliedPlan' });

export const controlledImport = z
  .object({
    id: z.uuid(),
    status: importStatus,
    cancelling: z.boolean(),
    rows: rowCounts,
    invitations: invitationCounts,
    links: linksSchema,
  })
  .meta({ id: 'ControlledImport', description: 'The state of an import after a command.' });
export const controlledImportExample: z.input<typeof controlledImport> = {
  id: IMPORT_ID,
  status: 'paused',
  cancelling: false,
  rows: rowCountsExample,
  invitations: invitationCountsExample,
  links: linksExample(IMPORT_ID),
};
