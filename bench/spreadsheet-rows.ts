const SHEET = /<table:table [\s\S]*?<\/table:table>/g;
/** A row, empty or not, with what it holds. */
const ROW = /<table:table-row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-row>)/g;
const REPEATED = /number-rows-repeated="(\d+)"/;
const MARKER = /marker\d+@[\w.-]+\.example/;

/** The number of the row in which each address stands, in a spreadsheet that LibreOffice has saved as flat XML. */
export function markersIn(flatXml: string): Map<string, number> {
  const rows = new Map<string, number>();
  for (const [sheet] of flatXml.matchAll(SHEET)) {
    let row = 0;
    for (const [, attributes = '', cells = ''] of sheet.matchAll(ROW)) {
      row++;
      const marker = MARKER.exec(cells)?.[0];
      if (marker) rows.set(marker, row);
      row += Number(REPEATED.exec(attributes)?.[1] ?? 1) - 1;
    }
  }
  return rows;
}
