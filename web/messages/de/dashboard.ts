import type { Messages } from '../en';

export const dashboard: Messages['dashboard'] = {
  title: 'Übersicht',
  window: 'Importe',
  days: { '7': 'der letzten 7 Tage', '28': 'der letzten 28 Tage', '84': 'der letzten 12 Wochen' },
  incomplete: 'Es gibt mehr Importe, als hier gezählt sind: Dies sind die neuesten.',
  // Narrow columns on a phone divide them: few browsers know where German words may be divided.
  figures: {
    invited: 'ein\u00ADgeladen',
    delivered: 'zu\u00ADgestellt',
    accepted: 'an\u00ADgenommen',
    bounced: 'nicht zugestellt',
    unreached: 'nicht erreicht',
    waiting: 'warten',
    rejected: 'abgelehnt',
  },
  rate: '{part} der Eingeladenen',
  byDay: 'Kunden nach dem Tag ihres Imports',
  byTeam: 'Kunden nach Team',
  chart:
    'Diagramm der eingeladenen, zugestellten und angenommenen Kunden nach Tag; die Tabelle darunter hat dieselben Zahlen',
  table: 'Als Tabelle',
  day: 'Tag',
  dayFigures: '{day}: {invited} eingeladen, {delivered} zugestellt, {accepted} angenommen',
  team: 'Kundenteam',
  bar: 'Balken',
  noTeam: 'Ohne Team',
  notReady: 'noch nicht einladbar',
  bounced: 'Nicht zugestellt und abgelehnt',
  problems: 'Probleme',
  bouncedNone: 'Alle wurden erreicht.',
  file: 'Import',
  waits: 'Wartet auf Sie',
  waitsNone: 'Nichts wartet auf Sie.',
  empty: 'In dieser Zeit wurde niemand eingeladen',
  emptyText: 'Importieren Sie eine Datei, und sehen Sie hier, wie die Einladungen laufen.',
};
