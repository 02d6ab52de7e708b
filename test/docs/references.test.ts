import { readPage } from './markdown';
import { faultsOfCommandLines, npmScriptsIn, unknownRoutes } from './references';

describe('What a page refers to', () => {
  const page = readPage(
    [
      '# A page: its `title`, in words',
      '## Again',
      '## Again',
      'See [there](other.md#part), `npm run x`, and | `a\\|b` | ![x](images/a.png "A").',
      '',
      '    npm start',
      '    echo `date`',
      '',
      '- item',
      '      continued text, no code',
      '```json',
      '{ "not": [a](link.md) }',
      '```',
      '```sh',
      'ls',
      '```',
    ].join('\n'),
  );

  test('is found with its line; what stands in code is no link', () => {
    expect([...page.anchors]).toEqual(['a-page-its-title-in-words', 'again', 'again-1']);
    expect(page.links).toEqual([
      { line: 4, target: 'other.md#part' },
      { line: 4, target: 'images/a.png' },
    ]);
    expect(page.code.map(({ line, text }) => [line, text])).toEqual([
      ...[
        [1, 'title'],
        [4, 'npm run x'],
        [4, 'a|b'],
        [6, 'npm start'],
        [7, 'echo `date`'],
      ],
      ...[
        [12, '{ "not": [a](link.md) }'],
        [15, 'ls'],
      ],
    ]);
    expect(page.scripts).toEqual([
      { line: 6, text: 'npm start\necho `date`' },
      { line: 15, text: 'ls' },
    ]);
  });

  test('scripts are found behind every spelling of npm', () => {
    expect(npmScriptsIn('npm run -s cli -- x && npm start -- a.csv; npm run docs:states')).toEqual([
      'cli',
      'docs:states',
      'start',
    ]);
  });
});

describe('A call of the command line', () => {
  test.each([
    ['client-import stauts ID', ['no command stauts']],
    ['client-import admin keys rotat ID', ['no command rotat']],
    ['npm run -s cli -- retry ID --al', ['retry has no --al']],
    ['KEY=$(client-import admin keys create --rol x)', ['create has no --rol']],
    ['client-import import --kind guests a.csv', ['--kind takes no guests']],
    ['client-import completion tcsh', ['completion takes no tcsh']],
    ['client-import list --limit', ['--limit is without a value']],
    ['cat a.csv | client-import import - --nam a.csv', ['import has no --nam']],
  ])('%s is wrong', (text, faults) => {
    expect(faultsOfCommandLines(text)).toEqual(faults);
  });

  test.each([
    'client-import COMMAND --help',
    'client-import completion bash|zsh|fish',
    'client-import import - --name clients.csv < clients.csv',
    "client-import import --map 'Tel. (mobile)=Mobile' --kind clients|staff FILE…",
    'client-import completion zsh > "${fpath[1]}/_client-import"',
    'helm install client-import deploy/helm/client-import --namespace x',
    'client-import retry f62ff629 --channels email # by e-mail alone',
    'client-import batch 352683ad failed-rows --output -',
  ])('%s is right', (text) => {
    expect(faultsOfCommandLines(text)).toEqual([]);
  });
});

test('A route is known by its template, whatever stands for its parameters', () => {
  const paths = { '/v1/imports/{id}': { get: {} }, '/v1/imports': { post: {} } };
  const right =
    'GET /v1/imports/{id}, GET /v1/imports/:id, POST http://127.0.0.1:3000/v1/imports, "/v1/imports/$ID?x=1"';
  expect(unknownRoutes(right, paths)).toEqual([]);
  expect(unknownRoutes('DELETE /v1/imports/{id} and GET /v1/import', paths)).toEqual([
    'DELETE /v1/imports/{id}',
    'GET /v1/import',
  ]);
});
