import { asWritten, colleague, somebody } from '../people-fixtures';
import { createdRow, creates, declare, pendingRow, rejects, skippedRow, unchangedRow, updatedRow } from '../case';
import type { CorpusCase, ExpectedRow, UploadOptions } from '../case';
import { clientsText, staffText } from '../writers/write-text';
import type { Cells } from '../writers/write-text';

/** The client whom an organisation has at this address; see `../organisations.ts`. */
const petra = (name: string, localPart: string, mobile: string, changes: Cells = {}): Cells => ({
  firstName: 'Petra',
  lastName: 'Known',
  email: `${localPart}@${name}.example`,
  mobile,
  role: '',
  company: 'Known & Sons',
  group: 'Mayfair',
  ...changes,
});

/** A file that meets a pending client, an active one, a member of staff and a newcomer, in this order. */
function meets(name: string, about: string, upload: UploadOptions, rows: readonly ExpectedRow[]): CorpusCase {
  const people = [
    somebody(name, 'PENDING', { firstName: 'New', company: '' }),
    somebody(name, 'active', { lastName: 'New', group: 'Riverside' }),
    somebody(name, 'staff'),
    somebody(name, 'newcomer'),
  ];
  return declare(name, { about, content: clientsText(people), organisation: 'crowded', upload, rows });
}

const newcomer = (line: number, name: string): ExpectedRow => creates(line, asWritten(somebody(name, 'newcomer')));
const isStaff = (line: number): ExpectedRow => rejects(line, { code: 'email.is-staff', letter: 'C' });
const isUsed = (line: number): ExpectedRow =>
  rejects(line, { code: 'email.already-used', letter: 'C', says: ['since'] });

const clients: CorpusCase[] = [
  meets('existing-default', 'meets people who are there already, and the upload does not say what to do', {}, [
    isUsed(2),
    isUsed(3),
    isStaff(4),
    newcomer(5, 'existing-default'),
  ]),
  meets('existing-error', 'meets people who are there already, which is an error', { onExisting: 'error' }, [
    isUsed(2),
    isUsed(3),
    isStaff(4),
    newcomer(5, 'existing-error'),
  ]),
  meets('existing-invite', 'invites again whoever has not accepted', { onExisting: 'invite' }, [
    unchangedRow(2, { channels: ['email', 'sms'] }),
    unchangedRow(3, { channels: [], problems: ['invitation.already-accepted'] }),
    isStaff(4),
    newcomer(5, 'existing-invite'),
  ]),
  meets('existing-skip', 'skips whoever is there already', { onExisting: 'skip' }, [
    skippedRow(2, { channels: [] }),
    skippedRow(3, { channels: [] }),
    isStaff(4),
    newcomer(5, 'existing-skip'),
  ]),
  declare('existing-update', {
    about: 'changes whoever is there already, and lists what',
    content: clientsText([
      somebody('existing-update', 'pending'),
      petra('existing-update', 'active', '+13035550117', { group: 'Riverside', company: 'Known Ltd' }),
      somebody('existing-update', 'staff'),
      somebody('existing-update', 'newcomer'),
      petra('existing-update', 'ACTIVE', '+13035550117'),
    ]),
    organisation: 'crowded',
    upload: { onExisting: 'update' },
    rows: [
      updatedRow(2, {
        changes: [
          ['firstName', 'Petra', 'Ann'],
          ['lastName', 'Known', 'Lee'],
          ['email', 'Pending@existing-update.example', 'pending@existing-update.example'],
          ['mobile', '+13035550116', '+12125550123'],
          ['company', 'Known & Sons', 'Lee & Co'],
        ],
        person: asWritten(somebody('existing-update', 'pending')),
      }),
      updatedRow(3, {
        changes: [
          ['company', 'Known & Sons', 'Known Ltd'],
          ['group', 'Mayfair', 'Riverside'],
        ],
        channels: [],
        person: { company: 'Known Ltd', teams: ['Riverside'] },
      }),
      isStaff(4),
      newcomer(5, 'existing-update'),
      rejects(6, { code: 'email.duplicate-in-file', says: ['row 3'] }),
    ],
  }),
  declare('existing-update-blank-cells', {
    about: 'has blank cells, which never empty what is known, and a person in whom nothing differs',
    content: clientsText([
      petra('existing-update-blank-cells', 'Pending', '+13035550124', { company: '' }),
      petra('existing-update-blank-cells', 'active', '+13035550125', { company: ' ', firstName: 'Petra Maria' }),
    ]),
    organisation: 'crowded',
    upload: { onExisting: 'update' },
    rows: [
      unchangedRow(2, { channels: [] }),
      updatedRow(3, { changes: [['firstName', 'Petra', 'Petra Maria']], person: { company: 'Known & Sons' } }),
    ],
  }),
  declare('existing-update-strict', {
    about: 'would change somebody by a cell that is not exact',
    content: clientsText([petra('existing-update-strict', 'active', ' +13035550121 ')]),
    organisation: 'crowded',
    upload: { onExisting: 'update', strict: true },
    rows: [rejects(2, { code: 'row.not-exact', column: 'Mobile', suggestion: '+13035550121' })],
  }),
  declare('existing-preview-update', {
    about: 'is looked at first: what would change is told, and nobody is changed',
    content: clientsText([
      petra('existing-preview-update', 'active', '+13035550129', { lastName: 'Newman' }),
      somebody('existing-preview-update', 'newcomer'),
      somebody('existing-preview-update', 'staff'),
    ]),
    organisation: 'crowded',
    upload: { onExisting: 'update', mode: 'preview' },
    rows: [
      pendingRow(2, { changes: [['lastName', 'Known', 'Newman']], channels: [] }),
      pendingRow(3, { channels: ['email', 'sms'] }),
      isStaff(4),
    ],
  }),
  declare('existing-faults-too', {
    about: 'meets somebody who is there, in a row with other faults, all of which are said',
    content: clientsText([
      somebody('existing-faults-too', 'active', { firstName: '', mobile: '12' }),
      somebody('existing-faults-too', 'staff', { group: '' }),
    ]),
    organisation: 'crowded',
    rows: [
      rejects(2, 'first-name.missing', 'email.already-used', 'mobile.invalid'),
      rejects(3, 'email.is-staff', 'group.missing'),
    ],
  }),
  declare('not-our-neighbour', {
    about: 'names people of another organisation, who are neither used nor revealed',
    content: clientsText([somebody('not-our-neighbour', 'client'), somebody('not-our-neighbour', 'staff')]),
    rows: [createdRow(2), createdRow(3)],
  }),
];

const staffMeets = (
  name: string,
  about: string,
  onExisting: UploadOptions['onExisting'],
  rows: readonly ExpectedRow[],
): CorpusCase =>
  declare(name, {
    about,
    content: staffText([
      colleague(name, 'new.staff', { teams: 'Mayfair;Riverside' }),
      colleague(name, 'staff', { role: 'Staff', teams: '' }),
      colleague(name, 'active'),
      colleague(name, 'newcomer'),
    ]),
    organisation: 'crowded',
    upload: { kind: 'staff', ...(onExisting && { onExisting }) },
    rows,
  });

const isClient = (line: number): ExpectedRow => rejects(line, { code: 'email.is-client', letter: 'C' });
const newColleague = (line: number): ExpectedRow =>
  createdRow(line, { person: { role: 'Support', teams: ['Mayfair'] } });

const staff: CorpusCase[] = [
  staffMeets('staff-existing-error', 'meets staff and clients who are there already', 'error', [
    isUsed(2),
    isUsed(3),
    isClient(4),
    newColleague(5),
  ]),
  staffMeets('staff-existing-invite', 'invites staff again who have not accepted', 'invite', [
    unchangedRow(2, { channels: ['email', 'sms'] }),
    unchangedRow(3, { channels: [], problems: ['invitation.already-accepted'] }),
    isClient(4),
    newColleague(5),
  ]),
  staffMeets('staff-existing-skip', 'skips staff who are there already', 'skip', [
    skippedRow(2),
    skippedRow(3),
    isClient(4),
    newColleague(5),
  ]),
  staffMeets('staff-existing-update', 'changes staff who are there already', 'update', [
    updatedRow(2, {
      changes: [
        ['firstName', 'Stella', 'Sam'],
        ['lastName', 'Known', 'Stone'],
        ['mobile', '+13035550151', '+12125550124'],
        ['teams', 'Mayfair', 'Mayfair; Riverside'],
      ],
      person: { teams: ['Mayfair', 'Riverside'], role: 'Support' },
    }),
    updatedRow(3, {
      changes: [
        ['firstName', 'Stella', 'Sam'],
        ['lastName', 'Known', 'Stone'],
        ['mobile', '+13035550150', '+12125550124'],
        ['role', 'Support', 'Staff'],
      ],
      // A blank cell takes nobody out of their teams.
      person: { teams: ['Mayfair'], role: 'Staff' },
    }),
    isClient(4),
    newColleague(5),
  ]),
  declare('staff-last-member', {
    about: 'would take the only member of staff out of a client team',
    content: staffText([
      colleague('staff-of-crowded', 'team2', { role: 'Staff', teams: 'Mayfair' }),
      colleague('staff-last-member', 'newcomer'),
    ]),
    organisation: 'crowded',
    upload: { kind: 'staff', onExisting: 'update' },
    rows: [
      rejects(2, {
        code: 'group.last-member',
        column: 'Client Teams',
        letter: 'F',
        value: 'Mayfair',
        says: ['Zürich_Nord'],
      }),
      newColleague(3),
    ],
  }),
];

export const PEOPLE_THERE: readonly CorpusCase[] = [...clients, ...staff];
