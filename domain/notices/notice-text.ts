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
  /** The first ones, by line. */
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
  const counts: [number, string][] = [
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
  const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' },
  }).format(facts.createdAt);
  const status = words.status[facts.status];
  return {
    subject: words.subject(words.kind[facts.kind], status),
    text: [
      words.begin(words.kind[facts.kind], day, status),
      counts
        .filter(([count], i) => i === 0 || count > 0)
        .map(([count, what]) => `  ${count} ${what}`)
        .join('\n'),
      ...(facts.problems.length > 0
        ? [
            `${words.problems}\n${facts.problems.map((problem) => `  ${words.place(problem)}: ${problem.code}`).join('\n')}`,
          ]
        : []),
      `${words.link}\n${facts.link}`,
    ].join('\n\n'),
  };
}

interface Words {
  kind: Record<ImportKind, string>;
  status: Record<ImportStatus, string>;
  subject: (kind: string, status: string) => string;
  begin: (kind: string, day: string, status: string) => string;
  place: (problem: NoticeProblem) => string;
  lines: string;
  created: string;
  updated: string;
  rejected: string;
  waiting: string;
  cancelled: string;
  undone: string;
  sent: string;
  failed: string;
  problems: string;
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
    lines: 'lines',
    created: 'people created',
    updated: 'people changed',
    rejected: 'lines rejected',
    waiting: 'lines wait for their client team',
    cancelled: 'lines cancelled',
    undone: 'lines undone',
    sent: 'messages sent',
    failed: 'messages that failed, came back or are not confirmed',
    problems: 'The first problems:',
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
    lines: 'Zeilen',
    created: 'Personen angelegt',
    updated: 'Personen geändert',
    rejected: 'Zeilen abgelehnt',
    waiting: 'Zeilen warten auf ihr Kundenteam',
    cancelled: 'Zeilen abgebrochen',
    undone: 'Zeilen rückgängig gemacht',
    sent: 'Nachrichten gesendet',
    failed: 'Nachrichten fehlgeschlagen, zurückgekommen oder nicht bestätigt',
    problems: 'Die ersten Probleme:',
    link: 'Mehr darüber, und was zu tun ist:',
  },
};
