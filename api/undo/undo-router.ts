import type { RequestHandler } from 'express';
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { canUndo, isUndone } from '../../contract/import-status';
import { formatRowSet } from '../../contract/row-set';
import { UNDO_OUTCOMES } from '../../contract/undo/undo';
import type { LineUndo } from '../../contract/undo/undo';
import { FIELD_NAMES } from '../../domain/exports/report';
import { SPREADSHEET_DIALECT } from '../../domain/exports/write-csv';
import { undoSentence } from '../../domain/undo/undo-texts';
import type { ImportDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { csvFile, stemOf } from '../downloads/file-names';
import { toCsv } from '../downloads/report';
import { streamFile } from '../http/answers';
import { findImport } from '../http/find-import';
import { conflict, temporarilyUnavailable } from '../http/http-problem';
import { linksOf } from '../http/links';
import { waitForEffect } from '../http/wait-for';
import { reply, route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { downloadUndoReport, undoImport } from './undo-routes';

const LINES_A_PART = 500;

/**
 * The undo of an import. What it would do is read from MongoDB; the request is written there and carried out by the workflow, whoever is
 * away.
 */
export function createUndoRoutes(
  { store, outbox, service, linkBase }: Pick<AppDeps, 'store' | 'outbox' | 'service' | 'linkBase'>,
  limit: RequestHandler,
): Route[] {
  const find = async (id: string): Promise<ImportDoc> => (await store.imports.find(id))!;

  /** What the undo has done, once it has begun; before, what it would do. */
  async function linesOf({ _id: id, status }: ImportDoc): Promise<LineUndo[]> {
    const [done, left] = await Promise.all([store.undo.done(id), status === 'undone' ? [] : store.undo.plan(id)]);
    return [...done, ...left].sort((a, b) => a.line - b.line);
  }

  async function view(importDoc: ImportDoc, lines: LineUndo[]) {
    const { _id: id, status, undo } = importDoc;
    const messages = await store.undo.messages(id);
    return {
      ...{ id, status, planHash: undo ? null : hashOf(id, lines), messages },
      outcomes: UNDO_OUTCOMES.flatMap((outcome) => {
        const alike = lines.filter((one) => one.outcome === outcome).map(({ line }) => line);
        if (alike.length === 0) return [];
        const meaning = undoSentence(outcome, status === 'undone');
        return [{ outcome, meaning, count: alike.length, lines: formatRowSet(alike) }];
      }),
      links: linksOf(id, linkBase),
    };
  }

  /** Writes the request. Throws a 409 or 503 that says why it was not accepted. */
  async function request(importDoc: ImportDoc, planHash: string): Promise<void> {
    for (let tries = 3, current = importDoc; tries > 0; tries--, current = await find(importDoc._id)) {
      if (current.undo?.planHash === planHash) return;
      const lines = await undoableLines(current);
      if (current.undo || hashOf(current._id, lines) !== planHash) throw OUTDATED;
      if (await store.undo.request(current, planHash)) return;
    }
    throw CHANGING;
  }

  async function undoableLines(importDoc: ImportDoc): Promise<LineUndo[]> {
    const { status } = importDoc;
    if (!canUndo(status) && !isUndone(status)) throw nothingToUndo(WHY_NOT);
    const lines = await linesOf(importDoc);
    if (lines.length === 0 && importDoc.undo === undefined) throw nothingToUndo('It has created and changed nobody.');
    return lines;
  }

  return [
    route(
      undoImport,
      async ({ body: { planHash } }, httpRequest) => {
        const importDoc = await findImport(store, httpRequest);
        const { _id: id } = importDoc;
        if (planHash === undefined) {
          httpRequest.audit?.note({ dryRun: true });
          return reply(200, await view(importDoc, await undoableLines(importDoc)));
        }
        const isRepeated = importDoc.undo?.planHash === planHash;
        httpRequest.audit?.note({ planHash, ...(isRepeated && { replayed: true }) });
        await request(importDoc, planHash);
        outbox.poke();
        const isDone = await waitForEffect(async () => (await find(id)).status === 'undone', service);
        const current = await find(id);
        return reply(isDone ? 200 : 202, await view(current, await linesOf(current)));
      },
      [limit],
    ),

    route(downloadUndoReport, async (_input, httpRequest, response) => {
      const importDoc = await findImport(store, httpRequest);
      const lines = await undoableLines(importDoc);
      const head = csvFile(`${stemOf(importDoc.fileName)} - undo.csv`, SPREADSHEET_DIALECT);
      await streamFile(response, head, toCsv(pagesOfReport(lines, importDoc.status === 'undone')));
      return WRITTEN;
    }),
  ];
}

/** The lines of the report, some hundred at a time, so that others get their turn. */
async function* pagesOfReport(lines: readonly LineUndo[], isDone: boolean): AsyncGenerator<string[][]> {
  yield [['Line', 'Outcome', 'Meaning', 'Fields kept']];
  for (let i = 0; i < lines.length; i += LINES_A_PART) {
    yield lines
      .slice(i, i + LINES_A_PART)
      .map(({ line, outcome, keptFields }) => [
        `${line}`,
        outcome,
        undoSentence(outcome, isDone),
        [...new Set(keptFields.map((field) => FIELD_NAMES[COLUMN_OF[field] ?? field] ?? field))].join('; '),
      ]);
    await turn();
  }
}

/** Fields that have no column of their own name. */
const COLUMN_OF: Readonly<Record<string, string>> = { teamIds: 'teams', mobileType: 'mobile' };

const hashOf = (importId: string, lines: readonly LineUndo[]): string =>
  createHash('sha256')
    .update(JSON.stringify([importId, lines.map(({ line, outcome, keptFields }) => [line, outcome, keptFields])]))
    .digest('hex');

const WHY_NOT = 'It has not come to its people: cancel it instead.';
const nothingToUndo = (why: string) => conflict('nothing-to-undo', `There is nothing to undo of this import. ${why}`);
const OUTDATED = conflict(
  'undo-outdated',
  'This hash does not match what the undo would do now. Look at it again, then send the hash shown there.',
);
const CHANGING = temporarilyUnavailable('This import is changing, and the request was not carried out. Send it again.');
