import type { Mapping } from '../../contract/question';
import { fileProblem } from '../../domain/problems/make-problem';
import { decode } from '../../domain/reading/encoding/encodings';
import { readTable } from '../../domain/reading/read-table';
import type { ReadTable, Table } from '../../domain/table';
import type { ImportDoc, OrganisationDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';

export interface PlanDeps extends Pick<ActivityDeps, 'store'> {
  settings: Pick<ActivityDeps['settings'], 'maxRows' | 'invitationUrl'>;
}

/** Finds and reads the uploaded file of an import. */
export async function readFile(deps: PlanDeps, importDoc: ImportDoc): Promise<ReadTable> {
  const [bytes, organisation] = await Promise.all([
    deps.store.uploads.read(importDoc._id, importDoc),
    deps.store.organisations.find(importDoc.organisationId),
  ]);
  return readUpload(deps, importDoc, bytes, organisation);
}

/** Reads the uploaded file of an import; `bytes` are `null` if the store has lost it. */
export async function readUpload(
  { store, settings }: PlanDeps,
  importDoc: ImportDoc,
  bytes: Uint8Array | null,
  organisation: OrganisationDoc | null,
  mostHeld?: number,
): Promise<ReadTable> {
  if (!bytes) return { ok: false, problems: [fileProblem('file.lost')] };
  const { kind, options } = importDoc;
  const read = ({ encoding, mapping }: LikeCorrected): Promise<ReadTable> =>
    readTable(bytes, {
      kind,
      maxRows: organisation?.maxRowsPerFile ?? settings.maxRows,
      ...(mostHeld !== undefined && { mostHeld }),
      encoding,
      mapping,
      sheet: options.sheet ?? null,
      hiddenRows: options.hiddenRows ?? null,
      hiddenColumns: options.hiddenColumns ?? null,
      defaultCountry: organisation?.defaultCountry ?? null,
      headerAliases: organisation?.headerAliases ?? {},
      hasDefaultTeam: typeof organisation?.defaultTeamId === 'string',
    });
  const own = { encoding: options.encoding, mapping: options.mapping ?? null };
  const reading = await read(own);
  const mapped = (await readWithItsMapping(store, importDoc, reading, read)) ?? { reading, mapping: own.mapping };
  return (await readLikeCorrected(store, importDoc, mapped, read)) ?? mapped.reading;
}

/** What a file of failed rows may take over from the file that it corrects. */
interface LikeCorrected {
  encoding: string | null;
  mapping: Mapping | null;
}
type Read = (like: LikeCorrected) => Promise<ReadTable>;

/** A file of failed rows has the headings of the file that it corrects, so that their mapping is not asked for again. */
async function readWithItsMapping(
  store: ActivityDeps['store'],
  { organisationId, options }: ImportDoc,
  reading: ReadTable,
  read: Read,
): Promise<{ reading: ReadTable; mapping: Mapping } | undefined> {
  if (reading.ok || reading.corrects === undefined || options.mapping) return undefined;
  const corrected = await store.imports.findIn(organisationId, reading.corrects);
  const mapping = corrected?.options.mapping;
  return mapping ? { reading: await read({ encoding: options.encoding, mapping }), mapping } : undefined;
}

/**
 * A file of failed rows came back in the encoding in which we gave it, and need not ask again, if each of its words beyond ASCII
 * stands so in the file that it corrects. `undefined` if that cannot be told.
 */
async function readLikeCorrected(
  store: ActivityDeps['store'],
  { organisationId }: ImportDoc,
  { reading, mapping }: { reading: ReadTable; mapping: Mapping | null },
  read: Read,
): Promise<ReadTable | undefined> {
  if (!reading.ok || !reading.table.questions?.some(({ kind }) => kind === 'encoding')) return undefined;
  const { corrects } = reading.table;
  const corrected = corrects === undefined ? null : await store.imports.findIn(organisationId, corrects);
  const bytes = corrected && (await store.uploads.read(corrected._id));
  if (!corrected?.layout || !bytes) return undefined;
  const { encoding } = corrected.layout;
  const again = await read({ encoding, mapping });
  if (!again.ok) return undefined;
  const text = decode(bytes, encoding);
  for (const word of wordsBeyondAscii(again.table)) if (!text.includes(word)) return undefined;
  return again;
}

function* wordsBeyondAscii({ headers, rows }: Table): Generator<string> {
  yield* wordsIn(headers);
  for (const { raw } of rows) yield* wordsIn(raw);
}

const wordsIn = (cells: readonly string[]): string[] =>
  cells.flatMap((cell) => cell.split(/\s+/)).filter((word) => /[\u0080-\uffff]/.test(word));
