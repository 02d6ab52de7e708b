import type { Channel } from '../contract/invitation';
import type { NoticeAddress } from '../contract/notices/notices';
import type { ReminderSettings } from '../contract/sending/reminders';
import { DEFAULT_LANGUAGE } from '../domain/message-texts/languages';
import type { Failover } from '../contract/sending/failover';
import type { QuietHours, SendingDefault } from '../contract/sending/schedule';
import type { HeaderAliases } from '../domain/reading/header/header-aliases';
import type { SmsPrice } from '../domain/message-texts/sms-cost';
import type { CurrentTexts } from './message-texts/message-text-doc';

/** The settings of an organisation; `docs/organisation.md` describes their use. */
export interface OrganisationSettings {
  /** ISO 3166 alpha-2; with it, national mobile numbers are understood. */
  defaultCountry: string | null;
  /** The client team of rows that name none. */
  defaultTeamId: string | null;
  /** The channels on which people are invited. */
  channels: Channel[];
  /** Which channel is tried first; `null` for both at once. Of no account where `channels` has one alone. */
  failover: Failover | null;
  /** Whether imports reject cells that they could repair, unless an upload says otherwise. */
  strict: boolean;
  /** Days for which rows wait for active staff in their team before they are rejected. */
  waitingDays: number;
  /** Days for which the link of an invitation works. */
  invitationDays: number;
  reminders: ReminderSettings;
  /** Hours in which nothing is sent on a channel, `null` for none. What is absent is as the installation has it: SMS alone. */
  quietHours?: Partial<Record<Channel, QuietHours | null>>;
  /** When imports of files send, unless an upload says otherwise; absent for at once. */
  sending?: SendingDefault;
  /** Headers of the organisation's own files, in addition to the common ones. */
  headerAliases: HeaderAliases;
  /** Where an administrator is told of imports that have ended or need attention, unless an upload says otherwise. */
  notify?: NoticeAddress | null;
  /** Of messages to people whose language is unknown; BCP 47. */
  language: string;
  /** Stands before the sender's address of e-mails; `null` for that of the installation. */
  senderName: string | null;
  /** The e-mail address that gets the answers to e-mails; `null` for the sender's. */
  replyTo: string | null;
  /** Of a segment of an SMS; absent or `null` where nobody has set it, and no costs are told. */
  smsPrice?: SmsPrice | null;
  /** Rows that a file may have, if the organisation may upload others than the installation allows. It cannot set it by itself. */
  maxRowsPerFile?: number;
  /** The versions of its own texts that are sent. */
  texts: CurrentTexts;
}

/** The defaults. Documents that are older than a setting lack its field. */
export const DEFAULT_SETTINGS: OrganisationSettings = {
  defaultCountry: null,
  defaultTeamId: null,
  channels: ['email', 'sms'],
  failover: null,
  strict: false,
  waitingDays: 30,
  invitationDays: 30,
  reminders: { everyHours: 24, atMost: 5 },
  headerAliases: {},
  language: DEFAULT_LANGUAGE,
  senderName: null,
  replyTo: null,
  texts: {},
};

export interface OrganisationDoc extends OrganisationSettings {
  _id: string;
  name: string;
}

export interface ClientTeamDoc {
  _id: string;
  organisationId: string;
  name: string;
  /** Compared instead of the name; unique in the organisation. */
  nameKey: string;
  /** Counts the changes that depend on the team, so that concurrent ones conflict. */
  revision?: number;
}
