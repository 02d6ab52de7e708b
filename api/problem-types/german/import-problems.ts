import type { DIRECTORY_PROBLEMS } from '../directory-problems';
import type { IMPORT_PROBLEMS } from '../import-problems';
import type { INVITATION_PROBLEMS } from '../invitation-problems';
import type { TEXT_PROBLEMS } from '../text-problems';
import type { InGerman } from './in-german';

const UNCHANGED = 'Es wurde nichts geändert.';
const NOTHING_TO_DO = 'Es ist nichts zu tun.';

/** Problems of imports and invitations, of teams, staff and settings, and of texts. */
export const GERMAN_IMPORT_PROBLEMS: InGerman<
  typeof IMPORT_PROBLEMS & typeof INVITATION_PROBLEMS & typeof DIRECTORY_PROBLEMS & typeof TEXT_PROBLEMS
> = {
  'no-failed-rows': [
    'Keine fehlgeschlagenen Zeilen',
    `Keine Zeile wurde abgelehnt oder abgebrochen, oder andere Dateien haben sie korrigiert. ${NOTHING_TO_DO}`,
  ],
  'file-refused': [
    'Ganze Datei abgelehnt',
    'Die Datei wurde als Ganzes abgelehnt, hat also keine Zeilen. Korrigieren Sie sie, und laden Sie sie noch einmal hoch.',
  ],
  'not-read-yet': [
    'Noch nicht gelesen',
    'Die Datei wurde noch nicht gelesen. Versuchen Sie es in ein paar Sekunden noch einmal.',
  ],
  'never-read': ['Nie gelesen', 'Der Import endete, bevor seine Datei gelesen war. Laden Sie sie noch einmal hoch.'],
  'not-applied-yet': [
    'Plan noch nicht gesendet',
    `Der Plan wartet inzwischen wieder auf Sie. ${UNCHANGED} Sehen Sie ihn an, und versuchen Sie es noch einmal.`,
  ],
  'import-cancelled': [
    'Import abgebrochen',
    'Der Import wurde abgebrochen. Laden Sie seine fehlgeschlagenen Zeilen herunter, korrigieren Sie sie dort, und laden Sie die Datei hoch.',
  ],
  'import-undone': [
    'Import rückgängig gemacht',
    'Der Import wurde oder wird rückgängig gemacht. Laden Sie seine Datei noch einmal hoch, oder laden Sie die Person von Hand ein.',
  ],
  'import-failed': ['Import gescheitert', 'Der ganze Import ist gescheitert. Laden Sie die Datei noch einmal hoch.'],
  'row-in-progress': [
    'Zeile in Arbeit',
    `Die Zeile wird gerade angelegt, oder ihre Einladung wird gesendet. ${UNCHANGED} Versuchen Sie es gleich noch einmal; setzen Sie einen angehaltenen Import erst fort.`,
  ],
  'row-skipped': [
    'Zeile übergangen',
    'Die Zeile wurde übergangen, also ist hier nichts zu korrigieren. Laden Sie sie noch einmal hoch, oder laden Sie die Person von Hand ein.',
  ],
  'row-cancelled': [
    'Zeile abgebrochen',
    'Die Zeile wurde mit ihrem Import abgebrochen. Laden Sie sie noch einmal hoch, wenn Sie sie noch brauchen.',
  ],
  'row-ignored': [
    'Zeile beiseitegelegt',
    'Die Zeile ist beiseitegelegt. Nehmen Sie sie zurück, bevor Sie sie korrigieren; ist der Plan schon gesendet, laden Sie die Person von Hand ein.',
  ],
  'row-not-ignorable': [
    'Zeile bleibt',
    `Nach dem Senden kann nur eine abgelehnte Zeile beiseitegelegt werden. ${UNCHANGED}`,
  ],
  'nothing-to-ignore': [
    'Nichts beiseitezulegen',
    'Keine abgelehnte Zeile sieht nach einer Summe oder einer Anmerkung aus.',
  ],
  'preview-ended': [
    'Vorschau zu Ende',
    `Der Plan wurde inzwischen gesendet oder ist abgelaufen. ${UNCHANGED} Sehen Sie den Import an, und versuchen Sie es noch einmal.`,
  ],
  'mapping-not-kept': [
    'Überschriften nicht behalten',
    `Diese Überschriften können nicht für die Organisation behalten werden. ${UNCHANGED} Antworten Sie, ohne sie zu behalten, oder ändern Sie erst die Einstellungen.`,
  ],
  'row-corrected': [
    'Schon korrigiert',
    'Eine andere Datei hat die Zeile schon korrigiert. Korrigieren Sie sie im Import jener Datei.',
  ],
  'row-refused': ['Korrektur abgelehnt', `Die Zeile hat noch Probleme. ${UNCHANGED}`],
  'person-removed': [
    'Person entfernt',
    'Die Person dieser Zeile wurde seither entfernt. Laden Sie sie von Hand wieder ein.',
  ],
  'person-erased': [
    'Person gelöscht',
    'Die Daten dieser Person wurden gelöscht. Laden Sie sie von Hand ein, wenn sie wiederkommen will.',
  ],
  'rows-expired': [
    'Zeilen abgelaufen',
    'Die Zeilen wurden so lange aufbewahrt, wie es hier eingestellt ist; ihre Zahlen bleiben. Laden Sie die Datei noch einmal hoch, wenn Sie sie brauchen.',
  ],
  'team-not-ready': [
    'Team noch nicht bereit',
    'Die Korrektur braucht eine neue Einladung, und noch niemand im Team ist aktiv. Aktivieren Sie erst jemanden.',
  ],
  'nothing-to-apply': [
    'Nichts zu senden',
    'Kein Plan dieses Imports wartet auf Sie, oder er ist schon für einen anderen Zeitpunkt angenommen.',
  ],
  'choices-missing': [
    'Eine Antwort fehlt',
    'Der Import fragt noch etwas, bevor er sendet. Beantworten Sie es, sehen Sie den Plan an, und senden Sie ihn dann.',
  ],
  'plan-outdated': [
    'Plan veraltet',
    'Die Daten haben sich geändert, seit der Plan gezeigt wurde. Sehen Sie den neuen an, und senden Sie diesen.',
  ],
  'nothing-to-choose': [
    'Nichts zu wählen',
    'Der Import wartet gerade auf keine Antwort. Warten Sie, bis er gelesen ist, oder laden Sie die Datei noch einmal hoch.',
  ],
  'choice-rejected': [
    'So geht es nicht',
    `Mit dieser Wahl würde die ganze Datei abgelehnt. ${UNCHANGED} Wählen Sie anders.`,
  ],
  'nothing-to-schedule': [
    'Nichts zu verschieben',
    'Der Import ist zu Ende oder wird abgebrochen, also ist nichts mehr zu senden.',
  ],
  'nothing-to-pause': [
    'Nichts anzuhalten',
    'Der Import sendet gerade nichts, was sich anhalten ließe. Eine Vorschau wird stattdessen abgebrochen.',
  ],
  'nothing-to-resume': ['Nichts fortzusetzen', `Der Import ist nicht angehalten. ${NOTHING_TO_DO}`],
  'nothing-to-cancel': [
    'Nichts abzubrechen',
    'Der Import ist schon zu Ende. Angelegte Personen und gesendete Nachrichten bleiben.',
  ],
  'nothing-to-undo': [
    'Nichts rückgängig zu machen',
    'Der Import hat niemanden angelegt oder geändert, oder ist noch nicht so weit. Dann wird er stattdessen abgebrochen.',
  ],
  'undo-outdated': [
    'Inzwischen anders',
    `Seit Sie es angesehen haben, ist jemand beigetreten oder wurde geändert. ${UNCHANGED} Sehen Sie noch einmal an, was geschehen würde.`,
  ],
  'too-many-streams': [
    'Zu viele offene Fenster',
    'Zu viele Fenster verfolgen den Fortschritt zugleich. Schließen Sie einige.',
  ],
  'nothing-to-retry': ['Nichts noch einmal zu senden', 'Keine dieser Einladungen ist fehlgeschlagen.'],
  'import-ending': [
    'Import wird abgebrochen',
    'Der Import wird abgebrochen und sendet nichts mehr. Laden Sie die Datei noch einmal hoch, wenn Sie sie noch brauchen.',
  ],
  'nothing-to-remind': [
    'Niemand zu erinnern',
    'Keine dieser Einladungen ist offen und darf jetzt schon wieder gesendet werden. Warten Sie eine Stunde nach der letzten Nachricht.',
  ],
  'invitation-unknown': [
    'Unbekannte Einladung',
    'Der Link gehört zu keiner Einladung. Öffnen Sie ihn genau so, wie er in der Nachricht steht.',
  ],
  'invitation-withdrawn': [
    'Einladung zurückgezogen',
    'Die Einladung gilt nicht mehr. Fragen Sie die Organisation, die Sie eingeladen hat.',
  ],
  'invitation-replaced': [
    'Einladung ersetzt',
    'Seither wurde eine neuere Einladung gesendet. Benutzen Sie den Link in der neuesten Nachricht.',
  ],
  'invitation-expired': [
    'Einladung abgelaufen',
    'Der Link ist abgelaufen. Bitten Sie die Organisation, die Sie eingeladen hat, um einen neuen.',
  ],
  'signature-invalid': [
    'Ungültige Unterschrift',
    `Die Unterschrift eines Berichts des Anbieters fehlt, ist ungültig oder zu alt. ${UNCHANGED}`,
  ],
  'webhook-not-set-up': [
    'Berichte nicht eingerichtet',
    'Berichte dieses Anbieters sind in dieser Installation nicht eingerichtet.',
  ],
  'too-many-fields': [
    'Zu viele Felder',
    `Das Formular oder der Bericht hat mehr Felder, als je gebraucht werden. ${UNCHANGED}`,
  ],
  'team-unknown': ['Unbekanntes Kundenteam', 'Dieses Kundenteam hat Ihre Organisation nicht, oder nicht mehr.'],
  'no-delivery-reports': [
    'Keine Zustellberichte',
    'Diese Installation bekommt von diesem Anbieter keine Berichte über die Zustellung, also kann sein Weg nicht zuerst versucht werden.',
  ],
  'team-name-invalid': [
    'Ungültiger Name',
    'Der Name darf nur Buchstaben, Ziffern und Unterstriche haben und nicht zu lang sein, etwa Mayfair_2.',
  ],
  'team-name-taken': [
    'Name vergeben',
    'Ein Kundenteam mit diesem Namen gibt es schon; Groß- und Kleinschreibung zählen nicht.',
  ],
  'team-in-use': [
    'Kundenteam wird gebraucht',
    'Das Team hat Kunden oder Zeilen laufender Importe, oder ist das der Zeilen ohne Team. Ändern Sie das zuerst.',
  ],
  'last-staff-member': [
    'Letzte Person im Team',
    'Ein Kundenteam braucht immer jemanden. Nehmen Sie erst eine andere Person auf.',
  ],
  'staff-invalid': ['Ungültige Person', 'Die erste Person des Teams hat Probleme. Es wurde nichts angelegt.'],
  'staff-unknown': [
    'Unbekannte Person',
    'Diese Person gehört nicht zum Personal Ihrer Organisation. Laden Sie sie erst ein.',
  ],
  'text-invalid': ['Text nicht brauchbar', 'So lässt sich der Text nicht senden.'],
  'text-replaced': [
    'Inzwischen geändert',
    `Seit Sie den Text geöffnet haben, hat jemand eine andere Fassung gespeichert oder gewählt. ${UNCHANGED} Öffnen Sie ihn noch einmal.`,
  ],
  'text-test-refused': [
    'Probe nicht gesendet',
    'Diese Person kann keine Probe bekommen, oder der Anbieter hat sie nicht angenommen. Wählen Sie eine andere.',
  ],
};
