import type { temporal } from '@temporalio/proto';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type History = temporal.api.history.v1.IHistory;

const fileOf = (name: string): string => join(__dirname, `${name}.json`);
/** Of imports of the previous release that were open when it was stopped. */
const OPEN = 'open';
/** Of builds that took a step for each part of a file. */
const STEPWISE = 'stepwise';

/** The names of the stored histories, in alphabetical order. */
export const storedHistories = (): string[] => namesIn('.');
export const openHistories = (): string[] => namesIn(OPEN).map((name) => `${OPEN}/${name}`);
export const stepwiseHistories = (): string[] => namesIn(STEPWISE).map((name) => `${STEPWISE}/${name}`);

const namesIn = (folder: string): string[] =>
  readdirSync(join(__dirname, folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();

/** A history as JSON, as the command line of Temporal prints it. */
export const readHistory = (name: string): unknown => JSON.parse(readFileSync(fileOf(name), 'utf8'));

/** Stores a history with an event on each line, without the name and the paths of the machine that it was recorded on. */
export const storeOpenHistory = (name: string, history: History): void => {
  mkdirSync(join(__dirname, OPEN), { recursive: true });
  storeHistory(`${OPEN}/${name}`, history);
};

export function storeHistory(name: string, history: History): void {
  const { events } = JSON.parse(historyToJSON(history)) as { events: object[] };
  const lines = events.map((event) => JSON.stringify(event, withoutMachine));
  writeFileSync(fileOf(name), `{"events":[\n${lines.join(',\n')}\n]}\n`);
}

const withoutMachine = (key: string, value: unknown): unknown =>
  key === 'identity' ? 'recorder' : key === 'stackTrace' ? '' : value;
