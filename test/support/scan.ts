/** Shorter ones stand by chance in a file of megabytes. */
const SHORTEST_BASE64 = 8;

/** Each way in which a word may stand in a file: as it is, in base64 behind any number of bytes, in hex, in a URL. */
export function formsOf(word: string): Record<'plain' | 'base64' | 'hex' | 'url', string[]> {
  const bytes = Buffer.from(word);
  // Base64 takes three bytes at a time, so what stands before the word and after it changes its ends.
  const base64 = [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const whole = padded.subarray(0, padded.length - (padded.length % 3)).toString('base64');
    return whole.slice(before === 0 ? 0 : 4);
  });
  const url = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  return {
    plain: [word],
    base64: [...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))],
    hex: [bytes.toString('hex'), [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')],
    url: [encodeURIComponent(word), encodeURI(word), url],
  };
}

/** Finds words in any of their forms, and those but base64 in whatever case. */
export function createScan(words: readonly string[]): (content: Buffer) => string[] {
  const sought = words.map((word) => {
    const { base64, ...others } = formsOf(word);
    return {
      word,
      exact: [...new Set(base64)].filter(({ length }) => length >= SHORTEST_BASE64),
      lower: [...new Set(Object.values(others).flat())].map(toLower),
    };
  });
  return (content) => {
    const text = content.toString('latin1');
    const lower = text.toLowerCase();
    return sought
      .filter(
        ({ exact, lower: forms }) =>
          exact.some((form) => text.includes(form)) || forms.some((form) => lower.includes(form)),
      )
      .map(({ word }) => word);
  };
}

const toLower = (text: string): string => Buffer.from(text).toString('latin1').toLowerCase();
