import { unzipSync, zipSync } from 'fflate';
import writeExcelFile from 'write-excel-file/node';
import type { ImportKind } from '../../contract/import';
import { templateRecords } from './template';

/** Any fixed day: with the current time in it, every workbook would have other bytes. */
const DATE_IN_ARCHIVE = new Date(2026, 0, 1);
const SHEETS: Readonly<Record<ImportKind, string>> = { clients: 'Clients', staff: 'Staff' };
const NARROWEST = 16;
const SPACE_BESIDE_TEXT = 4;

/**
 * The template as a workbook. All cells down to the last allowed row are text, so that no number loses its + or its
 * last digits. The same arguments give the same bytes.
 */
export async function writeTemplateWorkbook(kind: ImportKind, maxRows: number): Promise<Uint8Array> {
  const [header, example] = templateRecords(kind);
  const rows = [
    header.map((value) => ({ ...TEXT_CELL, value, fontWeight: 'bold' as const })),
    example.map((value) => ({ ...TEXT_CELL, value })),
    ...Array.from({ length: maxRows - 1 }, () => header.map(() => TEXT_CELL)),
  ];
  const workbook = writeExcelFile(rows, {
    sheet: SHEETS[kind],
    columns: header.map((name, i) => ({ width: widthFor([name, example[i] ?? '']) })),
    stickyRowsCount: 1,
  });
  return zipSync(unzipSync(await workbook.toBuffer()), { mtime: DATE_IN_ARCHIVE });
}

const TEXT_CELL = { type: String, format: '@' } as const;

const widthFor = (texts: readonly string[]): number =>
  Math.max(NARROWEST, ...texts.map((text) => text.length + SPACE_BESIDE_TEXT));
