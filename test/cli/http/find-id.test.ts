import type { ApiClient } from '../../../cli/http/api-client';
import { findBatchId, findImportId, findPersonId } from '../../../cli/http/find-id';

const IDS = [
  'f62ff629-2eb4-4a8c-bc1a-36085ba1da50',
  'f62f0000-0000-4000-8000-000000000000',
  '0a1b2c3d-0000-4000-8000-000000000000',
];

/** An organisation whose three imports are two uploads. */
function apiWith() {
  const imports = IDS.map((id, i) => ({
    id,
    batch: IDS[i === 1 ? 0 : i]!,
    fileName: `${i}.csv`,
    createdAt: '2026-11-28T09:00:00Z',
  }));
  const listImports = jest.fn(async function* ({ id = '', batch = '' }: { id?: string; batch?: string }) {
    yield* imports.filter((one) => one.id.startsWith(id) && one.batch.startsWith(batch));
  });
  return { api: { listImports } as unknown as ApiClient, listImports };
}

describe('The id of an import, as it is typed', () => {
  const { api, listImports } = apiWith();

  test('is enough where one import begins so, in capitals too', async () => {
    expect(await findImportId(api, 'F62FF')).toBe(IDS[0]);
  });

  test('is taken without a look where it is whole, or can be no id, which the API refuses', async () => {
    listImports.mockClear();
    expect(await findImportId(api, IDS[2]!)).toBe(IDS[2]);
    expect(await findImportId(api, '../organisation')).toBe('../organisation');
    expect(listImports).not.toHaveBeenCalled();
  });

  test.each([
    [
      'several imports begin so',
      'f62f',
      /Several ids begin with "f62f".*f62ff629-.* {2}0\.csv, 2026-11-28\n.*f62f0000-.*1\.csv/s,
    ],
    ['none begins so', 'beef', /no import whose id begins with "beef"/],
    ['it is too short', 'f62', /at least 4 characters/],
  ])('is refused where %s', async (_why, typed, message) => {
    await expect(findImportId(api, typed)).rejects.toThrow(message);
  });

  test('names the other command where it is the id of an import in place of an upload', async () => {
    await expect(findBatchId(api, 'f62f0')).rejects.toThrow('This is the id of an import: client-import status f62f0');
  });

  test('finds an upload by any of its files, once', async () => {
    expect(await findBatchId(api, 'f62f')).toBe(IDS[0]);
  });
});

describe('The id of a person, as it is typed', () => {
  const { api } = apiWith();

  test('may have its import shortened', async () => {
    expect(await findPersonId(api, '0a1b:17')).toBe(`${IDS[2]}:17`);
    await expect(findPersonId(api, 'f62f:17')).rejects.toThrow(/Several ids begin with "f62f"/);
  });

  test.each(['demo:staff-1', `${IDS[0]}:2`])(
    'is taken as it is where no import can be shortened in it: %s',
    async (id) => {
      expect(await findPersonId(api, id)).toBe(id);
    },
  );
});
