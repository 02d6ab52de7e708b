import { CHOICES } from '../../contract/question';
import type { Choices } from '../../contract/question';
import { formatRowSet } from '../../contract/row-set';
import type { AuditRecord } from '../../domain/audit-log/entry';

type Facts = AuditRecord['facts'];
type Given = { [Name in keyof Choices]?: Choices[Name] | undefined };

/** What was chosen, by our own names: headings and names of sheets come from the file, and may be anything. */
export function factsOfChoices(choices: Given, isKept = false): Facts {
  const chosen = CHOICES.filter((name) => choices[name] !== undefined && choices[name] !== null);
  return {
    ...(chosen.length > 0 && { chosen: chosen.join(' ') }),
    ...(choices.mapping && { columns: Object.keys(choices.mapping).sort().join(' ') }),
    ...(isKept && { kept: true }),
  };
}

export const factsOfRows = (lines: readonly number[]): Facts =>
  lines.length === 0 ? {} : { rows: formatRowSet([...lines].sort((a, b) => a - b)) };
