const LONGEST_BYTES = 200;

/**
 * The file name in a Content-Disposition header, made safe: it names a visible file in the current folder that every file
 * system accepts.
 */
export function fileNameIn(disposition: string | null, fallback: string): string {
  const [name] = namesIn(disposition ?? '')
    .map(toSafeName)
    .filter(Boolean);
  return name ?? fallback;
}

/** The encoded name first; the plain one is for programs that do not understand it. */
function namesIn(disposition: string): string[] {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
  const quoted = /filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
  const bare = /filename=([^;"\s]+)/i.exec(disposition)?.[1];
  return [encoded && decode(encoded), quoted?.replace(/\\(.)/g, '$1'), bare].filter((name) => name !== undefined);
}

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function toSafeName(name: string): string {
  const base = name.split(/[/\\]/).at(-1)!;
  const clean = base.replace(/[\p{C}:*?"<>|]/gu, '').replace(/^[\s.]+|[\s.]+$/g, '');
  const [, stem = '', ending = ''] = /^(.*?)(\.\w{1,10})?$/su.exec(clean) ?? [];
  const characters = [...stem];
  while (Buffer.byteLength(characters.join('') + ending) > LONGEST_BYTES) characters.pop();
  return characters.length === 0 ? '' : characters.join('').trimEnd() + ending;
}
