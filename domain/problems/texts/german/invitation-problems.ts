import type { INVITATION_PROBLEM_TEXTS } from '../invitation-problem-texts';
import type { TranslatedTexts } from '../problem-text';

const RETRY = 'und wiederholen Sie dann die fehlgeschlagenen Einladungen dieses Imports.';
const RESUME =
  'und setzen Sie dann den Import fort: Er macht dort weiter, wo er anhielt, und niemand wird zweimal eingeladen.';
const NOTHING_TO_DO = 'Sie brauchen nichts zu tun.';
const NEW_ADDRESS =
  'Fragen Sie die Person nach einer anderen, und berichtigen Sie die Zeile; dann wird von selbst eine neue Einladung gesendet.';
const REACHABLE = 'Eine Adresse oder Nummer, die Nachrichten empfangen kann.';

/** Why an invitation on one channel failed. */
export const GERMAN_INVITATION_PROBLEMS: TranslatedTexts<typeof INVITATION_PROBLEM_TEXTS> = {
  'invitation.address-refused': {
    message: 'Der Anbieter nimmt diese Adresse oder Nummer nicht an.',
    expected: REACHABLE,
    fix: NEW_ADDRESS,
  },
  'invitation.opted-out': {
    message: 'Die Person hat Nachrichten dieser Art abbestellt.',
    expected: 'Eine Person, die Nachrichten dieses Absenders annimmt.',
    fix: 'Laden Sie die Person auf dem anderen Weg ein, oder bitten Sie sie, Nachrichten wieder zuzulassen (per SMS: mit START antworten), und wiederholen Sie.',
  },
  'invitation.allowed-again': {
    message:
      'Die Person hatte Nachrichten dieser Art abbestellt, daher wurde diese abgelehnt. Seither lässt sie Nachrichten wieder zu.',
    expected: 'Eine Person, die Nachrichten dieses Absenders annimmt.',
    fix: 'Wiederholen Sie die fehlgeschlagenen Einladungen dieses Imports.',
  },
  'invitation.not-reachable': {
    message:
      'Die Nummer gibt es, sie kann aber keine SMS empfangen, zum Beispiel weil sie keine Mobilnummer oder abgeschaltet ist.',
    expected: 'Eine Mobilnummer, die in Betrieb ist.',
    fix: `Fragen Sie die Person, ob die Nummer stimmt, warten Sie, bis sie in Betrieb ist, ${RETRY}`,
  },
  'invitation.country-not-enabled': {
    message: 'Ihr Konto beim SMS-Anbieter darf nicht in das Land dieser Nummer senden.',
    expected: 'Ein Land, das die Einstellungen des Kontos erlauben.',
    fix: `Bitten Sie die Stelle, der das Konto gehört, das Land zu erlauben, ${RETRY}`,
  },
  'invitation.sender-not-for-number': {
    message:
      'Die Nummer oder der Name, von dem die SMS kommen, darf nicht an diese Nummer senden, zum Beispiel nicht in ihr Land oder an ihre Telefongesellschaft.',
    expected: 'Ein Absender, der im Land der Nummer erlaubt und, wo nötig, angemeldet ist.',
    fix: `Laden Sie die Person auf dem anderen Weg ein, oder bitten Sie die Stelle, der das Konto gehört, um einen Absender für dieses Land, ${RETRY}`,
  },
  'invitation.sender-refused': {
    message: 'Der Anbieter nimmt die Nummer oder Adresse nicht an, von der die Einladungen kommen.',
    expected: 'Ein Absender, der beim Anbieter angemeldet und bestätigt ist.',
    fix: `Bitten Sie die Stelle, der das Konto gehört, den Absender zu berichtigen, ${RESUME}`,
  },
  'invitation.message-refused': {
    message: 'Der Anbieter nimmt den Text der Einladung nicht an.',
    expected: 'Ein Text, der nicht leer, nicht zu lang und beim Anbieter nicht gesperrt ist.',
    fix: 'Bitten Sie, wer die Texte schreibt, ihn zu berichtigen, wenn er leer, zu lang oder gesperrt ist. Setzen Sie den Import dann fort, falls er angehalten ist, und wiederholen Sie seine fehlgeschlagenen Einladungen.',
  },
  'invitation.key-refused': {
    message: 'Der Anbieter nimmt den Schlüssel unseres Kontos nicht mehr an, daher sendet er keine Einladungen.',
    expected: 'Ein Schlüssel, der gültig ist und senden darf.',
    fix: `Bitten Sie die Stelle, der das Konto gehört, um einen neuen Schlüssel, lassen Sie ihn in die Einstellungen eintragen, ${RESUME}`,
  },
  'invitation.credits-exhausted': {
    message: 'Das Guthaben des Kontos beim Anbieter ist aufgebraucht, daher sendet er keine Einladungen.',
    expected: 'Ein Konto mit Guthaben.',
    fix: `Bitten Sie die Stelle, der das Konto gehört, es aufzuladen, ${RESUME}`,
  },
  'invitation.account-stopped': {
    message: 'Der Anbieter hat das Konto gesperrt, daher sendet er keine Einladungen.',
    expected: 'Ein Konto, das aktiv und bezahlt ist.',
    fix: `Bitten Sie die Stelle, der das Konto gehört, es wieder freischalten zu lassen, ${RESUME}`,
  },
  'invitation.provider-unavailable': {
    message:
      'Der Anbieter hat wiederholt nicht geantwortet oder war überlastet, daher wurde die Einladung nicht gesendet.',
    expected: 'Ein Anbieter, der erreichbar ist.',
    fix: `Warten Sie, bis der Anbieter wieder erreichbar ist, ${RETRY}`,
  },
  'invitation.unconfirmed': {
    message: 'Die Verbindung brach beim Senden ab. Die Einladung ist vielleicht angekommen, vielleicht nicht.',
    expected: 'Eine klare Antwort des Anbieters.',
    fix: 'Fragen Sie die Person, ob die Einladung angekommen ist. Sie wird nicht von selbst noch einmal gesendet, damit niemand sie zweimal bekommt.',
  },
  'invitation.bounced': {
    message:
      'Die Nachricht kam zurück: Das Postfach oder die Nummer gibt es nicht, oder sie nimmt unsere Nachrichten nicht an.',
    expected: REACHABLE,
    fix: NEW_ADDRESS,
  },
  'invitation.undelivered': {
    message: 'Die Nachricht ließ sich vorerst nicht zustellen: Das Telefon war abgeschaltet oder das Postfach voll.',
    expected: 'Ein Telefon oder Postfach, das Nachrichten annimmt.',
    fix: `Warten Sie eine Weile, ${RETRY}`,
  },
  'invitation.refused-at-night': {
    message: 'Das Land dieser Nummer erlaubt zu dieser Stunde keine Nachrichten, daher hat der Anbieter sie abgelehnt.',
    expected: 'Eine Stunde, zu der das Land Nachrichten erlaubt.',
    fix: 'Nichts: Sie wird am Morgen noch einmal gesendet. Wird sie an mehreren Morgen abgelehnt, wiederholen Sie sie zu einer anderen Stunde.',
  },
  'invitation.filtered': {
    message: 'Ein Spamfilter hat die Nachricht gesperrt.',
    expected: 'Eine Nachricht, die die Spamfilter der Mail- und Telefonanbieter annehmen.',
    fix: 'Laden Sie die Person auf dem anderen Weg ein. Werden viele Nachrichten gesperrt, fragen Sie die Stelle, der das Konto gehört.',
  },
  'invitation.already-accepted': {
    message: 'Die Person ist schon beigetreten, daher wird keine Einladung gesendet.',
    expected: 'Eine Person, die noch nicht beigetreten ist.',
    fix: `${NOTHING_TO_DO} Die Person kann sich anmelden.`,
  },
  'invitation.elsewhere': {
    message:
      'Ein anderer Import[, {importId} (Zeile {line}),] hat diese Person eingeladen oder ist dabei, daher wird von hier keine Einladung gesendet.',
    expected: 'Eine Person, die ein Import zur selben Zeit einlädt.',
    fix: 'Sehen Sie den anderen Import an. Ist er angehalten, setzen Sie ihn fort, oder brechen Sie ihn ab und laden Sie die Zeile noch einmal hoch.',
  },
  'invitation.not-needed': {
    message:
      'Die Nachricht auf dem Weg, der zuerst versucht wird, hat die Person erreicht, daher wird diese nicht gesendet.',
    expected: 'Eine Person, die der erste Weg nicht erreicht.',
    fix: `${NOTHING_TO_DO} Kommt die erste Nachricht später zurück, wird diese doch gesendet.`,
  },
  'invitation.already-delivered': {
    message:
      'Die Nachricht davor war eine Weile fehlgeschlagen und ist doch noch angekommen, daher wurde diese nicht gesendet.',
    expected: 'Eine Person, die die Nachricht noch nicht hat.',
    fix: `${NOTHING_TO_DO} Der Link in der angekommenen Nachricht gilt.`,
  },
};
