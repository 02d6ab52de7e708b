import { HEADER, people } from '../support/people';
import type { Person } from '../support/people';
import { rawWorkbook, rowXml } from '../domain/reading/raw-workbook';
import { runCrashableApi } from '../support/run-crashable-api';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** A workbook in which the rows of some people, by index, are hidden. */
function workbook(rows: readonly Person[], hidden: readonly number[]): Uint8Array<ArrayBuffer> {
  const xml = rows.map((person, i) =>
    rowXml(i + 2, Object.values(person)).replace('<row ', hidden.includes(i) ? '<row hidden="1" ' : '<row '),
  );
  return Uint8Array.from(rawWorkbook([{ rows: rowXml(1, HEADER) + xml.join('') }]));
}

describe('Questions before sending', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  let files = 0;
  /** Four people of whom the second and third are hidden. */
  const upload = async (options: Record<string, string> = {}) => {
    const rows = people(4, `asked${++files}`, () => ({}), files * 10);
    return { rows, id: await stack.api.importIdWith(options, workbook(rows, [1, 2]), 'filtered.xlsx') };
  };
  const ended = (id: string, status = 'completed') =>
    until(
      `the import to be ${status}`,
      () => stack.api.find(id),
      (found) => found.status === status,
    );
  const invited = async (rows: readonly Person[]): Promise<string[]> => {
    const sent = (await stack.sandbox.messages()).map(({ to }) => to);
    return rows.map(({ email }) => email).filter((email) => sent.includes(email));
  };

  test('When a direct import has hidden rows, then it waits, tells which, and sends nothing until somebody has chosen', async () => {
    const { id, rows } = await upload();
    const asked = await stack.api.rest(id);

    expect(asked).toMatchObject({
      status: 'awaiting-approval',
      rows: { pending: 4 },
      questions: [{ kind: 'hidden-rows', option: 'hiddenRows', choices: [{ value: 'skip' }, { value: 'include' }] }],
      plan: { actions: { create: 4 }, appliedAt: null },
    });
    expect(asked.questions[0]!.message).toContain('3-4');
    expect(asked.problems).toMatchObject([{ code: 'file.hidden-rows', severity: 'warning' }]);
    expect(await stack.api.apply(id, asked.plan!.hash)).toMatchObject({
      status: 409,
      body: { code: 'choices-missing', detail: expect.stringContaining('hiddenRows') as string },
    });
    // The step refuses it too, for whoever applies it in the Temporal UI.
    await expect(
      stack.workflow(id).executeUpdate('applyPlan', { args: [{ planHash: asked.plan!.hash }] }),
    ).rejects.toThrow();
    expect((await stack.api.find(id)).status).toBe('awaiting-approval');

    const chosen = await stack.api.choose(id, { hiddenRows: 'skip' });
    expect(chosen).toMatchObject({
      status: 200,
      body: {
        status: 'awaiting-approval',
        questions: [],
        options: { mode: 'apply', hiddenRows: 'skip' },
        rows: { pending: 2, skipped: 2 },
        plan: { actions: { create: 2, skip: 2 }, messages: { email: 2, sms: 2 } },
      },
    });
    expect(await invited(rows)).toEqual([]);
    // The outdated plan cannot be applied, and support staff see in Temporal what is planned now.
    expect(await stack.api.apply(id, asked.plan!.hash)).toMatchObject({ status: 409, body: { code: 'plan-outdated' } });
    await until(
      'the workflow to hear of the choice',
      () => stack.workflow(id).query<{ rows: Record<string, number> }>('progress'),
      (progress) => progress.rows.skipped === 2,
    );

    expect((await stack.api.apply(id, chosen.body.plan!.hash)).status).toBe(202);
    expect(await ended(id)).toMatchObject({
      rows: { created: 2, skipped: 2 },
      plan: { appliedAt: expect.any(String) as string },
    });
    expect(await invited(rows)).toEqual([rows[0]!.email, rows[3]!.email]);
    expect(
      (await stack.api.rows(id)).map(({ row, status, problems }) => [row, status, problems.map(({ code }) => code)]),
    ).toEqual([
      [2, 'created', []],
      [3, 'skipped', ['row.hidden']],
      [4, 'skipped', ['row.hidden']],
      [5, 'created', []],
    ]);
    expect(await stack.api.choose(id, { hiddenRows: 'include' })).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-choose' },
    });
  });

  test('When the answer comes with the upload, then nothing is asked and the import runs to its end', async () => {
    const { id, rows } = await upload({ hiddenRows: 'include' });
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', questions: [], rows: { created: 4 } });
    expect(await invited(rows)).toHaveLength(4);
    const skipped = await upload({ hiddenRows: 'skip' });
    expect(await stack.api.rest(skipped.id)).toMatchObject({ status: 'completed', rows: { created: 2, skipped: 2 } });
    expect(await invited(skipped.rows)).toHaveLength(2);
    expect((await stack.api.uploadWith({ hiddenRows: 'yes' }, { name: 'a.csv', content: '' })).status).toBe(400);
  });

  test('When a choice is made again, or two are made at once, then the last word and both words count', async () => {
    const { id } = await upload({ mode: 'preview' });
    const asked = await stack.api.rest(id);
    expect(asked.questions.map(({ kind }) => kind)).toEqual(['hidden-rows']);
    await stack.api.choose(id, { hiddenRows: 'include' });
    const [first, second] = await Promise.all([
      stack.api.choose(id, { hiddenRows: 'skip' }),
      stack.api.choose(id, { sharedMobiles: 'hold' }),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await stack.api.find(id)).toMatchObject({
      options: { mode: 'preview', hiddenRows: 'skip', sharedMobiles: 'hold' },
      rows: { pending: 2, skipped: 2 },
    });
    expect((await stack.as('support').choose(id, { hiddenRows: 'skip' })).status).toBe(403);
    expect((await stack.api.choose(id, {})).body).toMatchObject({ code: 'invalid-request' });
    expect((await stack.api.choose(id, { hiddenRows: 'maybe' as never })).body).toMatchObject({
      code: 'invalid-request',
    });
  });

  test('When a waiting import is cancelled, then nobody is invited and nothing can be chosen', async () => {
    const { id, rows } = await upload();
    await stack.api.rest(id);
    await stack.api.call('POST', `/v1/imports/${id}/cancel`);
    await ended(id, 'cancelled');
    expect(await stack.api.choose(id, { hiddenRows: 'skip' })).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-choose' },
    });
    expect(await invited(rows)).toEqual([]);
  });

  test('When a choice would reject the whole file, then nothing changes and another can be made', async () => {
    const content = `${HEADER.join(',')}\nJosé,Lee,jose.asked@example.com,+12035550199,,,Mayfair\n`;
    const id = await stack.api.importIdWith({ mode: 'preview' }, content);
    const before = await stack.api.rest(id);
    const refused = await stack.api.choose(id, { encoding: 'utf-16le' });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'choice-rejected',
        problems: expect.arrayContaining([expect.objectContaining({ code: 'file.missing-column' })]) as unknown,
      },
    });
    expect(await stack.api.find(id)).toEqual(before);
    expect((await stack.api.choose(id, { encoding: 'utf-8' })).body.plan!.hash).toBe(before.plan!.hash);
  });

  test('When an import was planned before there were questions, then it asks when it is to be applied', async () => {
    const { id, rows } = await upload({ mode: 'preview' });
    const { plan } = await stack.api.rest(id);
    const before = {
      questions: '',
      'options.hiddenRows': '',
      'options.hiddenColumns': '',
      'options.sharedMobiles': '',
    };
    await stack.db.collection('imports').updateOne({ _id: id as never }, { $unset: before });
    expect((await stack.api.find(id)).questions).toEqual([]);

    expect(await stack.api.applyInVain(id, plan!.hash)).toMatchObject({ body: { code: 'choices-missing' } });
    expect((await stack.api.find(id)).questions).toMatchObject([{ kind: 'hidden-rows' }]);
    const chosen = await stack.api.choose(id, { hiddenRows: 'skip' });
    expect((await stack.api.apply(id, chosen.body.plan!.hash)).status).toBe(202);
    expect(await ended(id)).toMatchObject({ rows: { created: 2, skipped: 2 } });
    expect(await invited(rows)).toHaveLength(2);
  });

  test.each([
    ['before the choice is written down', 'before plans.choose', 1],
    ['while it is written down', 'before commit', 1],
    ['when it is written down and nobody was told', 'after plans.choose', 0],
  ])(
    'When the API is killed %s, then the choice and its plan are there together or not at all',
    async (_, step, open) => {
      const { id, rows } = await upload();
      const asked = await stack.api.rest(id);
      const crashable = await runCrashableApi(stack);
      try {
        await crashable.crashAt(step);
        await expect(crashable.api.choose(id, { hiddenRows: 'skip' })).rejects.toThrow('fetch failed');
      } finally {
        await crashable.stop();
      }
      const after = await stack.api.find(id);
      expect(after.questions).toHaveLength(open);
      expect(after.rows.skipped).toBe(open === 1 ? 0 : 2);
      expect(after.plan!.hash === asked.plan!.hash).toBe(open === 1);
      const chosen = await stack.api.choose(id, { hiddenRows: 'skip' });
      await stack.api.apply(id, chosen.body.plan!.hash);
      expect(await ended(id)).toMatchObject({ rows: { created: 2, skipped: 2 } });
      expect(await invited(rows)).toHaveLength(2);
    },
  );
});
