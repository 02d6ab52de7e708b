import { z } from 'zod';
import { IMPORT_KINDS, IMPORT_MODES, ON_EXISTING } from '../../contract/import';
import { IMPORT_STATUSES } from '../../contract/import-status';
import { CHANNELS } from '../../contract/invitation';
import { HIDDEN_CHOICES, QUESTION_KINDS, SHARED_MOBILES_CHOICES } from '../../contract/question';
import { PLANNED_ACTIONS } from '../../contract/row-plan';
import { linksExample, linksSchema } from '../http/links';
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
} from '../schemas/common';

export const importStatus = z
  .enum(IMPORT_STATUSES)
  .meta({ id: 'ImportStatus', description: 'Status of an import; see docs/states.md.' });
const kind = z.enum(IMPORT_KINDS);
const source = z.enum(['file', 'by-hand']);

const options = z.object({
  mode: z.enum(IMPORT_MODES),
  strict: z.boolean(),
  onExisting: z.enum(ON_EXISTING),
  encoding: z.string().nullable(),
  // Imports from before these choices lack them.
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
    option: z.enum(['encoding', 'hiddenRows', 'hiddenColumns', 'sharedMobiles']),
    message: z.string(),
    choices: z.array(z.object({ value: z.string(), label: z.string(), sample: z.string().nullable() })),
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
  lines: z.int().min(0).meta({ description: 'Data lines of the file.' }),
  rows: rowCounts,
  invitations: invitationCounts,
  corrects: z.uuid().nullable().meta({ description: 'The import whose failed rows this file corrects.' }),
  cancelling: z.boolean(),
  pausedBy: z.array(pause),
  problems: z.array(problem).meta({ description: 'Problems of the file as a whole.' }),
  questions: z.array(question),
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

export const importView = z
  .object({ ...summary, plan: plan.nullable(), union: union.nullable() })
  .meta({ id: 'Import', description: 'One import with its plan and its union with the files that correct it.' });

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
  problems: [],
  questions: [],
  links: linksExample(IMPORT_ID),
};
export const importExample: z.input<typeof importView> = { ...importSummaryExample, plan: null, union: null };

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
