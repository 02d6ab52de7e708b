import { emptyProgress } from '../../../contract/progress';
import { NOTICE_PROBLEMS, noticeText } from '../../../domain/notices/notice-text';
import type { NoticeFacts, NoticeProblem } from '../../../domain/notices/notice-text';

const problemsOf = (count: number): NoticeProblem[] =>
  Array.from({ length: count }, (_, i) => ({ line: i + 2, letter: 'C', code: 'email.invalid' }));

function factsOf(lines: number, problems: NoticeProblem[] = []): NoticeFacts {
  const { rows, invitations, ...progress } = emptyProgress('one', 'needs-attention');
  return {
    ...{ kind: 'clients', status: 'needs-attention', createdAt: new Date('2026-11-30T08:29:00Z'), problems },
    progress: {
      ...{ ...progress, lines, rows: { ...rows, created: lines, rejected: lines, waiting: lines, undone: lines } },
      invitations: { email: { ...invitations.email, sent: lines }, sms: { ...invitations.sms, failed: lines } },
    },
    link: 'https://import.example/#/imports/1',
  };
}
const countsOf = (facts: NoticeFacts, language: 'en' | 'de') => noticeText(facts, language).text.split('\n\n')[1];
const problemsIn = (facts: NoticeFacts, language: 'en' | 'de') => noticeText(facts, language).text.split('\n\n')[2];

describe('The text of a notice', () => {
  test('has one in the singular, and large numbers as the language writes them', () => {
    expect(countsOf(factsOf(1), 'en')).toBe(
      '  1 line\n  1 person created\n  1 line rejected\n  1 line waits for its client team\n  1 line undone\n' +
        '  1 message sent\n  1 message that failed, came back or is not confirmed',
    );
    expect(countsOf(factsOf(1), 'de')).toMatch(/^ {2}1 Zeile\n {2}1 Person angelegt\n {2}1 Zeile abgelehnt\n/);
    expect(countsOf(factsOf(19_980), 'en')).toMatch(/^ {2}19,980 lines\n {2}19,980 people created\n/);
    expect(countsOf(factsOf(19_980), 'de')).toMatch(/^ {2}19\.980 Zeilen\n {2}19\.980 Personen angelegt\n/);
  });

  test('says whether the problems that it names are all of them', () => {
    expect(problemsIn(factsOf(2, problemsOf(1)), 'en')).toBe('The problems:\n  Line 2, column C: email.invalid');
    const all = problemsIn(factsOf(20, problemsOf(NOTICE_PROBLEMS)), 'de')!;
    expect(all).toMatch(/^Die Probleme:\n/);
    expect(all.split('\n')).toHaveLength(1 + NOTICE_PROBLEMS);
    const first = problemsIn(factsOf(20, problemsOf(NOTICE_PROBLEMS + 1)), 'en')!;
    expect(first).toMatch(/^The first 10 problems:\n/);
    expect(first.split('\n')).toHaveLength(1 + NOTICE_PROBLEMS);
    expect(noticeText(factsOf(2), 'en').text).not.toContain('problems');
  });
});
