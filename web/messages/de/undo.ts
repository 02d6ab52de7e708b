import type { Messages } from '../en';

export const undo: Messages['undo'] = {
  action: 'Import rückgängig machen',
  title: 'Diesen Import rückgängig machen?',
  whatFor:
    'Personen, die er angelegt hat und die noch nicht beigetreten sind, werden entfernt, und ihre Links gelten nicht mehr. Personen, die er geändert hat, erhalten ihre früheren Werte zurück.',
  out: {
    one: '{n} Nachricht ist hinausgegangen und kann nicht zurückgeholt werden.',
    other: '{n} Nachrichten sind hinausgegangen und können nicht zurückgeholt werden.',
  },
  waiting: {
    one: '{n} wartende Nachricht wird nicht mehr gesendet.',
    other: '{n} wartende Nachrichten werden nicht mehr gesendet.',
  },
  lines: 'Zeilen {lines}',
  report: 'Zeile für Zeile herunterladen',
  begun: 'Der Import wird rückgängig gemacht.',
  outcome: {
    undone: 'rückgängig gemacht',
    joined: 'bleiben: sind beigetreten',
    'opted-out': 'bleiben: wünschen keine Nachrichten mehr, was ein späterer Import wissen muss',
    'changed-since': 'bleiben: wurden seither geändert',
    'other-import': 'bleiben: ein anderer Import hat sie geändert oder eingeladen',
    'last-of-team': 'bleiben: sonst hätte ein Kundenteam keine Mitarbeitenden mehr',
    'not-recorded': 'bleiben: die früheren Werte sind nicht mehr bekannt',
    gone: 'waren schon entfernt',
  },
};
