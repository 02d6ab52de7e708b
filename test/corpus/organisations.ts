import type { OrganisationSettings } from '../../store/organisation-settings';

/** Settings in which organisations differ from the plain one, as far as a file can tell. */
export type OrganisationName =
  'plain' | 'abroad' | 'house' | 'own-words' | 'exact' | 'mail-only' | 'text-only' | 'crowded';

export const TEAMS = ['Mayfair', 'Riverside', 'Zürich_Nord', 'Empty_Quarter'] as const;
/** Nobody of its staff has accepted yet. */
export const UNREADY_TEAM = 'Empty_Quarter';

type Settings = Partial<Omit<OrganisationSettings, 'defaultTeamId'>> & { defaultTeam?: (typeof TEAMS)[number] };

export const ORGANISATIONS: Readonly<Record<OrganisationName, Settings>> = {
  plain: { defaultCountry: 'GB' },
  /** Without a country, national numbers mean nothing. */
  abroad: { defaultCountry: null },
  house: { defaultCountry: 'GB', defaultTeam: 'Riverside' },
  'own-words': {
    defaultCountry: 'CH',
    headerAliases: { firstName: ['Rufname'], mobile: ['Natel'], group: ['Betreut von', 'Phone'], teams: ['Betreut'] },
  },
  exact: { defaultCountry: 'GB', strict: true },
  'mail-only': { defaultCountry: 'GB', channels: ['email'] },
  'text-only': { defaultCountry: 'GB', channels: ['sms'] },
  crowded: { defaultCountry: 'GB' },
};

/** Who is in an organisation before any file comes. */
export interface Resident {
  kind: 'client' | 'staff';
  active: boolean;
  firstName: string;
  lastName: string;
  email: string;
  mobile: string;
  company: string | null;
  role: string | null;
  teams: readonly string[];
}

const client = (email: string, active: boolean, mobile: string): Resident => ({
  kind: 'client',
  active,
  firstName: 'Petra',
  lastName: 'Known',
  email,
  mobile,
  company: 'Known & Sons',
  role: null,
  teams: ['Mayfair'],
});

const staff = (email: string, active: boolean, mobile: string): Resident => ({
  kind: 'staff',
  active,
  firstName: 'Stella',
  lastName: 'Known',
  email,
  mobile,
  company: null,
  role: 'Support',
  teams: ['Mayfair'],
});

/** The cases that meet people who are there already; each has its own, so that none meets what another has changed. */
const MEETINGS = [
  'existing-error',
  'existing-default',
  'existing-invite',
  'existing-skip',
  'existing-update',
  'existing-update-strict',
  'existing-update-blank-cells',
  'existing-preview-update',
  'existing-faults-too',
  'staff-existing-error',
  'staff-existing-invite',
  'staff-existing-skip',
  'staff-existing-update',
];

/** At the mail domain of each such case: `pending@`, `active@`, `staff@` and `new.staff@`. */
export const RESIDENTS: readonly Resident[] = MEETINGS.flatMap((name, i) => {
  const number = (j: number): string => `+1303555${String(100 + ((i * 4 + j) % 100)).padStart(4, '0')}`;
  return [
    client(`Pending@${name}.example`, false, number(0)),
    client(`active@${name}.example`, true, number(1)),
    staff(`staff@${name}.example`, true, number(2)),
    staff(`new.staff@${name}.example`, false, number(3)),
  ];
});

/** Held by a neighbour of the organisation `plain`, which must not show. */
export const NEIGHBOURS: readonly Resident[] = [
  client('client@not-our-neighbour.example', true, '+13035550188'),
  staff('staff@not-our-neighbour.example', true, '+13035550189'),
];
