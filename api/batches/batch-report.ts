import { REPORT_HEADER } from '../../domain/exports/report';
import { isError, joinCodes } from '../../domain/problems/problem-sentences';
import type { Batch } from '../../store/imports/batches';
import type { ListedImport } from '../../store/imports/imports';
import { reportOptions, reportPages, reportSerialiser } from '../downloads/report';
import type { ReportStore } from '../downloads/report';
import { requireRows } from '../downloads/staged-rows';
import type { Serialiser } from '../http/answers';
import { HttpProblem } from '../http/http-problem';
import { tooLarge } from '../uploads/receive-files';

/**
 * Yields the report of a batch: the lines of all files in the order of the upload, each with the name of its file. A file without lines,
 * since it was rejected or is not read yet, has one record that says so.
 */
export async function* batchReportPages(
  store: ReportStore,
  { imports, rejected }: Batch,
  { organisationId, serialiser }: { organisationId: string; serialiser: Serialiser },
  maxBytes: number,
): AsyncGenerator<string[][]> {
  const options = await reportOptions(store, organisationId, serialiser);
  const serialise = reportSerialiser(serialiser);
  const name = (fileName: string): string => serialiser.text(fileName);
  yield [['File', ...REPORT_HEADER]];
  const files = [
    ...imports.map((importDoc, i) => ({ importDoc, position: importDoc.positionInBatch ?? i })),
    ...rejected,
  ];
  for (const file of files.sort((a, b) => a.position - b.position)) {
    if (!('importDoc' in file)) {
      const { code, detail } = tooLarge(maxBytes, 'nothing of it was imported');
      yield [[name(file.fileName), ...serialise(recordOfFile('rejected', code, detail))]];
      continue;
    }
    const { importDoc } = file;
    const withName = (record: string[]): string[] => [name(importDoc.fileName), ...record];
    const record = recordWithoutLines(importDoc);
    if (record) {
      yield [withName(serialise(record))];
      continue;
    }
    let isHeader = true;
    for await (const page of reportPages(store, importDoc, options, serialiser)) {
      if (!isHeader) yield page.map(withName);
      isHeader = false;
    }
  }
}

/** The record of a file that has no lines; `undefined` for one that has. */
function recordWithoutLines(importDoc: ListedImport): string[] | undefined {
  try {
    requireRows(importDoc);
    return undefined;
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    const { code, detail } = error as HttpProblem;
    const errors = importDoc.fileProblems.filter(isError);
    return recordOfFile(importDoc.status, errors.length > 0 ? joinCodes(errors) : code, detail);
  }
}

const recordOfFile = (status: string, codes: string, sentence: string): string[] =>
  REPORT_HEADER.map(
    (header) => ({ Status: status, Codes: codes, 'Problems and fixes': sentence })[header as string] ?? '',
  );
