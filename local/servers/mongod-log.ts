/** Components whose attributes are about the server, and not about the data. */
const ABOUT_THE_SERVER = new Set(['CONTROL', 'NETWORK', 'REPL', 'ELECTION', '-']);
/** Without these it would not be said why a server does not start. */
const FATAL = new Set(['F', 'E']);

interface LogLine {
  s?: unknown;
  c?: unknown;
  attr?: unknown;
}

/**
 * A line of mongod's log without what it says of data. No setting of the community edition does that: with no slow operations,
 * it still logs the filter of a query that fails and the values of a duplicate key.
 */
export function withoutData(line: string): string {
  if (!line.startsWith('{')) return line;
  let entry: LogLine;
  try {
    entry = JSON.parse(line) as LogLine;
  } catch {
    return '{"msg":"a line of mongod that is not JSON is left out"}';
  }
  const isKept = ABOUT_THE_SERVER.has(String(entry.c)) || FATAL.has(String(entry.s));
  if (isKept || entry.attr === undefined) return line;
  return JSON.stringify({ ...entry, attr: { omitted: 'may name a person' } });
}
