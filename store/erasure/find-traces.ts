import type { Filter } from 'mongodb';
import { isFinal } from '../../contract/import-status';
import type { RowStatus } from '../../contract/row';
import {
  hasAddress,
  hasBothNames,
  hasNumber,
  isNamedAfter,
  mergeSought,
  names,
  soughtOf,
} from '../../domain/erasure/sought';
import type { Sought } from '../../domain/erasure/sought';
import type { PersonValues } from '../../domain/person';
import { rowId } from '../documents';
import type { Collections, ImportDoc, RowDoc } from '../documents';
import { literal } from '../paging';
import type { ErasureDoc } from './erasure-documents';

type Parts = Pick<Collections, 'imports' | 'rows' | 'batches'>;
export type Traces = Pick<ErasureDoc, 'rowIds' | 'importIds' | 'namedImportIds' | 'namedBatchIds'> & { sought: Sought };

/** Imports that are searched by one command. */
const IMPORTS_AT_ONCE = 500;
/** The rows that have written a person. Those of other people are left alone, whatever stands in them. */
const APPLIED: RowStatus[] = ['created', 'updated', 'unchanged'];
const CELLS = ['firstName', 'lastName', 'email', 'mobile', 'company', 'group', 'teams', 'role'] as const;

type SoughtImport = Pick<
  ImportDoc,
  '_id' | 'batchId' | 'fileName' | 'status' | 'plannedAt' | 'planHash' | 'questions' | 'fileProblems' | 'fileRemovedAt'
>;
const OF_IMPORT = {
  ...{ batchId: 1, fileName: 1, status: 1, plannedAt: 1, planHash: 1 },
  ...{ questions: 1, fileProblems: 1, fileRemovedAt: 1 },
} as const;

/** The rows that created, changed or named a person, by their ids alone. */
export const findOwnRows = ({ rows }: Pick<Collections, 'rows'>, personId: string): Promise<RowDoc[]> =>
  rows.find({ $or: [{ _id: personId }, { 'plan.personId': personId }] }).toArray();

/**
 * Everything that an organisation holds of a person beside the person: by ids, by address, by both names with the number, and by the
 * lines of files that correct one another. All imports of the organisation are read; an index of addresses would be written with
 * each row of every file. A file that is not read yet has no rows: it is looked at when it is read, by what is sought, which is returned too.
 */
export async function findTraces(parts: Parts, { _id: personId, organisationId, sought }: ErasureDoc): Promise<Traces> {
  const { imports, rows, batches } = parts;
  const own = await findOwnRows(parts, personId);
  const all = mergeSought(sought!, soughtOf(own.flatMap(valuesIn)));
  const found = new Map(own.map(({ _id, importId }) => [_id, importId]));
  const isOthers = (row: RowDoc): boolean => !found.has(row._id) && isOfSomebodyElse(personId, row);
  const take = (documents: RowDoc[]): void => {
    for (const row of documents) if (!isOthers(row)) found.set(row._id, row.importId);
  };
  for (const row of own) take(await findInLineage(parts, row));

  const files = new Set<string>();
  const namedImportIds: string[] = [];
  const namedBatchIds: string[] = [];
  for await (const group of groupsOf(imports, organisationId)) {
    const ids = group.map(({ _id }) => _id);
    const alike = await rows.find(rowsLike(all, ids)).toArray();
    take(alike.filter((row) => isAbout(all, row)));
    for (const one of group) {
      if (isNamedAfter(all, one.fileName)) namedImportIds.push(one._id);
      if (isUnsearchable(one) || names(all, JSON.stringify([one.questions ?? [], one.fileProblems])))
        files.add(one._id);
    }
    const uploads = await batches.find({ _id: { $in: [...new Set(group.map(({ batchId }) => batchId))] } }).toArray();
    for (const { _id, rejected } of uploads)
      if (rejected.some(({ fileName }) => isNamedAfter(all, fileName))) namedBatchIds.push(_id);
  }
  for (const importId of found.values()) files.add(importId);
  return { sought: all, rowIds: [...found.keys()], importIds: [...files], namedImportIds, namedBatchIds };
}

/** All imports of an organisation, some hundred at a time. */
async function* groupsOf(imports: Parts['imports'], organisationId: string): AsyncGenerator<SoughtImport[]> {
  let group: SoughtImport[] = [];
  for await (const one of imports.find({ organisationId }).project<SoughtImport>(OF_IMPORT)) {
    group.push(one);
    if (group.length < IMPORTS_AT_ONCE) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** It has ended and its file was never read into rows. Nothing reads the file any more, so it goes unsearched. */
const isUnsearchable = ({ status, planHash, fileRemovedAt }: SoughtImport): boolean =>
  isFinal(status) && planHash === undefined && fileRemovedAt === undefined;

/** What a person was called before, as far as their own rows tell. */
const valuesIn = ({ person, plan }: RowDoc): Partial<PersonValues>[] => [
  ...(person ? [person] : []),
  ...(plan.changes ?? []).flatMap(({ field, before, after }) => [{ [field]: before }, { [field]: after }]),
];

/** The rows of the other files of a lineage of corrections that are the same line of its first file. */
async function findInLineage({ imports, rows }: Parts, { importId, row, origin }: RowDoc): Promise<RowDoc[]> {
  const importDoc = await imports.findOne({ _id: importId }, { projection: { corrects: 1 } });
  const rootId = importDoc?.corrects?.rootId ?? importId;
  const line = rootId === importId ? row : origin;
  if (line === undefined) return [];
  const corrections = await imports.find({ 'corrects.rootId': rootId }, { projection: { _id: 1 } }).toArray();
  const [first, corrected] = await Promise.all([
    rows.find({ _id: rowId(rootId, line) }).toArray(),
    rows.find({ importId: { $in: corrections.map(({ _id }) => _id) }, origin: line }).toArray(),
  ]);
  return [...first, ...corrected];
}

/** Finds more rows than are meant, whose cells are looked at then: an address may be a part of a longer one. */
function rowsLike({ emails, firstNames, lastNames }: Sought, importIds: string[]): Filter<RowDoc> {
  const like = (texts: string[]) => ({ $regex: texts.map(literal).join('|'), $options: 'i' });
  const email = like(emails);
  const withAddress = [
    { 'person.emailKey': { $in: emails } },
    ...CELLS.flatMap((cell) => [{ [`cells.${cell}`]: email }, { [`typed.${cell}`]: email }]),
    { 'problems.value': email },
    { 'problems.suggestion': email },
  ];
  const withNames = (['person', 'cells', 'typed'] as const).map((part) => ({
    [`${part}.firstName`]: like(firstNames),
    [`${part}.lastName`]: like(lastNames),
  }));
  return { importId: { $in: importIds }, erased: { $exists: false }, $or: [...withAddress, ...withNames] };
}

/** Whether a row has written another person, or is to change one. */
export const isOfSomebodyElse = (personId: string, { status, plan }: RowDoc): boolean =>
  APPLIED.includes(status) || (plan.personId !== undefined && plan.personId !== personId);

/** Whether a row is about the person: by an address, or by both names together with the number. */
export function isAbout(sought: Sought, { person, cells, typed, problems }: RowDoc): boolean {
  if (person && sought.emails.includes(person.emailKey)) return true;
  const written = JSON.stringify([cells, typed, problems]);
  if (hasAddress(sought, written)) return true;
  const { firstName = '', lastName = '', mobile = '' } = { ...(person ?? cells), ...typed };
  return hasBothNames(sought, `${firstName} ${lastName}`) && hasNumber(sought, mobile);
}
