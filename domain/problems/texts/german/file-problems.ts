import type { FILE_PROBLEM_TEXTS } from '../file-problem-texts';
import type { TranslatedTexts } from '../problem-text';

const TEMPLATE_FIX =
  'Füllen Sie die Vorlage aus, speichern Sie sie als Excel-Arbeitsmappe oder als CSV UTF-8, und laden Sie diese Datei hoch.';
const SAVE_AS_CSV =
  'Öffnen Sie die Datei in Ihrer Tabellenkalkulation, wählen Sie „Speichern unter“ und dann „CSV UTF-8 (durch Trennzeichen getrennt)“ ' +
  'oder „Excel-Arbeitsmappe (.xlsx)“.';
const NAME_THE_ENCODING = 'Oder nennen Sie beim Hochladen ihre Kodierung: eine von {encodings}.';
const HEADER_AND_PEOPLE = 'Eine erste Zeile mit den Namen der Spalten und darunter eine Person je Zeile.';
const UTF_8_OR_WORKBOOK = 'Eine als UTF-8 gespeicherte CSV-Datei oder eine Excel-Arbeitsmappe.';
const WITH_RESULTS = 'Eine Arbeitsmappe mit dem Ergebnis jeder Formel, wie eine Tabellenkalkulation sie speichert.';

/** Of a file as a whole. */
export const GERMAN_FILE_PROBLEMS: TranslatedTexts<typeof FILE_PROBLEM_TEXTS> = {
  'file.lost': {
    message:
      'Die hochgeladene Datei ist auf dem Server nicht mehr da, oder ein Teil von ihr fehlt oder wurde dort verändert.',
    expected: 'Die ganze Datei, wie sie hochgeladen wurde.',
    fix: 'Laden Sie die Datei noch einmal hoch. Geschieht das wieder, geben Sie den Betreibern Bescheid.',
  },
  'file.empty': { message: 'Die Datei ist leer.', expected: HEADER_AND_PEOPLE, fix: TEMPLATE_FIX },
  'file.encoding': {
    message: 'Die Zeichen der Datei lassen sich nicht lesen: {reason}.[ Das erste davon steht in Zeile {line}.]',
    expected: UTF_8_OR_WORKBOOK,
    fix: `${SAVE_AS_CSV} ${NAME_THE_ENCODING}`,
  },
  'file.encoding-guessed': {
    message:
      'Die Datei nennt ihre Kodierung nicht. Sie wurde als {encoding} gelesen, was geraten ist.' +
      '[ Das gezeigte Wort stammt aus Zeile {line}.]',
    expected: UTF_8_OR_WORKBOOK,
    fix: `Sind die Akzente des Wortes falsch, laden Sie die Liste noch einmal hoch. ${SAVE_AS_CSV} ${NAME_THE_ENCODING}`,
  },
  'file.encoding-unclear': {
    message:
      'Die Datei nennt ihre Kodierung nicht, und sie lässt sich nicht sicher erraten. Die gezeigten Wörter sind als {encoding} gelesen. ' +
      'Diese Kodierungen sind möglich: {encodings}.',
    expected: UTF_8_OR_WORKBOOK,
    fix: `Wählen Sie die Kodierung, in der die Wörter stimmen. Stimmen sie in keiner, laden Sie die Liste noch einmal hoch. ${SAVE_AS_CSV}`,
  },
  'file.mixed-encodings': {
    message:
      'Die Datei ist als UTF-8 gespeichert, außer Zeichen in diesen Zeilen: {lines}. Diese lassen sich nicht lesen.',
    expected: 'Eine Kodierung für die ganze Datei.',
    fix: `Tippen Sie die Namen in diesen Zeilen neu. ${SAVE_AS_CSV}`,
  },
  'file.garbled-text': {
    message:
      'Ein anderes Programm hat vor dem Hochladen Zeichen verstümmelt, zum Beispiel in Zeile {line}, Spalte {letter}.',
    expected: 'Namen mit ihren richtigen Zeichen.',
    fix:
      'Sind die Zeichen auch bei Ihnen falsch, gehen Sie zur ursprünglichen Liste zurück. Öffnen Sie sie in Excel mit „Daten“, „Aus Text/CSV“, ' +
      'und wählen Sie dort UTF-8. Speichern Sie sie dann neu, und laden Sie diese Datei hoch.',
  },
  'file.not-a-csv': {
    message:
      'Die Datei ist weder eine CSV-Datei noch eine Excel-Arbeitsmappe mit einer Person je Zeile. Erkannt wurde: {what}.',
    expected: 'Eine Tabelle, die als CSV oder als Excel-Arbeitsmappe (.xlsx) gespeichert ist.',
    fix: SAVE_AS_CSV,
  },
  'file.damaged-workbook': {
    message: 'Die Arbeitsmappe lässt sich nicht öffnen: Sie ist beschädigt, oder ein Teil fehlt.',
    expected: 'Eine Excel-Arbeitsmappe (.xlsx), wie eine Tabellenkalkulation sie speichert.',
    fix: 'Öffnen Sie die Arbeitsmappe in Ihrer Tabellenkalkulation. Gelingt das, speichern Sie sie unter einem anderen Namen, und laden Sie diese Datei hoch.',
  },
  'file.workbook-too-large': {
    message: 'Die Arbeitsmappe ist zu groß: {reason}.',
    expected: 'Eine Arbeitsmappe mit einem Blatt, das nur die Personen enthält.',
    fix: 'Kopieren Sie die Zeilen der Personen in eine neue Arbeitsmappe, oder speichern Sie ihr Blatt als CSV UTF-8, und laden Sie diese Datei hoch.',
  },
  'file.other-sheets': {
    message: 'Die Arbeitsmappe hat mehr als ein Blatt. Gelesen wurde nur „{sheet}“. Diese nicht: {names}.',
    expected: 'Alle Personen im ersten Blatt.',
    fix: 'Hat ein anderes Blatt auch Personen, laden Sie es als eigene Datei hoch.',
  },
  'file.header-in-other-sheet': {
    message: 'Das erste Blatt, „{sheet}“, hat keine Namen der Spalten. Das Blatt „{meant}“ hat sie.',
    expected: 'Alle Personen im ersten Blatt.',
    fix: 'Schieben Sie das Blatt „{meant}“ nach vorn, oder kopieren Sie es in eine eigene Arbeitsmappe, und laden Sie diese Datei hoch.',
  },
  'file.hidden-sheet': {
    message:
      'Jedes sichtbare Blatt der Arbeitsmappe ist leer. Diese Blätter sind ausgeblendet und wurden nicht gelesen: {names}.',
    expected: 'Alle Personen im ersten Blatt, wo Sie sie sehen.',
    fix: 'Blenden Sie das Blatt mit den Personen ein (Rechtsklick auf ein Register, „Einblenden“), prüfen Sie es, speichern Sie die Arbeitsmappe, und laden Sie sie noch einmal hoch.',
  },
  'file.hidden-rows': {
    message:
      'Zeilen mit Personen sind in der Arbeitsmappe ausgeblendet, von Hand, durch eine Gruppe oder einen Filter: {lines}.',
    expected: 'Jede Zeile sichtbar, damit Sie sehen, wen Sie einladen.',
    fix: 'Wählen Sie, ob diese Zeilen weggelassen oder importiert werden. Oder blenden Sie alle Zeilen ein, prüfen Sie sie, und laden Sie die Datei noch einmal hoch.',
  },
  'file.hidden-columns': {
    message: 'Spalten, die gelesen werden, sind in der Arbeitsmappe ausgeblendet: {names}.',
    expected: 'Jede Spalte sichtbar, damit Sie sehen, was importiert wird und wohin Einladungen gehen.',
    fix: 'Wählen Sie, wie diese Spalten gelesen werden. Oder blenden Sie alle Spalten ein, prüfen Sie sie, und laden Sie die Datei noch einmal hoch.',
  },
  'file.formula-without-value': {
    message:
      'In Zeile {line}, Spalte {letter} steht eine Formel ohne Ergebnis. Diese Zelle und ähnliche wurden als leer gelesen.',
    expected: WITH_RESULTS,
    fix: 'Öffnen Sie die Datei in Ihrer Tabellenkalkulation, speichern Sie sie dort, und laden Sie sie noch einmal hoch.',
  },
  'file.formula-not-recalculated': {
    message:
      'Die Arbeitsmappe soll beim Öffnen neu berechnet werden, daher kann das Ergebnis der Formel in Zeile {line}, Spalte {letter} veraltet sein. ' +
      'Dieses und ähnliche wurden gelesen, wie sie gespeichert sind, Namen, E-Mail-Adressen und Mobilnummern aber als leer.',
    expected: WITH_RESULTS,
    fix: 'Öffnen Sie die Datei in Ihrer Tabellenkalkulation, und speichern Sie sie dort. Hat sich eine Zelle geändert, laden Sie sie noch einmal hoch.',
  },
  'file.one-column': {
    message: 'Alle Spalten stehen in Spalte A, zum Beispiel in Zeile {line}. Sie wurden bei „{delimiters}“ getrennt.',
    expected: 'Jede Spalte der Liste in einer eigenen Spalte.',
    fix: 'Stimmen die Zeilen nicht, öffnen Sie die ursprüngliche Liste in Excel mit „Daten“, „Aus Text/CSV“, speichern Sie sie als Excel-Arbeitsmappe, und laden Sie diese Datei hoch.',
  },
  'file.undivided-columns': {
    message: 'Eine Zelle in Zeile {line} enthält die Namen aller Spalten, und sie lassen sich nicht sicher trennen.',
    expected: 'Jede Spalte der Liste in einer eigenen Spalte.',
    fix: 'Öffnen Sie die ursprüngliche Liste in Excel mit „Daten“, „Aus Text/CSV“, speichern Sie sie als Excel-Arbeitsmappe, und laden Sie diese Datei hoch. Oder füllen Sie die Vorlage aus.',
  },
  'file.title-above-header': {
    message: 'Die Namen der Spalten stehen in Zeile {line}. Die Zeilen darüber wurden nicht gelesen.',
    expected: 'Die Namen der Spalten in der ersten Zeile.',
    fix: 'Steht in einer Zeile darüber eine Person, schieben Sie sie unter die Namen, und laden Sie die Datei noch einmal hoch.',
  },
  'file.no-header': {
    message: 'In Zeile {line} steht schon eine Person: Die Zeile darüber mit den Namen der Spalten fehlt.',
    expected: 'Eine erste Zeile mit den Namen der Spalten: {names}.',
    fix: 'Setzen Sie eine Zeile mit den Namen der Spalten über die erste Person, und laden Sie die Datei noch einmal hoch: {names}.',
  },
  'file.missing-column': {
    message:
      'Die Spalte „{column}“ fehlt.[ Die Datei hat eine mit dem ähnlichen Namen „{similar}“: Spalte {similarLetter}.]' +
      '[ Die Namen in der ersten Zeile sind: {found}.]',
    expected: 'Eine Spalte mit dem Namen „{column}“ in der ersten Zeile.',
    fix: 'Fügen Sie die Spalte hinzu, oder berichtigen Sie ihren Namen[: Schreiben Sie „{column}“ statt „{similar}“], und laden Sie die Datei noch einmal hoch.',
  },
  'file.whole-name': {
    message: 'Spalte {letter} („{column}“) enthält ganze Namen. Vornamen und Nachnamen brauchen eigene Spalten.',
    expected: 'Eine Spalte mit dem Namen „First Name“ und eine mit dem Namen „Last Name“.',
    fix: 'Teilen Sie die Namen in zwei Spalten „First Name“ und „Last Name“ (in Excel: „Daten“, „Text in Spalten“), und laden Sie die Datei noch einmal hoch.',
  },
  'file.duplicate-column': {
    message: 'Spalte {first} („{firstHeader}“) und Spalte {letter} („{column}“) könnten beide „{meaning}“ sein.',
    expected: 'Jede Spalte einmal.',
    fix: 'Löschen Sie die falsche, oder benennen Sie sie um, und laden Sie die Datei noch einmal hoch.',
  },
  'file.second-column': {
    message:
      'Spalte {letter} („{column}“) wurde nicht gelesen: Spalte {first} („{firstHeader}“) wurde als „{meaning}“ gelesen.',
    expected: 'Jede Spalte einmal.',
    fix: 'Ist Spalte {letter} die richtige, nennen Sie sie „{meaning}“, benennen Sie Spalte {first} um, und laden Sie die Datei noch einmal hoch.',
  },
  'file.unknown-column': {
    message: 'Diese Spalten sind unbekannt und wurden nicht gelesen: {names}.',
    expected: 'Die Spalten der Vorlage.',
    fix: 'Brauchen Sie sie, geben Sie ihnen die Namen der Vorlage, und laden Sie die Datei noch einmal hoch.',
  },
  'file.staff-template': {
    message: 'Die Datei enthält Personal: Sie hat die Spalte „{column}“, wurde aber als Kunden hochgeladen.',
    expected: 'Die Vorlage für Kunden, oder ein Upload als Personal.',
    fix: 'Laden Sie die Datei als Personal hoch. Enthält sie Kunden, kopieren Sie diese in die Vorlage für Kunden.',
  },
  'file.clients-template': {
    message: 'Die Datei enthält Kunden: Sie hat die Spalte „{column}“, wurde aber als Personal hochgeladen.',
    expected: 'Die Vorlage für Personal, oder ein Upload als Kunden.',
    fix: 'Laden Sie die Datei als Kunden hoch. Enthält sie Personal, kopieren Sie es in die Vorlage für Personal.',
  },
  'file.unclosed-quote': {
    message: 'In Zeile {line} öffnet ein Anführungszeichen eine Zelle, und keines schließt sie.',
    expected: 'Anführungszeichen paarweise um eine Zelle, und doppelt geschrieben in ihr.',
    fix: 'Suchen Sie in Zeile {line} ein einzelnes ", entfernen oder ergänzen Sie es, und laden Sie die Datei noch einmal hoch. Innerhalb einer Zelle schreiben Sie es doppelt.',
  },
  'file.too-many-rows': {
    message:
      'Die Datei hat {rows} Zeilen mit Personen. In einer Datei sind höchstens {limit} erlaubt, daher wurde nichts importiert.',
    expected: 'Höchstens {limit} Personen in einer Datei. Sie können beliebig viele Dateien hochladen.',
    fix: 'Teilen Sie die Liste in mehrere Dateien, jede mit der ersten Zeile, und laden Sie alle hoch.',
  },
  'file.no-rows': {
    message: 'Die Datei hat die Namen der Spalten, aber keine Person darunter.',
    expected: HEADER_AND_PEOPLE,
    fix: 'Tragen Sie mindestens eine Person ein, und laden Sie die Datei noch einmal hoch.',
  },
  'file.shared-mobiles': {
    message:
      'SMS an Mobilnummern, die {least} oder mehr Personen haben: {rows}, an {numbers} verschiedene Nummern, aus den Zeilen {lines}.',
    expected: 'Eine eigene Nummer für jede Person.',
    fix:
      'Wurden die Nummern versehentlich kopiert, brechen Sie den Import ab, berichtigen Sie die Datei, und laden Sie sie noch einmal hoch. ' +
      'Teilen die Personen wirklich ein Telefon, senden Sie die SMS, oder halten Sie sie zurück und laden Sie nur per E-Mail ein.',
  },
};
