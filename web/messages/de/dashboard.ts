import type { Messages } from '../en';

export const dashboard: Messages['dashboard'] = {
  title: 'Übersicht',
  window: 'Importe',
  days: { '7': 'der letzten 7 Tage', '28': 'der letzten 28 Tage', '84': 'der letzten 12 Wochen' },
  incomplete: 'Es gibt mehr Importe, als hier gezählt sind: Dies sind die neuesten 200.',
  figures: {
    invited: 'eingeladen',
    delivered: 'zugestellt',
    accepted: 'angenommen',
    unreached: 'nicht erreicht',
    waiting: 'warten auf ihr Team',
    rejected: 'Zeilen abgelehnt',
  },
  rate: '{n} % der Eingeladenen',
  byDay: 'Kunden nach dem Tag ihres Imports',
  byTeam: 'Kunden nach Team',
  chart:
    'Diagramm der eingeladenen, zugestellten und angenommenen Kunden nach Tag; die Tabelle darunter hat dieselben Zahlen',
  table: 'Als Tabelle',
  day: 'Tag',
  dayFigures: '{day}: {invited} eingeladen, {delivered} zugestellt, {accepted} angenommen',
  team: 'Kundenteam',
  noTeam: 'Ohne Team',
  notReady: 'können noch nicht eingeladen werden',
  bounced: 'Nicht zugestellt und abgelehnt',
  bouncedNone: 'Alle wurden erreicht.',
  file: 'Import',
  waits: 'Wartet auf Sie',
  waitsNone: 'Nichts wartet auf Sie.',
  empty: 'In dieser Zeit wurde niemand eingeladen',
  emptyText: 'Importieren Sie eine Datei, und sehen Sie hier, wie die Einladungen laufen.',
};
