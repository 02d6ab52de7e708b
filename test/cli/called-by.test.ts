import { asCalled } from '../../cli/called-by';

const NPM = 'npm run -s cli --';

describe('Commands in a text', () => {
  test('are written as they are typed in a checkout', () => {
    expect(asCalled('List them with: client-import admin keys list', NPM)).toBe(
      'List them with: npm run -s cli -- admin keys list',
    );
    expect(asCalled('This is the id of an upload: client-import batch 352683ad', NPM)).toContain(
      `${NPM} batch 352683ad`,
    );
  });

  test('stay as they are in a package', () => {
    expect(asCalled('See: client-import login --url <url>', 'client-import')).toBe(
      'See: client-import login --url <url>',
    );
  });

  test.each(['~/.cache/client-import/mongod', '> completions/client-import', '_client-import', 'client-import: 1'])(
    'and %s is no command',
    (text) => {
      expect(asCalled(text, NPM)).toBe(text);
    },
  );
});
