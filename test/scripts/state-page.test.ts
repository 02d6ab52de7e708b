import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderStatePage } from '../../scripts/state-page';
import { IMPORT_TRANSITIONS } from '../../domain/imports/transitions';
import { TRANSITIONS } from '../../domain/invitations/transitions';

const page = readFileSync(join(__dirname, '../../docs/states.md'), 'utf8');

/** The arrows of a section's diagram, as "from name to"; those that meet in a point are taken apart again. */
function arrowsOf(section: string): string[] {
  const lines = page.split(`## ${section}\n`)[1]!.split('```')[1]!.split('\n');
  const arrows = lines.flatMap((line) => {
    const [, from, to, name] = /^ *(\S+) --> (\S+)(?: : (\w+))?$/.exec(line) ?? [];
    return from !== undefined && from !== '[*]' ? [{ from, to: to!, name }] : [];
  });
  return arrows
    .flatMap(({ from, to, name }) => {
      if (name === undefined) return [];
      const sources = from.startsWith('by_') ? arrows.filter((one) => one.to === from).map((one) => one.from) : [from];
      return sources.filter((source) => source !== to).map((source) => `${source} ${name} ${to}`);
    })
    .map((arrow) => arrow.replaceAll('_', '-'))
    .sort();
}

const arrowsIn = (table: Record<string, { from: readonly string[]; to: string | readonly string[] }>): string[] =>
  Object.entries(table)
    .flatMap(([name, { from, to }]) =>
      [to].flat().flatMap((target) => from.filter((one) => one !== target).map((one) => `${one} ${name} ${target}`)),
    )
    .sort();

describe('The page of states', () => {
  test('was made again since the tables have changed', () => expect(page).toBe(renderStatePage()));

  test.each([
    ['Import', IMPORT_TRANSITIONS],
    ['Invitation', TRANSITIONS],
  ])('shows exactly the transitions of the table: %s', (section, table) => {
    expect(arrowsOf(section)).toEqual(arrowsIn(table));
  });
});
