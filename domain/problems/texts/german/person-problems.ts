import type { EMAIL_PROBLEM_TEXTS } from '../email-problem-texts';
import type { MOBILE_PROBLEM_TEXTS } from '../mobile-problem-texts';
import type { PERSON_PROBLEM_TEXTS } from '../person-problem-texts';
import type { TranslatedTexts } from '../problem-text';
import type { TEAM_PROBLEM_TEXTS } from '../team-problem-texts';

const ONE_KIND_ONLY = 'Eine Person kann in einer Organisation nicht zugleich Kunde und Personal sein.';
const INTERNATIONAL = 'Eine Mobilnummer mit + und der Landesvorwahl, etwa +447911123456.';
const FOR_SMS_TOO = 'Eine Mobilnummer, damit die Person auch per SMS eingeladen wird.';
const ACTIVE_TEAM =
  'Ein Kundenteam mit mindestens einer Person vom Personal, die ihre eigene Einladung angenommen hat.';
const STAFF_ROLE_LIST = 'System Administrator, User Administrator, Support oder Staff';

/** Of an e-mail address. */
export const GERMAN_EMAIL_PROBLEMS: TranslatedTexts<typeof EMAIL_PROBLEM_TEXTS> = {
  'email.missing': {
    message: 'Die E-Mail-Adresse fehlt.',
    expected: 'Eine E-Mail-Adresse in jeder Zeile.',
    fix: 'Tragen Sie die Adresse ein, und laden Sie die Zeile noch einmal hoch.',
  },
  'email.invalid': {
    message:
      'Das ist keine brauchbare E-Mail-Adresse.' +
      '[ Sie enthält ein unsichtbares Zeichen: {signs}.]' +
      '[ Sie sieht aus wie eine Telefonnummer, die mit der Spalte „{swappedWith}“ vertauscht wurde.]',
    expected: 'Eine Adresse wie name@example.com, ohne Leerzeichen und ohne einen Namen davor.',
    fix:
      'Schreiben Sie nur eine Adresse, etwa name@example.com. Sieht sie richtig aus, tippen Sie sie von Hand neu: ' +
      'Sie kann ein unsichtbares Zeichen enthalten.',
  },
  'email.duplicate-in-file': {
    message: 'Dieselbe E-Mail-Adresse steht schon in Zeile {firstLine}[ von „{fileName}“, die im Upload vorher kommt].',
    expected: 'Jede Adresse einmal in allen Dateien eines Uploads.',
    fix: 'Entfernen Sie die Zeile, wenn es dieselbe Person ist, oder schreiben Sie eine andere Adresse dieser Person.',
  },
  'email.already-used': {
    message:
      'Eine Person in Ihrer Organisation hat diese E-Mail-Adresse schon[, seit {since}][ (Zeile {line} des Imports {importId})].',
    expected: 'Eine Adresse, die noch niemand in Ihrer Organisation hat.',
    fix:
      'Entfernen Sie die Zeile, wenn es dieselbe Person ist, oder berichtigen Sie die Adresse. Um Personen, die schon da sind, noch einmal ' +
      'einzuladen oder zu ändern, wählen Sie das beim Hochladen.',
  },
  'email.is-staff': {
    message: `Diese E-Mail-Adresse gehört jemandem von Ihrem Personal. ${ONE_KIND_ONLY}`,
    expected: 'Die Adresse eines Kunden.',
    fix: 'Entfernen Sie die Zeile, oder verwenden Sie eine andere Adresse dieser Person.',
  },
  'email.is-client': {
    message: `Diese E-Mail-Adresse gehört einem Kunden Ihrer Organisation. ${ONE_KIND_ONLY}`,
    expected: 'Die Adresse von jemandem vom Personal.',
    fix: 'Entfernen Sie die Zeile, oder verwenden Sie eine andere Adresse dieser Person.',
  },
  'email.domain-typo': {
    message: 'Der Teil hinter dem @ sieht aus wie ein vertipptes {domain}. Die Adresse wurde unverändert verwendet.',
    expected: 'Die wirkliche Adresse der Person.',
    fix: 'Ist die Adresse falsch, berichtigen Sie sie: Die Einladung kann die Person nicht erreichen.',
  },
  'email.opted-out': {
    message: 'Die Person hat unsere E-Mails abbestellt, daher wird keine Einladung per E-Mail gesendet.',
    expected: 'Eine Person, die E-Mails dieses Absenders annimmt.',
    fix: 'Bitten Sie die Person, E-Mails dieses Absenders wieder zuzulassen, und laden Sie die Zeile noch einmal hoch.',
  },
};

/** Of a mobile number. */
export const GERMAN_MOBILE_PROBLEMS: TranslatedTexts<typeof MOBILE_PROBLEM_TEXTS> = {
  'mobile.missing': {
    message: 'Die Mobilnummer fehlt.',
    expected: INTERNATIONAL,
    fix: 'Tragen Sie die Nummer mit + und der Landesvorwahl ein, etwa +447911123456, und laden Sie die Zeile noch einmal hoch.',
  },
  'mobile.invalid': {
    message:
      'Kein Telefon hat diese Nummer.' +
      '[ Sie wurde als Nummer in {country} gelesen; gehört sie zu einem anderen Land, setzen Sie + und die Landesvorwahl davor.]' +
      '[ Sie sieht aus wie eine E-Mail-Adresse, die mit der Spalte „{swappedWith}“ vertauscht wurde.]',
    expected: INTERNATIONAL,
    fix:
      'Suchen Sie nach fehlenden, überzähligen oder falschen Ziffern und nach anderem Text in der Zelle. ' +
      'Schreiben Sie nur eine Nummer, etwa +447911123456, ohne Durchwahl, und laden Sie die Zeile noch einmal hoch.',
  },
  'mobile.not-international': {
    message: 'Die Mobilnummer hat keine Landesvorwahl, daher ist ihr Land nicht bekannt.',
    expected: INTERNATIONAL,
    fix:
      'Setzen Sie + und die Landesvorwahl davor, wie in +447911123456, und lassen Sie die 0 am Anfang weg. ' +
      'Sind die meisten Nummern aus einem Land, wählen Sie es als Standardland Ihrer Organisation.',
  },
  'mobile.scientific-notation': {
    message: 'Ihre Tabellenkalkulation hat diese Nummer gekürzt, sodass die Datei ihre letzten Ziffern verloren hat.',
    expected: INTERNATIONAL,
    fix: 'Formatieren Sie die Spalte als Text, tippen Sie die ganze Nummer mit + und der Landesvorwahl neu, und speichern Sie die Datei noch einmal.',
  },
  'mobile.ambiguous': {
    message:
      'Diese Zelle lässt sich als mehr als eine Nummer lesen[, in {countries}], und eine falsche erreichte einen Fremden.',
    expected: INTERNATIONAL,
    fix: 'Tippen Sie die gemeinte Nummer mit + und der Landesvorwahl, etwa +447911123456, und laden Sie die Zeile noch einmal hoch.',
  },
  'mobile.landline': {
    message:
      'Diese Nummer ist ein Festnetzanschluss, daher bekommt sie keine SMS. Die Person wird nur per E-Mail eingeladen.',
    expected: FOR_SMS_TOO,
    fix: 'Um die Person auch per SMS einzuladen, fragen Sie sie nach einer Mobilnummer.',
  },
  'mobile.not-a-mobile': {
    message:
      'Das ist die Nummer eines Dienstes, etwa eine Servicenummer oder eine kostenlose, daher bekommt sie keine SMS. ' +
      'Die Person wird nur per E-Mail eingeladen.',
    expected: FOR_SMS_TOO,
    fix: 'Prüfen Sie die Nummer. Um die Person auch per SMS einzuladen, fragen Sie sie nach einer Mobilnummer.',
  },
  'mobile.unreachable': {
    message:
      'Diese Nummer ist ein Festnetzanschluss oder gehört einem Dienst, und Ihre Organisation lädt nur per SMS ein, ' +
      'daher kann die Person nicht eingeladen werden.',
    expected: INTERNATIONAL,
    fix: 'Fragen Sie die Person nach einer Mobilnummer, oder lassen Sie Ihre Organisation auch per E-Mail einladen, und laden Sie die Zeile noch einmal hoch.',
  },
  'mobile.opted-out': {
    message: 'Die Person hat unsere SMS abbestellt, daher wird keine Einladung per SMS gesendet.',
    expected: 'Eine Person, die SMS dieses Absenders annimmt.',
    fix: 'Bitten Sie die Person, auf eine unserer SMS mit START zu antworten, und laden Sie die Zeile noch einmal hoch.',
  },
  'mobile.shared': {
    message:
      'Diese Nummer hat nicht eine Person allein.[ Zeile {firstLine} dieser Datei hat sie auch.]' +
      '[ Personen in Ihrer Organisation, die sie schon haben: {known}.] Was an sie gesendet wird, erreicht sie alle.',
    expected: 'Eine Nummer der Person allein.',
    fix: 'Teilen die Personen kein Telefon, wurde eine Nummer kopiert: Berichtigen Sie die Zeilen.',
  },
  'mobile.sms-held': {
    message:
      'Es wird keine SMS gesendet, weil {sharedBy} Personen diese Nummer haben und der Import SMS an geteilte Nummern zurückhält.',
    expected: 'Eine Nummer der Person allein.',
    fix: 'Berichtigen Sie die Nummer, oder laden Sie die Zeile noch einmal hoch und wählen Sie, SMS an geteilte Nummern zu senden.',
  },
};

/** Of a person who is there already, and of a language. */
export const GERMAN_PERSON_PROBLEMS: TranslatedTexts<typeof PERSON_PROBLEM_TEXTS> = {
  'person.never-invited': {
    message:
      'Diese Person ist schon in Ihrer Organisation[, seit {since}][ (Zeile {line} des Imports {importId})], wurde aber nie eingeladen. ' +
      'Diese Zeile lädt sie ein, mit ihren eigenen Werten.',
    expected: 'Eine Person, die neu ist oder schon eingeladen wurde.',
    fix: 'Sie brauchen nichts zu tun.',
  },
  'person.deactivated': {
    message: 'Diese Person wurde von der Administration deaktiviert, daher wird keine Einladung gesendet.',
    expected: 'Eine Person, die nicht deaktiviert ist.',
    fix: 'Aktivieren Sie die Person zuerst, wenn sie zurückkommen soll.',
  },
  'person.erased': {
    message: 'Die Daten dieser Person wurden auf Verlangen gelöscht, und nichts wird mehr an sie gesendet.',
    expected: 'Eine Person, deren Daten nicht gelöscht sind.',
    fix: 'Sie brauchen nichts zu tun. Wer zurückkommen will, wird neu eingeladen.',
  },
  'person.removed': {
    message:
      'Die Person, die diese Zeile ändern oder einladen sollte, wurde entfernt, bevor die Zeile an der Reihe war.',
    expected: 'Eine Person, die noch da ist.',
    fix: 'Laden Sie die Zeile noch einmal hoch: Sie legt die Person an und lädt sie ein.',
  },
  'language.unknown': {
    message: 'Diese Sprache ist nicht bekannt, daher wird der Person in der Sprache Ihrer Organisation geschrieben.',
    expected: 'Ein Sprachkürzel wie de oder fr-CH (BCP 47), oder der Name einer Sprache; oder eine leere Zelle.',
    fix: 'Schreiben Sie ein Sprachkürzel, oder lassen Sie die Zelle leer.',
  },
};

/** Of a role or a client team. */
export const GERMAN_TEAM_PROBLEMS: TranslatedTexts<typeof TEAM_PROBLEM_TEXTS> = {
  'role.missing': {
    message: 'Die Rolle fehlt. Alle vom Personal brauchen eine.',
    expected: `Die Rolle muss ${STAFF_ROLE_LIST} sein.`,
    fix: `Tragen Sie eine dieser Rollen ein, und laden Sie die Zeile noch einmal hoch: ${STAFF_ROLE_LIST}.`,
  },
  'role.unknown': {
    message: 'Diese Rolle gibt es hier nicht.[ {role} ist eine Rolle der anderen Vorlage.]',
    expected: 'Eine dieser Rollen: {roles}.',
    fix: 'Berichtigen Sie die Rolle, und laden Sie die Zeile noch einmal hoch. Hier erlaubt: {roles}.',
  },
  'group.missing': {
    message: 'Das Kundenteam fehlt, und Ihre Organisation hat kein Standardteam.',
    expected: 'Der Name eines Kundenteams.',
    fix: 'Tragen Sie den Namen des Teams ein, oder wählen Sie ein Standardteam, und laden Sie die Zeile noch einmal hoch.',
  },
  'group.unknown': {
    message: 'Ihre Organisation hat kein Kundenteam mit diesem Namen.[ Es gibt: {names}.]',
    expected: 'Der Name eines vorhandenen Kundenteams.',
    fix: 'Berichtigen Sie den Namen, oder legen Sie das Team zuerst an, und laden Sie die Zeile noch einmal hoch.',
  },
  'group.invalid-name': {
    message:
      'Das ist kein gültiger Name eines Teams: Namen haben keine Leerzeichen und keine Sonderzeichen.[ Es gibt: {names}.]',
    expected: 'Der Name eines Kundenteams: Buchstaben, Ziffern und Unterstriche.',
    fix: 'Schreiben Sie den Namen genau wie den des Teams, und laden Sie die Zeile noch einmal hoch.',
  },
  'group.waiting': {
    message:
      'Vom Personal des Kundenteams {team} ist noch niemand aktiv. Der Kunde wird von selbst eingeladen, sobald jemand es ist.',
    expected: ACTIVE_TEAM,
    fix: 'Warten Sie, bis jemand aus dem Team die eigene Einladung annimmt, oder nehmen Sie jemanden in das Team auf, der aktiv ist.',
  },
  'group.no-active-staff': {
    message:
      'Vom Personal des Kundenteams {team} wurde niemand aktiv, daher wurde der Kunde nicht eingeladen.[ Gewartet wurde so viele Tage: {days}.]',
    expected: ACTIVE_TEAM,
    fix: 'Nehmen Sie jemanden in das Team auf, der aktiv ist, und laden Sie die Zeile noch einmal hoch.',
  },
  'group.last-member': {
    message: 'Diese Person ist die letzte vom Personal des Kundenteams {team}, daher kann sie es nicht verlassen.',
    expected: 'Mindestens eine Person vom Personal in jedem Kundenteam.',
    fix: 'Nehmen Sie zuerst eine andere Person in dieses Team auf, oder nennen Sie das Team auch in dieser Zeile.',
  },
};
