import { ADMINISTRATORS, ALL_ROLES } from '../http/authenticate';
import { defineRoute } from '../routing/route';
import { importParams } from '../schemas/common';

const tag = 'Imports';
const csv = (description: string, example: string) => ({
  description,
  written: { 'text/csv': example },
  headers: { 'Content-Disposition': 'The name of the file.' },
});

// Not for support: the file contains whole addresses, so that it can be uploaded again.
export const downloadFailedRows = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}/failed-rows.csv',
  operationId: 'downloadFailedRows',
  summary: 'Download the rejected and cancelled rows, to correct and upload them again',
  tag,
  access: ADMINISTRATORS,
  params: importParams,
  answers: {
    200: csv(
      'The rows, in the columns, delimiter and encoding of the upload, with the reasons.',
      'First Name,Last Name,Email,Mobile,import_line,import_status,import_code,import_message,import_id\n',
    ),
  },
  problems: ['no-failed-rows', 'file-refused', 'not-read-yet', 'never-read', 'choices-missing', 'rows-expired'],
});

export const downloadReport = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}/report.csv',
  operationId: 'downloadReport',
  summary: 'Download every line with its final status and what to do',
  tag,
  access: ALL_ROLES,
  params: importParams,
  answers: { 200: csv('The report, in UTF-8. Support gets masked addresses and numbers.', 'Line,Status,Action\n') },
  problems: ['file-refused', 'not-read-yet', 'never-read', 'choices-missing', 'rows-expired'],
});
