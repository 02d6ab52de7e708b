import { z } from 'zod';
import { CHANNELS } from '../../contract/invitation';
import { NOTICE_LANGUAGES } from '../../contract/notices/notices';
import { STAFF_ROLES } from '../../contract/access/staff-roles';
import { linksSchema } from '../http/links';
import { channel, IMPORT_ID, instant, invitationState, PERSON_ID, TEAM_ID } from '../schemas/common';

const teamName = z.object({ id: z.string(), name: z.string() });
const newestMessage = z
  .object({
    channel,
    state: invitationState,
    since: instant.meta({ description: 'Since when it has this state.' }),
    import: z.string(),
    line: z.int().min(1),
  })
  .meta({ id: 'NewestMessage', description: 'The newest message to a person on one channel.' });
const person = {
  id: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  mobile: z.string(),
  active: z.boolean(),
  activeSince: instant.nullable(),
  createdAt: instant,
  import: z.object({ id: z.string(), row: z.int().nullable() }).nullable().meta({
    description: 'The row that created the person.',
  }),
  messages: z
    .array(newestMessage)
    .meta({ description: 'What has become of their invitation: the newest message on each channel.' }),
};
export const clientView = z
  .object({ ...person, company: z.string().nullable(), team: teamName.nullable() })
  .meta({ id: 'Client' });
export const staffMember = z
  .object({ ...person, role: z.enum(STAFF_ROLES).nullable(), teams: z.array(teamName) })
  .meta({ id: 'StaffMember' });

const EMAIL_ACCEPTED = { channel: 'email', state: 'accepted' } as const;
const personExample = {
  id: PERSON_ID,
  firstName: 'Zoë',
  lastName: 'Ångström',
  email: 'zoe@example.org',
  mobile: '+447911123456',
  active: true,
  activeSince: '2026-11-24T09:12:00.000Z',
  createdAt: '2026-11-23T16:00:02.000Z',
  import: { id: IMPORT_ID, row: 2 },
  messages: [{ ...EMAIL_ACCEPTED, since: '2026-11-24T09:12:00.000Z', import: IMPORT_ID, line: 2 }],
};
const mayfair = { id: TEAM_ID, name: 'Mayfair' };
export const clientExample: z.input<typeof clientView> = { ...personExample, company: null, team: mayfair };
export const staffExample: z.input<typeof staffMember> = { ...personExample, role: 'Staff', teams: [mayfair] };

export const clientTeam = z
  .object({
    id: z.string(),
    name: z.string(),
    ready: z.boolean().meta({ description: 'Whether clients can be invited to it: one of its staff is active.' }),
    staff: z.array(z.object({ id: z.string(), firstName: z.string(), lastName: z.string(), active: z.boolean() })),
    clients: z.int().min(0),
  })
  .meta({ id: 'ClientTeam' });
export const newClientTeam = clientTeam
  .extend({
    import: z
      .object({ id: z.uuid(), links: linksSchema })
      .exactOptional()
      .meta({ description: 'The import that invites `firstStaff`.' }),
  })
  .meta({ id: 'NewClientTeam' });
export const teamExample: z.input<typeof clientTeam> = {
  id: TEAM_ID,
  name: 'Harbour',
  ready: true,
  staff: [{ id: PERSON_ID, firstName: 'Ines', lastName: 'Almeida', active: true }],
  clients: 0,
};

const quietHours = z.object({ from: z.string(), to: z.string() }).meta({ id: 'QuietHours' });
const sendingDefault = z
  .object({
    at: z
      .union([z.object({ time: z.string(), timeZone: z.string() }), z.literal('when-applied')])
      .nullable()
      .meta({ description: 'A time of the day in a time zone, or once a plan is applied; `null` for at once.' }),
    spread: z.string().nullable().meta({ description: 'At most so many people: `50/hour`.' }),
  })
  .meta({ id: 'SendingDefault', description: 'When imports of files send, unless an upload says otherwise.' });
const headers = z.array(z.string()).exactOptional();
export const noticeAddress = z
  .strictObject({
    email: z.email('Must be an e-mail address').max(254).toLowerCase(),
    language: z.enum(NOTICE_LANGUAGES),
  })
  .meta({ id: 'NoticeAddress', description: 'Who is told by e-mail once an import ends or needs attention.' });

export const organisation = z
  .object({
    id: z.string(),
    name: z.string(),
    defaultCountry: z.string().nullable(),
    defaultTeam: teamName.nullable(),
    channels: z.array(z.enum(CHANNELS)),
    failover: z
      .object({ first: z.enum(CHANNELS), afterHours: z.int() })
      .nullable()
      .meta({
        description:
          'The channel that is tried first; the other one is used where that fails, bounces, or is not delivered within so many ' +
          'hours. `null` for both at once.',
      }),
    deliveryReports: z.object({ email: z.boolean(), sms: z.boolean() }).meta({
      description:
        'Whether the installation takes delivery reports of the channel. Without them nothing is known to be delivered, so the channel ' +
        'cannot be tried first.',
    }),
    strict: z.boolean(),
    waitingDays: z.int(),
    invitationDays: z.int(),
    reminders: z.object({ everyHours: z.int(), atMost: z.int() }),
    quietHours: z
      .object({ sms: quietHours.nullable(), email: quietHours.nullable() })
      .meta({ description: 'Hours of the day of the recipient in which nothing is sent.' }),
    sending: sendingDefault,
    headerAliases: z.object({
      ...{ firstName: headers, lastName: headers, email: headers, mobile: headers },
      ...{ role: headers, company: headers, group: headers, teams: headers, language: headers },
    }),
    notify: noticeAddress.nullable(),
    language: z.string().meta({ description: 'Of messages to people whose language is unknown; BCP 47.' }),
    senderName: z.string().nullable().meta({ description: 'Stands before the sender’s address of e-mails.' }),
    replyTo: z.string().nullable().meta({ description: 'The address that gets the answers to e-mails.' }),
    smsPrice: z
      .object({ perSegment: z.number(), currency: z.string().meta({ description: 'ISO 4217.' }) })
      .nullable()
      .meta({ description: 'What a segment of an SMS costs, by which plans and previews tell what theirs do.' }),
    limits: z.object({ rowsPerFile: z.int(), bytesPerFile: z.int(), filesPerUpload: z.int() }),
  })
  .meta({ id: 'Organisation', description: 'Settings of an organisation, and the limits of the installation.' });
export const organisationExample: z.input<typeof organisation> = {
  id: 'harbour',
  name: 'Harbour Wealth',
  defaultCountry: 'GB',
  defaultTeam: mayfair,
  channels: ['email', 'sms'],
  failover: { first: 'email', afterHours: 24 },
  deliveryReports: { email: true, sms: true },
  strict: false,
  waitingDays: 30,
  invitationDays: 14,
  reminders: { everyHours: 24, atMost: 5 },
  quietHours: { sms: { from: '20:00', to: '08:00' }, email: null },
  sending: { at: { time: '09:00', timeZone: 'Europe/London' }, spread: '50/hour' },
  headerAliases: { group: ['Branch'] },
  notify: { email: 'imports@harbour.example', language: 'en' },
  language: 'en',
  senderName: 'Harbour Wealth',
  replyTo: 'clients@harbour.example',
  smsPrice: { perSegment: 0.0463, currency: 'GBP' },
  limits: { rowsPerFile: 500, bytesPerFile: 10_485_760, filesPerUpload: 50 },
};
