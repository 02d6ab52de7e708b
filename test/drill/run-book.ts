import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../local/processes/project';

/** What a section of the run book has somebody do: a command as it is typed, or what only a person can do. */
export interface Step {
  line: number;
  kind: 'command' | 'person';
  text: string;
  /** What the output of the command comes to contain. */
  expected?: string;
}

export interface Section {
  /** As its heading names it, without the marks of code. */
  title: string;
  steps: Step[];
}

/** The sections of docs/operations.md. */
export const readOperations = (): Section[] =>
  readRunBook(readFileSync(join(PROJECT, 'docs', 'operations.md'), 'utf8'));

const FENCE = /^```sh drill$/;

/**
 * The sections of a page with a block of `sh drill`. In such a block a line is a command, `# → words` after it are what its output comes to
 * contain, and a line that begins with `#` is what a person does before the next command.
 */
export function readRunBook(markdown: string): Section[] {
  const sections: Section[] = [];
  let title = '';
  let steps: Step[] | undefined;
  for (const [i, text] of markdown.split('\n').entries()) {
    if (steps === undefined) {
      title = /^#{2,4} (.*)$/.exec(text)?.[1]?.replaceAll('`', '') ?? title;
      if (!FENCE.test(text)) continue;
      steps = sections.find((section) => section.title === title)?.steps ?? [];
      if (steps.length === 0) sections.push({ title, steps });
    } else if (text === '```') steps = undefined;
    else if (text.trim() !== '') steps.push(stepOf(text.trim(), i + 1));
  }
  return sections;
}

function stepOf(text: string, line: number): Step {
  if (text.startsWith('# ')) return { line, kind: 'person', text: text.slice(2) };
  const [command = '', expected] = text.split(/\s+# → /);
  return { line, kind: 'command', text: command, ...(expected !== undefined && { expected }) };
}
