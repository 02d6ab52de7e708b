import { HELD } from './rules';

/** As `npm outdated --json` writes it. */
export type Outdated = Readonly<Record<string, { current?: string; latest: string }>>;

/** As `npm audit --json` writes it; a registry without audits answers with a message. */
export interface Audit {
  message?: string;
  vulnerabilities?: Readonly<
    Record<string, { severity: string; range: string; fixAvailable: boolean | { name: string; version: string } }>
  >;
}

const NO_ANSWER = 'The registry has not answered.';
const majorOf = (version: string): string => version.split('.')[0]!;

/** Each package that is behind, and what to do about it. */
export function formatOutdated(outdated: Outdated | null): string[] {
  if (outdated === null || 'error' in outdated) return [NO_ANSWER];
  const lines = Object.entries(outdated).map(([name, { current = 'not installed', latest }]) => {
    const step = `${name} ${current} → ${latest}`;
    if (majorOf(current) === majorOf(latest))
      return `${step}: npm install --save-exact ${name}@${latest}, then npm test`;
    return `${step}: ${name in HELD ? `held, since ${HELD[name]}` : 'a new major version; read its changelog first'}`;
  });
  return lines.length > 0 ? lines : ['None.'];
}

/** Each known weakness, and what to do about it; bad from a moderate one on. */
export function formatAudit(audit: Audit | null): { lines: string[]; isBad: boolean } {
  if (audit?.vulnerabilities === undefined) {
    const why = audit?.message === undefined ? NO_ANSWER : `The registry has no audits (${audit.message}).`;
    return {
      lines: [`${why} The least versions in scripts/dependencies/rules.ts were checked instead.`],
      isBad: false,
    };
  }
  const found = Object.entries(audit.vulnerabilities);
  const lines = found.map(([name, { severity, range, fixAvailable }]) => {
    const fix = typeof fixAvailable === 'object' ? `${fixAvailable.name}@${fixAvailable.version}` : fixAvailable;
    const what =
      fix === false ? 'no fix yet: see whether it concerns us' : fix === true ? 'npm update it' : `take ${fix}`;
    return `${name} ${range}, ${severity}: ${what}; then enter the fixed version in scripts/dependencies/rules.ts`;
  });
  const isBad = found.some(([, { severity }]) => !['info', 'low'].includes(severity));
  return { lines: lines.length > 0 ? lines : ['None.'], isBad };
}
