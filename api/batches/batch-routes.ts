import { z } from 'zod';
import { CHANNELS, FAILURE_CLASSES } from '../../contract/invitation';
import { namesSomebody, problemOfAll, problemOfUnconfirmed } from '../../contract/messages';
import type { RetryRequest } from '../../contract/messages';
import { ADMINISTRATORS, ALL_ROLES } from '../http/authenticate';
import { defineRoute, json, jsonOf } from '../routing/route';
import {
  batchExample,
  batchParams,
  batchView,
  controlledBatch,
  controlledBatchExample,
  retriedBatch,
  retriedBatchExample,
} from './batch-schemas';

const tag = 'Batches';
const LOCATION = { Location: 'Address of the batch.' };
const FILE = { 'Content-Disposition': 'The name of the file.' };

export const getBatch = defineRoute({
  method: 'get',
  path: '/v1/batches/{id}',
  operationId: 'getBatch',
  summary: 'Get all files of one upload as one thing',
  tag,
  access: ALL_ROLES,
  params: batchParams,
  answers: { 200: json('The batch.', batchView, batchExample) },
});

const control = {
  method: 'post',
  tag,
  access: ALL_ROLES,
  params: batchParams,
  answers: {
    200: json(
      'Files have accepted the command, and it is in effect.',
      controlledBatch,
      controlledBatchExample,
      LOCATION,
    ),
    202: json(
      'Files have accepted the command, and it takes effect soon.',
      controlledBatch,
      controlledBatchExample,
      LOCATION,
    ),
  },
} as const;

export const pauseBatch = defineRoute({
  ...control,
  path: '/v1/batches/{id}/pause',
  operationId: 'pauseBatch',
  summary: 'Pause all files of an upload: nothing more is sent',
  problems: ['nothing-to-pause', 'too-many-requests'],
});
export const resumeBatch = defineRoute({
  ...control,
  path: '/v1/batches/{id}/resume',
  operationId: 'resumeBatch',
  summary: 'Resume the paused files of an upload',
  problems: ['nothing-to-resume', 'too-many-requests'],
});
export const cancelBatch = defineRoute({
  ...control,
  path: '/v1/batches/{id}/cancel',
  operationId: 'cancelBatch',
  summary: 'Cancel all files of an upload for good',
  description: 'People created and messages sent remain.',
  problems: ['nothing-to-cancel', 'too-many-requests'],
});

/** As the retry of an import, without lines: those are of one file. */
const retrySchema: z.ZodType<RetryRequest> = z
  .strictObject({
    all: z.literal(true).exactOptional(),
    channels: z.array(z.enum(CHANNELS)).min(1).exactOptional(),
    classes: z.array(z.enum(FAILURE_CLASSES)).min(1).exactOptional(),
    includeUnconfirmed: z.boolean().exactOptional(),
  })
  .check(({ value, issues }) => {
    const problem = namesSomebody(value) ? problemOfAll(value) : 'Say "all": true, or name channels or classes';
    if (problem) issues.push({ code: 'custom', path: ['all'], message: problem, input: value });
    const unconfirmed = problemOfUnconfirmed(value);
    if (unconfirmed) issues.push({ code: 'custom', path: ['classes'], message: unconfirmed, input: value });
  });

export const retryBatchInvitations = defineRoute({
  method: 'post',
  path: '/v1/batches/{id}/retries',
  operationId: 'retryBatchInvitations',
  summary: 'Send the failed invitations of all files again',
  tag,
  access: ALL_ROLES,
  params: batchParams,
  body: jsonOf(retrySchema, { all: true }),
  answers: { 202: json('How many are sent again.', retriedBatch, retriedBatchExample, LOCATION) },
  problems: ['nothing-to-retry', 'too-many-requests'],
});

const report = { method: 'get', tag, access: ALL_ROLES, params: batchParams } as const;

export const downloadBatchReport = defineRoute({
  ...report,
  path: '/v1/batches/{id}/report.csv',
  operationId: 'downloadBatchReport',
  summary: 'Download every line of all files with its final status and what to do',
  answers: {
    200: {
      description: 'The report, in UTF-8, each line with the name of its file.',
      written: { 'text/csv': 'File,Line,Status\n' },
      headers: FILE,
    },
  },
});
export const downloadBatchWorkbook = defineRoute({
  ...report,
  path: '/v1/batches/{id}/report.xlsx',
  operationId: 'downloadBatchWorkbook',
  summary: 'Download the same report as a workbook',
  answers: {
    200: {
      description: 'The report as an Excel file, all cells as text.',
      written: { 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '' },
      headers: FILE,
    },
  },
});

// Not for support: the files contain whole addresses, so that they can be uploaded again.
export const downloadBatchFailedRows = defineRoute({
  method: 'get',
  path: '/v1/batches/{id}/failed-rows.zip',
  operationId: 'downloadBatchFailedRows',
  summary: 'Download the rejected and cancelled rows of all files, to correct and upload them again',
  tag,
  access: ADMINISTRATORS,
  params: batchParams,
  answers: {
    200: {
      description: 'An archive with a CSV file for each file that has such rows; they can be uploaded together.',
      written: { 'application/zip': '' },
      headers: FILE,
    },
  },
  problems: ['no-failed-rows'],
});
