import type { ImportKind, ImportProgress } from '../../contract/import';
import type { ImportStatus } from '../../contract/import-status';
import { CHANNELS } from '../../contract/invitation';
import type { NoticeLanguage } from '../../contract/notices/notices';
import type { ProblemCode } from '../../contract/problem-codes';

/** Problems that a notice names. */
export const NOTICE_PROBLEMS = 10;

/** A problem without anything of the person: where it is, and its code. */
export interface NoticeProblem {
  /** `null` for one of the file as a whole. */
  line: number | null;
  /** Of the column; `null` without one. */
  letter: string | null;
  code: ProblemCode;
}

export interface NoticeFacts {
  kind: ImportKind;
  status: ImportStatus;
  createdAt: Date;
  progress: ImportProgress;
  /** By line: all of them, or the first ones and at least one more than a notice names. */
  problems: readonly NoticeProblem[];
  /** Where the import is shown. */
  link: string;
}

export interface NoticeText {
  subject: string;
  text: string;
}

/** The notice of an import. It has counts, lines and codes; the name of the file may be that of a person, and is left out. */
export function noticeText(facts: NoticeFacts, language: NoticeLanguage): NoticeText {
  const words = WORDS[language];
  const { rows, invitations, lines } = facts.progress;
  const sum = (...states: (keyof (typeof invitations)['email'])[]): number =>
    CHANNELS.reduce(
      (total, channel) => total + states.reduce((part, state) => part + invitations[channel][state], 0),
      0,
    );
  const counts: [number, Counted][] = [
    [lines, words.lines],
    [rows.created, words.created],
    [rows.updated, words.updated],
    [rows.rejected, words.rejected],
    [rows.waiting, words.waiting],
    [rows.cancelled, words.cancelled],
    [rows.undone, words.undone],
    [sum('sent', 'delivered', 'accepted'), words.sent],
    [sum('failed', 'bounced', 'unconfirmed'), words.failed],
  ];
  const locale = language === 'en' ? 'en-GB' : language;
  const numbers = new Intl.NumberFormat(locale);
  const problems = facts.problems.slice(0, NOTICE_PROBLEMS);
  const day = new Intl.DateTimeFormat(locale, {
    ...{ dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' },
  }).format(facts.createdAt);
  const status = words.status[facts.status];
  return {
    subject: words.subject(words.kind[facts.kind], status),
    text: [
      words.begin(words.kind[facts.kind], day, status),
      counts
        .filter(([count], i) => i === 0 || count > 0)
        .map(([count, { one, other }]) => `  ${numbers.format(count)} ${count === 1 ? one : other}`)
        .join('\n'),
      ...(problems.length > 0
        ? [
            `${words.problems(facts.problems.length > problems.length)}\n` +
              problems.map((problem) => `  ${words.place(problem)}: ${problem.code}`).join('\n'),
          ]
        : []),
      `${words.link}\n${facts.link}`,
    ].join('\n\n'),
  };
}

/** In the singular, and with every other number. */
interface Counted {
  one: string;
  other: string;
}

interface Words {
  kind: Record<ImportKind, string>;
  status: Record<ImportStatus, string>;
  subject: (kind: string, status: string) => string;
  begin: (kind: string, day: string, status: string) => string;
  place: (problem: NoticeProblem) => string;
  lines: Counted;
  created: Counted;
  updated: Counted;
  rejected: Counted;
  waiting: Counted;
  cancelled: Counted;
  undone: Counted;
  sent: Counted;
  failed: Counted;
  problems: (areFirst: boolean) => string;
  link: string;
}

const UNDER_WAY = { en: 'under way', de: 'unterwegs' };

const WORDS: Readonly<Record<NoticeLanguage, Words>> = {
  en: {
    kind: { clients: 'clients', staff: 'staff' },
    status: {
      ...{ queued: UNDER_WAY.en, planning: UNDER_WAY.en, creating: UNDER_WAY.en, inviting: UNDER_WAY.en },
      ...{ settling: UNDER_WAY.en, scheduled: UNDER_WAY.en, undoing: UNDER_WAY.en },
      'awaiting-approval': 'waits for you to look at its plan',
      waiting: 'waits for client teams',
      completed: 'is done',
      'completed-with-problems': 'is done, with problems',
      'needs-attention': 'needs attention',
      paused: 'is paused',
      cancelled: 'was cancelled',
      undone: 'was undone',
      failed: 'was rejected',
    },
    subject: (kind, status) => `Your import of ${kind} ${status}`,
    begin: (kind, day, status) => `Your import of ${kind} of ${day} UTC ${status}.`,
    place: ({ line, letter }) =>
      line === null ? 'The file' : `Line ${line}${letter === null ? '' : `, column ${letter}`}`,
    lines: { one: 'line', other: 'lines' },
    created: { one: 'person created', other: 'people created' },
    updated: { one: 'person changed', other: 'people changed' },
    rejected: { one: 'line rejected', other: 'lines rejected' },
    waiting: { one: 'line waits for its client team', other: 'lines wait for their client team' },
    cancelled: { one: 'line cancelled', other: 'lines cancelled' },
    undone: { one: 'line undone', other: 'lines undone' },
    sent: { one: 'message sent', other: 'messages sent' },
    failed: {
      one: 'message that failed, came back or is not confirmed',
      other: 'messages that failed, came back or are not confirmed',
    },
    problems: (areFirst) => (areFirst ? `The first ${NOTICE_PROBLEMS} problems:` : 'The problems:'),
    link: 'More about it, and what to do:',
  },
  de: {
    kind: { clients: 'Kunden', staff: 'Mitarbeitenden' },
    status: {
      ...{ queued: UNDER_WAY.de, planning: UNDER_WAY.de, creating: UNDER_WAY.de, inviting: UNDER_WAY.de },
      ...{ settling: UNDER_WAY.de, scheduled: UNDER_WAY.de, undoing: UNDER_WAY.de },
      'awaiting-approval': 'wartet darauf, dass Sie den Plan ansehen',
      waiting: 'wartet auf Kundenteams',
      completed: 'ist fertig',
      'completed-with-problems': 'ist fertig, mit Problemen',
      'needs-attention': 'braucht Sie',
      paused: 'ist angehalten',
      cancelled: 'wurde abgebrochen',
      undone: 'wurde rückgängig gemacht',
      failed: 'wurde abgelehnt',
    },
    subject: (kind, status) => `Ihr Import von ${kind} ${status}`,
    begin: (kind, day, status) => `Ihr Import von ${kind} vom ${day} UTC ${status}.`,
    place: ({ line, letter }) =>
      line === null ? 'Die Datei' : `Zeile ${line}${letter === null ? '' : `, Spalte ${letter}`}`,
    lines: { one: 'Zeile', other: 'Zeilen' },
    created: { one: 'Person angelegt', other: 'Personen angelegt' },
    updated: { one: 'Person geändert', other: 'Personen geändert' },
    rejected: { one: 'Zeile abgelehnt', other: 'Zeilen abgelehnt' },
    waiting: { one: 'Zeile wartet auf ihr Kundenteam', other: 'Zeilen warten auf ihr Kundenteam' },
    cancelled: { one: 'Zeile abgebrochen', other: 'Zeilen abgebrochen' },
    undone: { one: 'Zeile rückgängig gemacht', other: 'Zeilen rückgängig gemacht' },
    sent: { one: 'Nachricht gesendet', other: 'Nachrichten gesendet' },
    failed: {
      one: 'Nachricht fehlgeschlagen, zurückgekommen oder nicht bestätigt',
      other: 'Nachrichten fehlgeschlagen, zurückgekommen oder nicht bestätigt',
    },
    problems: (areFirst) => (areFirst ? `Die ersten ${NOTICE_PROBLEMS} Probleme:` : 'Die Probleme:'),
    link: 'Mehr darüber, und was zu tun ist:',
  },
};
