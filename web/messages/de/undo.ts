import type { Messages } from '../en';

export const undo: Messages['undo'] = {
  action: 'Import rückgängig machen',
  shows: 'Was rückgängig gemacht wurde',
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
  toUndo: { one: 'wird rückgängig gemacht', other: 'werden rückgängig gemacht' },
  outcome: {
    undone: { one: 'rückgängig gemacht', other: 'rückgängig gemacht' },
    joined: { one: 'bleibt: ist beigetreten', other: 'bleiben: sind beigetreten' },
    'opted-out': {
      one: 'bleibt: wünscht keine Nachrichten mehr, was ein späterer Import wissen muss',
      other: 'bleiben: wünschen keine Nachrichten mehr, was ein späterer Import wissen muss',
    },
    'changed-since': { one: 'bleibt: wurde seither geändert', other: 'bleiben: wurden seither geändert' },
    'other-import': {
      one: 'bleibt: ein anderer Import hat die Person geändert oder eingeladen',
      other: 'bleiben: ein anderer Import hat sie geändert oder eingeladen',
    },
    'last-of-team': {
      one: 'bleibt: sonst hätte ein Kundenteam keine Mitarbeitenden mehr',
      other: 'bleiben: sonst hätte ein Kundenteam keine Mitarbeitenden mehr',
    },
    'not-recorded': {
      one: 'bleibt: die früheren Werte sind nicht mehr bekannt',
      other: 'bleiben: die früheren Werte sind nicht mehr bekannt',
    },
    gone: { one: 'war schon entfernt', other: 'waren schon entfernt' },
  },
};
