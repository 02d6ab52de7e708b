import type { ACCESS_PROBLEMS } from '../access-problems';
import type { REQUEST_PROBLEMS } from '../request-problems';
import type { UPLOAD_PROBLEMS } from '../upload-problems';
import type { InGerman } from './in-german';

const NOT_IMPORTED = 'Es wurde nichts importiert.';
const AGAIN_LATER = 'Versuchen Sie es in ein paar Sekunden noch einmal.';

/** Problems of any request, of keys and sessions, and of uploads. */
export const GERMAN_REQUEST_PROBLEMS: InGerman<
  typeof REQUEST_PROBLEMS & typeof ACCESS_PROBLEMS & typeof UPLOAD_PROBLEMS
> = {
  'bad-request': [
    'Unlesbare Anfrage',
    'Die Anfrage ist nicht zu lesen. Laden Sie die Seite neu, und versuchen Sie es noch einmal.',
  ],
  'invalid-request': ['Ungültige Angaben', 'Mindestens eine Angabe fehlt, ist unbekannt oder ungültig.'],
  'unknown-cursor': [
    'Unbekannte Stelle der Liste',
    'Ab dieser Stelle gibt es die Liste nicht mehr. Beginnen Sie von vorn.',
  ],
  'request-broken-off': [
    'Anfrage abgebrochen',
    'Die Anfrage endete, bevor sie ganz da war. Senden Sie sie noch einmal.',
  ],
  unauthorised: ['Kein gültiger Schlüssel', 'Der Schlüssel fehlt, ist unbekannt, abgelaufen oder widerrufen.'],
  forbidden: ['Nicht erlaubt', 'Ihre Rolle darf das nicht. Fragen Sie eine Person mit einer anderen Rolle.'],
  'unmasking-forbidden': [
    'Ganze Adressen nicht erlaubt',
    'Der Schlüssel darf keine ganzen Adressen und Nummern sehen.',
  ],
  'not-found': ['Nicht gefunden', 'Das gibt es in Ihrer Organisation nicht, oder nicht mehr.'],
  'unknown-route': ['Unbekannte Adresse', 'Diese Adresse gibt es nicht. Unter /docs stehen alle.'],
  'metrics-elsewhere': [
    'Messwerte sind anderswo',
    'Jedes Programm gibt seine Messwerte an einem eigenen Anschluss aus (`METRICS_PORT`).',
  ],
  'method-not-allowed': ['Methode nicht erlaubt', 'Die Adresse gibt es, aber nicht mit dieser Methode.'],
  'not-acceptable': ['Format nicht vorhanden', 'In keinem der verlangten Formate gibt es eine Antwort.'],
  'request-timeout': [
    'Anfrage zu langsam',
    'Die Anfrage kam nicht rechtzeitig an. Senden Sie sie über eine schnellere Verbindung noch einmal.',
  ],
  'body-too-large': ['Anfrage zu groß', 'Die Anfrage enthält zu viel auf einmal. Senden Sie weniger.'],
  'uri-too-long': ['Adresse zu lang', 'Die Adresse der Anfrage hat zu viele Zeichen.'],
  'unsupported-media-type': [
    'Format nicht lesbar',
    'Die Anfrage hat ein Format, das hier nicht gelesen wird. Senden Sie JSON in UTF-8.',
  ],
  'expectation-failed': ['Erwartung nicht erfüllbar', 'Der Kopf `Expect` verlangt etwas, das es hier nicht gibt.'],
  'too-many-requests': ['Zu viele Anfragen', `Diese Anfrage wurde nicht angenommen. ${AGAIN_LATER}`],
  'headers-too-large': ['Kopf zu groß', 'Adresse und Kopf der Anfrage sind zusammen zu groß.'],
  'internal-error': [
    'Fehler bei uns',
    'Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal; nennen Sie sonst dem Support die Nummer der Anfrage.',
  ],
  'temporarily-unavailable': [
    'Zurzeit nicht erreichbar',
    `Ein Server antwortet gerade nicht, oder es ist zu viel zugleich zu tun. ${AGAIN_LATER}`,
  ],
  'cross-site-request': ['Keine Anfrage der Seite', 'Die Anfrage kommt nicht von dieser Seite. Laden Sie sie neu.'],
  'key-name-taken': [
    'Name vergeben',
    'Ein anderer Schlüssel heißt schon so. Wählen Sie einen anderen Namen, oder widerrufen Sie jenen.',
  ],
  'key-revoked': ['Schlüssel widerrufen', 'Der Schlüssel wurde endgültig widerrufen. Legen Sie einen anderen an.'],
  'key-expired': [
    'Schlüssel abgelaufen',
    'Der Schlüssel ist abgelaufen, also würde auch ein neues Geheimnis nicht gelten. Legen Sie einen anderen an.',
  ],
  'key-has-too-many-secrets': [
    'Zu viele Geheimnisse',
    'Zehn Geheimnisse dieses Schlüssels gelten noch. Warten Sie, bis einige ablaufen, oder beenden Sie alle früheren mit 0 Stunden.',
  ],
  'bad-upload': ['Unvollständiger Upload', `Der Upload kam nicht ganz an. ${NOT_IMPORTED}`],
  'unexpected-field': ['Datei in unbekanntem Feld', `Dateien gehören in das Feld \`files\`. ${NOT_IMPORTED}`],
  'not-a-file': ['Keine Datei', `Das Feld \`files\` kam als Text. ${NOT_IMPORTED}`],
  'no-file': ['Keine Datei', 'Wählen Sie mindestens eine CSV- oder Excel-Datei (.xlsx).'],
  'invalid-idempotency-key': [
    'Ungültiger Idempotency-Key',
    'Der Kopf `Idempotency-Key` braucht 1 bis 255 druckbare ASCII-Zeichen.',
  ],
  'idempotency-key-reused': [
    'Schon gesendet',
    `Unter dieser Kennung wurde schon etwas anderes gesendet. ${NOT_IMPORTED} Laden Sie die Seite neu, und beginnen Sie noch einmal.`,
  ],
  'invited-recently': [
    'Gerade erst eingeladen',
    `Die Person hat vor weniger als einer Stunde eine Nachricht bekommen. ${NOT_IMPORTED} Laden Sie sie später ein.`,
  ],
  'file-too-large': [
    'Datei zu groß',
    'Die Datei ist größer als erlaubt. Teilen Sie sie, und laden Sie die Teile hoch.',
  ],
  'all-files-rejected': ['Alle Dateien abgelehnt', `Keine der Dateien lässt sich importieren. ${NOT_IMPORTED}`],
  'too-many-files': [
    'Zu viele Dateien',
    `Der Upload enthält mehr Dateien als erlaubt. ${NOT_IMPORTED} Laden Sie die übrigen getrennt hoch.`,
  ],
  'upload-quota-used-up': [
    'Tagesmenge erreicht',
    `Ihre Organisation hat heute so viele Dateien oder Bytes hochgeladen, wie sie darf. ${NOT_IMPORTED} Versuchen Sie es morgen, oder bitten Sie die Betreiber um mehr.`,
  ],
  'insufficient-storage': [
    'Kein Platz mehr',
    `Die Datenbank ist fast voll. ${NOT_IMPORTED} Geben Sie den Betreibern Bescheid.`,
  ],
  'unsupported-form': [
    'Unbekannte Art von Formular',
    `Der Upload hat ein Format, das hier nicht gelesen wird. ${NOT_IMPORTED}`,
  ],
};
