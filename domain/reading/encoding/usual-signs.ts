/**
 * Signs of windows-1252 where offices write them, and nowhere else: the same bytes are letters in the encodings of DOS and of
 * old Macs (’ is the í of a Mac, – its ñ), so a sign inside a word is no evidence.
 */
const USUAL_SIGNS: readonly RegExp[] = [
  // O’Neill, D’Angelo, Dell’Orto.
  /(?<![A-Za-z\u0080-\uffff])(?:[ODLMNSdlmn]|[DdNn]ell|[DdAaSs]all|[Aa]ll|[Ss]ull)’(?=\p{Lu})/gu,
  // A word or more in quotation marks.
  /(?<![A-Za-z\u0080-\uffff])[„“«‚‘](?=[^„“”«»‚‘’\r\n\t;,|]{1,60}[“”»‘’](?![A-Za-z\u0080-\uffff]))/gu,
  /(?<=(?<![A-Za-z\u0080-\uffff])[„“«‚‘][^„“”«»‚‘’\r\n\t;,|]{1,60})[“”»‘’](?![A-Za-z\u0080-\uffff])/gu,
  // A dash between words, a sign of money or of degrees beside digits.
  /(?<= )[–—](?= )/g,
  /(?<=\d ?)[€£°](?![A-Za-z\u0080-\uffff])/g,
  /(?<![A-Za-z\u0080-\uffff])[€£](?= ?\d)/g,
  // Mª, 1º, Nº in Spain and Portugal; l·l in Catalonia.
  /(?<=(?<![A-Za-z\u0080-\uffff])(?:M|\d+|[Nn])\.?)[ªº](?![A-Za-z\u0080-\uffff])/g,
  /(?<=[lL])·(?=[lL])/g,
  // A blank that does not break, between digits or beside another blank.
  /(?<=[\d ])\u00a0(?=[\d ])/g,
];

/** In one pass, so that each is seen among its neighbours as they are in the file. */
const ANY_OF_THEM = new RegExp(USUAL_SIGNS.map(({ source }) => source).join('|'), 'gu');

/** The text without these signs. */
export const withoutUsualSigns = (text: string): string => text.replace(ANY_OF_THEM, '');
