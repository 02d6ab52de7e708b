/**
 * Languages with letters beyond ASCII of the countries in which Windows saves plain text as windows-1252, and by which it may
 * therefore be guessed there. Source: the ANSI code pages of Microsoft's National Language Support reference, and
 * the official languages of CLDR's supplemental data. Countries with another code page are left out on purpose: there
 * a file in windows-1252 is the exception, so the question is asked.
 */
const COUNTRIES_OF: Readonly<Record<string, string>> = {
  de: 'DE AT CH LI LU BE IT',
  fr: 'FR BE CH LU MC CA RE GP MQ GF YT PM BL MF NC PF WF SN CI ML BF NE TG BJ GA CG CD CM CF GN MG HT',
  nl: 'NL BE SR AW CW SX BQ',
  it: 'IT CH SM VA',
  es: 'ES MX AR CL CO PE VE EC BO PY UY CR PA GT HN NI SV DO CU PR GQ AD US',
  ca: 'ES AD',
  gl: 'ES',
  eu: 'ES',
  pt: 'PT BR AO MZ CV GW ST',
  da: 'DK GL FO',
  nb: 'NO SJ',
  sv: 'SE FI AX',
  fi: 'FI',
  is: 'IS',
  fo: 'FO',
  ga: 'IE GB',
  cy: 'GB',
};
/** English is written without such letters; what stands in its lists are the names of people from elsewhere. */
const ENGLISH =
  'GB IE US CA AU NZ IM JE GG GI ZA JM TT BB BS BZ BM KY AG AI DM GD KN LC VC VG VI TC MS FK SH AS GU MP NF CK';
const ENGLISH_LISTS = ['es', 'fr', 'de', 'pt', 'it', 'ga', 'da', 'sv'];
/** Names such as André, Müller and José are at home in all of these countries. */
const COMMON_GUESTS = ['fr', 'de', 'es'];
const NORDIC = ['da', 'nb', 'sv'];

const listed = (countries: string, country: string): boolean => countries.split(' ').includes(country);

/** The languages whose letters the lists of a country may have, its own first; none where windows-1252 is not usual. */
export function homeLanguages(country: string | null): readonly string[] {
  if (country === null) return [];
  const own = Object.keys(COUNTRIES_OF).filter((language) => listed(COUNTRIES_OF[language]!, country));
  const english = listed(ENGLISH, country) ? ENGLISH_LISTS : [];
  if (own.length + english.length === 0) return [];
  const neighbours = own.some((language) => NORDIC.includes(language)) ? NORDIC : [];
  return [...new Set([...own, ...english, ...neighbours, ...COMMON_GUESTS])];
}
