import type { CELL_PROBLEM_TEXTS } from '../cell-problem-texts';
import type { MAPPING_PROBLEM_TEXTS } from '../mapping-problem-texts';
import type { TranslatedTexts } from '../problem-text';

const CORRECT_CELL = 'Berichtigen Sie die Zelle, und laden Sie die Zeile noch einmal hoch.';
const RETYPE = 'Tippen Sie die Zelle von Hand neu, ohne sie zu kopieren, und laden Sie die Zeile noch einmal hoch.';
const NO_CONTROL = 'Buchstaben, Zeichen und Leerzeichen in einer Zeile.';
const AT_MOST = 'Höchstens {max} Zeichen.';

/** Of one row: of the row itself, a name or a company. */
export const GERMAN_CELL_PROBLEMS: TranslatedTexts<typeof CELL_PROBLEM_TEXTS> = {
  'row.too-many-cells': {
    message: 'Die Zeile hat einen Wert in Spalte {letter}, die in der ersten Zeile keine Überschrift hat.',
    expected: 'Höchstens so viele Zellen, wie die erste Zeile Überschriften hat.',
    fix: 'Prüfen Sie, ob ein Komma in einer Zelle den Rest der Zeile nach rechts geschoben hat, und schieben Sie ihn zurück.',
  },
  'row.not-exact': {
    message: 'Die Zelle braucht eine Korrektur, und Korrekturen sind für diesen Import ausgeschaltet.',
    expected:
      'Eine Zelle, die keine Korrektur braucht: ohne Leerzeichen am Rand, eine Nummer wie +447911123456, eine Rolle in ihrer üblichen Schreibweise.',
    fix: 'Ersetzen Sie die Zelle durch den Vorschlag, und laden Sie die Zeile noch einmal hoch, oder erlauben Sie Korrekturen.',
  },
  'row.template-example': {
    message: 'Das ist die Beispielzeile der Vorlage, daher wurde sie übergangen.',
    expected: 'Eine Zeile für jede Person, die eingeladen wird.',
    fix: 'Sie brauchen nichts zu tun. Sie können die Zeile löschen.',
  },
  'row.hidden': {
    message: 'Die Zeile ist in der Arbeitsmappe ausgeblendet.',
    expected: 'Jede Zeile sichtbar, damit Sie sehen, wen Sie einladen.',
    fix: 'Soll die Zeile anders behandelt werden, blenden Sie sie in der Arbeitsmappe ein oder löschen Sie sie, und laden Sie die Datei noch einmal hoch.',
  },
  'row.not-a-person': {
    message: 'Die Zeile sieht aus wie eine Summe oder eine Bemerkung, nicht wie eine Person.',
    expected: 'Eine Zeile für jede Person, die eingeladen wird.',
    fix: 'Ist es keine Person, legen Sie die Zeile beiseite: Sie zählt dann als übergangen und braucht keine Korrektur.',
  },
  'cell.lost-letters': {
    message:
      'Buchstaben dieser Zelle gingen vor dem Hochladen verloren: An ihrer Stelle steht ein Fragezeichen oder ein Ersatzzeichen.',
    expected: 'Der Text mit allen Buchstaben.',
    fix: 'Tippen Sie die Zelle neu, oder speichern Sie die Liste noch einmal als CSV UTF-8 in dem Programm, in dem die Buchstaben noch stimmen.',
  },
  'cell.garbled-letters': {
    message:
      'Buchstaben dieser Zelle wurden vor dem Hochladen verstümmelt, als ein Programm die Liste in einer anderen Kodierung las.',
    expected: 'Der Text mit seinen eigenen Buchstaben.',
    fix: 'Schreiben Sie die Zelle wie vorgeschlagen, oder speichern Sie die Liste noch einmal als CSV UTF-8 in dem Programm, in dem die Buchstaben noch stimmen.',
  },
  'cell.escaped-letters': {
    message: 'Die Zelle enthält Codes einer Webseite oder eines Programms statt Buchstaben.',
    expected: 'Die Buchstaben selbst.',
    fix: 'Schreiben Sie die Zelle wie vorgeschlagen, und laden Sie die Zeile noch einmal hoch.',
  },
  'cell.formula-error': {
    message: 'In der Zelle steht der Fehler einer Formel statt ihres Textes.',
    expected: 'Der Text selbst.',
    fix: 'Berichtigen Sie die Formel in Ihrer Tabelle, oder tippen Sie den Text an ihre Stelle, und laden Sie die Zeile noch einmal hoch.',
  },
  'cell.no-value': {
    message: 'In der Zelle steht statt eines Namens das Wort einer Datenbank oder eines Programms für „kein Wert“.',
    expected: 'Der Name der Person.',
    fix: 'Tragen Sie den Namen ein, und laden Sie die Zeile noch einmal hoch. Ist es wirklich der Name, schreiben Sie ihn wie einen Namen, etwa Null.',
  },
  'first-name.missing': {
    message: 'Der Vorname fehlt.',
    expected: 'Ein Vorname in jeder Zeile.',
    fix: 'Tragen Sie den Vornamen ein, und laden Sie die Zeile noch einmal hoch.',
  },
  'first-name.invalid': {
    message: 'Der Vorname enthält einen Zeilenumbruch oder ein anderes unsichtbares Zeichen[: {signs}].',
    expected: NO_CONTROL,
    fix: RETYPE,
  },
  'first-name.too-long': {
    message: 'Der Vorname hat {length} Zeichen. Erlaubt sind höchstens {max}.',
    expected: AT_MOST,
    fix: CORRECT_CELL,
  },
  'last-name.missing': {
    message: 'Der Nachname fehlt.',
    expected: 'Ein Nachname in jeder Zeile.',
    fix: 'Tragen Sie den Nachnamen ein, und laden Sie die Zeile noch einmal hoch.',
  },
  'last-name.invalid': {
    message: 'Der Nachname enthält einen Zeilenumbruch oder ein anderes unsichtbares Zeichen[: {signs}].',
    expected: NO_CONTROL,
    fix: RETYPE,
  },
  'last-name.too-long': {
    message: 'Der Nachname hat {length} Zeichen. Erlaubt sind höchstens {max}.',
    expected: AT_MOST,
    fix: CORRECT_CELL,
  },
  'company.invalid': {
    message: 'Die Firma enthält einen Zeilenumbruch oder ein anderes unsichtbares Zeichen[: {signs}].',
    expected: NO_CONTROL,
    fix: RETYPE,
  },
  'company.too-long': {
    message: 'Die Firma hat {length} Zeichen. Erlaubt sind höchstens {max}.',
    expected: AT_MOST,
    fix: CORRECT_CELL,
  },
};

/** What a file leaves open about its sheets and columns. */
export const GERMAN_MAPPING_PROBLEMS: TranslatedTexts<typeof MAPPING_PROBLEM_TEXTS> = {
  'file.sheet-unclear': {
    message:
      'Mehrere Blätter der Arbeitsmappe können die Liste sein: {names}. Solange keines gewählt ist, wird „{sheet}“ gelesen.',
    expected: 'Ein Blatt mit allen Personen.',
    fix: 'Wählen Sie das Blatt, das gelesen werden soll. Haben auch andere Personen, laden Sie die Arbeitsmappe für jedes von ihnen noch einmal hoch.',
  },
  'file.sheet-not-found': {
    message: 'Die Arbeitsmappe hat kein sichtbares Blatt „{wanted}“. Sie hat: {names}.',
    expected: 'Der Name eines Blattes, wie sein Register ihn zeigt, oder seine Nummer, von 1 an gezählt.',
    fix: 'Wählen Sie eines der Blätter der Arbeitsmappe.',
  },
  'file.columns-unclear': {
    message: 'Die Überschriften der Datei, in Zeile {line}, sagen nicht, welche Spalte was ist: {names}.',
    expected: 'Die Überschriften der Vorlage oder eine Zuordnung.',
    fix:
      'Nennen Sie für jede davon die Spalte. Die Systemadministration kann die Zuordnung für die ganze Organisation behalten. ' +
      'Oder schreiben Sie die Überschriften der Vorlage in die Datei, und laden Sie sie noch einmal hoch.',
  },
  'file.mapping-unusable': {
    message: 'Die Zuordnung passt nicht zur Datei: {reason}.',
    expected:
      'Für jede unserer Spalten eine andere Spalte der Datei, mit ihrer Überschrift, ihrem Buchstaben oder ihrer Nummer.',
    fix: 'Berichtigen Sie die Zuordnung.',
  },
};
