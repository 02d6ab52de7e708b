import type { Channel } from '../contract/invitation';
import type { ReminderSettings } from '../contract/reminders';
import type { HeaderAliases } from '../domain/reading/header/header-aliases';

/** What an organisation decides for itself; how each is used is told in `docs/organisation.md`. */
export interface OrganisationSettings {
  /** ISO 3166 alpha-2; with it, national mobile numbers are understood. */
  defaultCountry: string | null;
  /** The client team of rows that name none. */
  defaultTeamId: string | null;
  /** The channels on which people are invited. */
  channels: Channel[];
  /** Whether imports refuse what they could repair, unless an upload says otherwise. */
  strict: boolean;
  /** How long rows wait for active staff in their team before they are given back. */
  waitingDays: number;
  /** How long the link of an invitation works. */
  invitationDays: number;
  /** How invitations are repeated that nobody has accepted. */
  reminders: ReminderSettings;
  /** Headers of the organisation's own files, beside those that everybody may use. */
  headerAliases: HeaderAliases;
}

/** What holds where an organisation has decided nothing. Documents that are older than a setting lack its field. */
export const DEFAULT_SETTINGS: OrganisationSettings = {
  defaultCountry: null,
  defaultTeamId: null,
  channels: ['email', 'sms'],
  strict: false,
  waitingDays: 30,
  invitationDays: 30,
  reminders: { everyHours: 24, atMost: 5 },
  headerAliases: {},
};
