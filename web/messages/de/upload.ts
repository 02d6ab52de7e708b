import type { Messages } from '../en';

export const upload: Messages['upload'] = {
  title: 'Kunden importieren',
  titleStaff: 'Personal importieren',
  drop: 'Dateien hier ablegen oder',
  choose: 'Dateien wählen',
  limits: 'CSV oder Excel (.xlsx). Bis zu {files} Dateien auf einmal, jede mit bis zu {rows} Zeilen und {bytes}.',
  templates: 'Vorlagen:',
  templateClients: 'Kunden',
  templateStaff: 'Personal',
  kind: { label: 'Die Dateien enthalten', clients: 'Kunden', staff: 'Personal' },
  onExisting: {
    label: 'Wer schon da ist,',
    error: 'wird als Problem gemeldet',
    invite: 'wird noch einmal eingeladen, wenn noch nicht angenommen',
    skip: 'bleibt, wie er ist',
    update: 'wird geändert, wo die Angaben abweichen',
  },
  files: { one: '{n} Datei', other: '{n} Dateien' },
  remove: '{name} entfernen',
  wrong: {
    type: 'Das ist keine CSV- oder Excel-Datei. Speichern Sie sie als .csv oder .xlsx und wählen Sie sie dann wieder.',
    old: 'Das ist eine Arbeitsmappe eines alten Excel (.xls). Speichern Sie sie als .xlsx und wählen Sie sie dann wieder.',
    empty: 'Die Datei ist leer.',
    large: 'Die Datei ist größer als {bytes}. Teilen Sie sie auf.',
    many: 'Das sind mehr als {files} Dateien. Importieren Sie die übrigen danach.',
  },
  now: 'Importieren und einladen',
  nowHint: 'Nur was unklar ist, hält an und fragt Sie.',
  look: 'Erst ansehen',
  lookHint: 'Nichts wird gesendet, bevor Sie jede Zeile gesehen haben.',
  sending: 'Wird hochgeladen …',
  sent: '{part} hochgeladen',
  checking: 'Hochgeladen. Der Server sieht die Dateien an …',
  uploaded: {
    one: 'Ihre Datei ist hochgeladen. Sie steht im Verlauf.',
    other: 'Ihre {n} Dateien sind hochgeladen. Sie stehen im Verlauf.',
  },
  removeWrong: {
    one: 'Die Datei weglassen, die nicht importiert werden kann',
    other: 'Die {n} Dateien weglassen, die nicht importiert werden können',
  },
  readOnly:
    'Ihre Rolle kann Importe ansehen und Einladungen wiederholen. Zum Importieren fragen Sie die Administration.',
};
