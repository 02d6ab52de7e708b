const LONGEST_NAME = 80;
/** A name without anything to remove, as most are: Latin letters, and one sign at a time between them. */
const PLAIN = /^[A-Za-zÀ-ÖØ-öø-ſ]+(?:[ '’-][A-Za-zÀ-ÖØ-öø-ſ]+)*$/;

/**
 * A name that is safe in a message and on a page: letters, digits and the few signs in names. Removes everything that mail programs and
 * telephones turn into a link (colons, at signs, full stops inside a word, runs of seven digits), and line breaks, control
 * characters and characters that change the direction of writing.
 */
export function plainName(raw: string, fallback: string): string {
  if (raw.length <= LONGEST_NAME && PLAIN.test(raw)) return raw;
  const name = raw
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\p{L}\p{M}\p{Nd} '’&(),./·-]/gu, ' ')
    .replace(/\.(?=[\p{L}\p{M}\p{Nd}-])/gu, ' ')
    .replace(/\p{Nd}(?:[ (),./·-]*\p{Nd}){6,}/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return /[\p{L}\p{Nd}]/u.test(name) ? [...name].slice(0, LONGEST_NAME).join('').trim() : fallback;
}
