import { readXml } from './archive/read-xml';
import type { ZipEntry } from './archive/zip-archive';

/**
 * What the results of a workbook's formulas are worth. Seen with XlsxWriter 3.3.1, openpyxl 3.1.5, POI 5.5.1, excelize 2.11.1,
 * exceljs 4.4.0, SheetJS 0.18.5, PyExcelerate 0.13.0, Gnumeric 1.12.55 and LibreOffice 7.4.7.
 */
export interface Calculation {
  /** Its program writes a 0 where it has not calculated: XlsxWriter says so by `fullCalcOnLoad`, POI's streaming does not. */
  zeroIsUnknown: boolean;
  /** Its program only keeps what stood in a cell before the formula. */
  resultIsOld: boolean;
  /** Its program writes the text of a result into the common list. Others leave the index of the text before the formula. */
  sharesResults: boolean;
  /** It asks to be calculated when it is opened, and may have results of before its data were changed. */
  mayBeOld: boolean;
}

const TRUE = /^(?:1|true)$/;
/** Spreadsheet libraries that write formulas and calculate them at most on demand. */
const NOT_CALCULATING = /^(?:Apache POI|Go Excelize|SheetJS|Microsoft Excel Compatible \/ Openpyxl)/;
const KEEPING = /^Go Excelize/;
const SHARING = /^(?:gnumeric|SheetJS)/;
/** XlsxWriter and its ports ask for a calculation always; a result other than 0 was given by whoever wrote the formula. */
const CALCULATION_OF_XLSXWRITER = '124519';

/** Reads who calculated a workbook and when. `properties` is `docProps/app.xml`; without it nothing is known of the program. */
export async function readCalculation(workbook: ZipEntry, properties: ZipEntry | undefined): Promise<Calculation> {
  let isAsked = false;
  let id: string | undefined;
  await readXml(workbook, {
    open: (name, { fullCalcOnLoad = '', calcId }) => {
      if (name !== 'calcPr') return;
      isAsked = TRUE.test(fullCalcOnLoad);
      id = calcId;
    },
  });
  const program = properties ? await readProgram(properties) : '';
  return {
    zeroIsUnknown: isAsked || NOT_CALCULATING.test(program),
    resultIsOld: KEEPING.test(program),
    sharesResults: SHARING.test(program),
    mayBeOld: isAsked && id !== CALCULATION_OF_XLSXWRITER,
  };
}

/** '' where the properties cannot be read: no cell depends on them. */
async function readProgram(properties: ZipEntry): Promise<string> {
  let program = '';
  let isReading = false;
  try {
    await readXml(properties, {
      open: (name) => (isReading = name === 'Application'),
      text: (piece) => {
        if (isReading) program += piece;
      },
      close: () => (isReading = false),
    });
  } catch {
    return '';
  }
  return program.trim();
}
