import type { ImportKind } from '../../../contract/import';
import type { Mapping } from '../../../contract/question';
import type { ColumnKey } from '../../columns';

/** Further headers by the column that they mean. */
export type HeaderAliases = Partial<Record<ColumnKey, string[]>>;

/** Settings that decide what a header means. */
export interface HeaderOptions {
  kind: ImportKind;
  /** The organisation's own. */
  aliases: HeaderAliases;
  hasDefaultTeam: boolean;
  /** The administrator's own, for this file. */
  mapping?: Mapping | null;
}

/**
 * Names of columns in real files, in English and the languages around. Case, spaces, punctuation and accents
 * make no difference, so each name is here once. A name that is as often something else is not here at all: `Name` may
 * be the whole name, `Type` any type, `Title` a form of address.
 */
const OF_A_PERSON = {
  firstName: [
    ...['First names', 'Given name', 'Given names', 'Forename', 'Forenames', 'Vorname', 'Vornamen', 'Prénom'],
    ...['Nombre', 'Nombres', 'Nome', 'Voornaam', 'Förnamn', 'Fornavn', 'Imię', 'Person - First name'],
  ],
  lastName: [
    ...['Last names', 'Surname', 'Surnames', 'Family name', 'Nachname', 'Familienname', 'Zuname', 'Nom'],
    ...['Nom de famille', 'Apellido', 'Apellidos', 'Cognome', 'Sobrenome', 'Achternaam', 'Familienaam'],
    ...['Efternamn', 'Efternavn', 'Etternavn', 'Nazwisko', 'Person - Last name'],
  ],
  email: [
    ...['E-mail address', 'Email ID', 'E-Mail-Adresse', 'Mailadresse', 'Courriel', 'Adresse e-mail'],
    ...['Adresse électronique', 'Correo electrónico', 'Indirizzo e-mail', 'E-mailadres', 'E-post', 'E-postadress'],
  ],
  mobile: [
    ...['Mobile number', 'Mobile no', 'Mobile phone', 'Mobile phone number', 'Mobile telephone', 'Mob', 'Mob no'],
    ...['Cell', 'Cell number', 'Cell phone', 'Cell phone number', 'Cellular', 'Handy', 'Handynummer', 'Handy-Nr'],
    ...['Mobil', 'Mobilnummer', 'Mobiltelefon', 'Mobilfunknummer', 'Portable', 'Numéro de portable'],
    ...['Téléphone portable', 'Téléphone mobile', 'Móvil', 'Teléfono móvil', 'Celular', 'Cellulare', 'Telemóvel'],
    ...['Mobiel', 'Mobiel nummer', 'Telefon komórkowy', 'Person - Phone - Mobile'],
  ],
  role: ['User role', 'Role name', 'Rolle', 'Rol', 'Ruolo'],
  language: [
    ...['Languages', 'Preferred language', 'Language code', 'Locale', 'Sprache', 'Langue', 'Idioma', 'Lingua', 'Taal'],
    ...['Språk', 'Język', 'اللغة'],
  ],
} satisfies HeaderAliases;

/**
 * Names that give way where another column of the same file says more clearly that it is the one. Those with numbers and dashes are
 * of exports: Google Contacts, Pipedrive, Clio. Of several addresses or numbers of a person, these hold the first. Brevo's column of numbers
 * that text messages go to is called `SMS`.
 */
const VAGUE_OF_A_PERSON = {
  firstName: ['First'],
  lastName: ['Last'],
  email: [
    ...['Mail', 'Correo', 'Primary email', 'Primary email address', 'E-mail 1 - Value', 'Person - Email'],
    'Person - Email - Work',
  ],
  mobile: [
    ...['Primary phone', 'Primary phone number', 'Phone 1 - Value', 'Person - Phone', 'SMS'],
    ...['Phone', 'Phone number', 'Phone no', 'Telephone', 'Telephone number', 'Tel', 'Tel no', 'Telefon'],
    ...['Telefonnummer', 'Rufnummer', 'Numéro de téléphone', 'Teléfono', 'Telefoon', 'Telefoonnummer'],
  ],
} satisfies HeaderAliases;

const ALIASES: Readonly<Record<ImportKind, HeaderAliases>> = {
  clients: {
    ...OF_A_PERSON,
    role: [...OF_A_PERSON.role, 'Client role'],
    company: [
      ...['Company name', 'Organisation', 'Organization', 'Organisation name', 'Organization name', 'Employer'],
      ...['Firm', 'Firma', 'Firmenname', 'Unternehmen', 'Société', 'Entreprise', 'Empresa', 'Azienda', 'Bedrijf'],
      ...['Organization 1 - Name', 'Person - Organization', 'Associated company'],
    ],
    group: [
      ...['Group ID', 'Group name', 'Client team', 'Client team name', 'Client group', 'Client group name'],
      ...['Team name', 'Kundenteam', 'Gruppe', 'Gruppenname', 'Groupe', 'Équipe', 'Grupo', 'Equipo', 'Gruppo', 'Groep'],
    ],
  },
  staff: {
    ...OF_A_PERSON,
    role: [...OF_A_PERSON.role, 'Staff role'],
    teams: ['Client team', 'Client team names', 'Teams', 'Team names', 'Kundenteams', 'Équipes', 'Equipos'],
  },
};

const VAGUE_ALIASES: Readonly<Record<ImportKind, HeaderAliases>> = {
  clients: {
    ...VAGUE_OF_A_PERSON,
    // What Salesforce, Zoho and HighLevel call a person's company; elsewhere an account is the customer's own.
    company: ['Account Name', 'Business Name'],
    group: ['Group', 'Team'],
  },
  staff: { ...VAGUE_OF_A_PERSON, teams: ['Team'] },
};

export const aliasesOf = (kind: ImportKind): HeaderAliases => ALIASES[kind];
export const vagueAliasesOf = (kind: ImportKind): HeaderAliases => VAGUE_ALIASES[kind];
