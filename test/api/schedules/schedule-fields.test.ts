import { hasPassed, readMoment } from '../../../api/schedules/schedule-fields';
import { fieldOfBody } from '../../../api/problem-types/invalid-field';

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const limits = { aheadDays: 90, nameField: fieldOfBody };

function refusalOf(sendAt: string): unknown {
  try {
    return readMoment(sendAt, limits);
  } catch (problem) {
    return problem;
  }
}

describe('The moment at which an import is sent', () => {
  test('is the one that is to come, and at once where it has just passed', () => {
    const soon = inMinutes(1);
    expect(readMoment(soon, limits)).toEqual(new Date(soon));
    expect(readMoment(inMinutes(-4), limits)).toBeUndefined();
  });

  test.each([
    [-6, 'too-small', 'Choose a moment that is to come, or now'],
    [-365 * 24 * 60, 'too-small', 'Has passed'],
    [91 * 24 * 60, 'too-large', 'Must be within the next 90 days'],
  ])('%d minutes from now is refused as %s', (minutes, code, detail) => {
    expect(refusalOf(inMinutes(minutes))).toMatchObject({
      detail: expect.stringContaining(detail) as unknown,
      options: { errors: [{ field: 'sendAt', code }] },
    });
  });

  test('is at once in a request that is repeated after its moment', () => {
    expect(readMoment(inMinutes(-600), { ...limits, isRepeated: true })).toBeUndefined();
  });

  test('has passed only if it is a moment', () => {
    expect([inMinutes(-6), inMinutes(-4), 'now', 'when-applied', undefined].map((at) => hasPassed(at))).toEqual([
      ...[true, false, false],
      ...[false, false],
    ]);
  });
});
