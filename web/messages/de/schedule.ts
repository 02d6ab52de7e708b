import type { Messages } from '../en';

export const schedule: Messages['schedule'] = {
  title: 'Was später gesendet wird',
  later: 'Später senden oder verteilen',
  at: 'Einladungen senden',
  atHint: 'Leer: sofort. Angelegt werden die Personen in jedem Fall sofort.',
  people: 'Personen auf einmal',
  peopleHint: 'Leer: alle',
  per: { label: 'in jeder Spanne', hour: 'Stunde', day: 'Tag' },
  deferred: {
    'send-at': '{n} per {channel} werden gesendet: {when}.',
    'quiet-hours': '{n} per {channel} warten auf den Morgen ihrer Empfänger; die ersten werden gesendet: {when}.',
    'refused-at-night':
      '{n} per {channel} hat ihr Land zu dieser Stunde nicht zugelassen; die ersten werden noch einmal gesendet: {when}.',
    spread: '{n} per {channel} warten, bis sie an der Reihe sind; die nächsten werden gesendet: {when}.',
    failover: '{n} per {channel} werden gesendet, wenn die andere Nachricht bis dahin nicht zugestellt ist: {when}.',
  },
  now: 'Jetzt senden',
  nowAtNight: 'Jetzt senden, auch nachts',
  change: 'Andere Zeit',
  changed: 'Die Zeit ist geändert.',
  byDefault: {
    title: 'Wann Dateien gesendet werden',
    hint: 'Für Uploads, die nichts anderes sagen. Wer von Hand eingeladen wird, wird sofort eingeladen.',
    kinds: { now: 'Sofort', time: 'Zu einer Uhrzeit', 'when-applied': 'Sobald ich den Plan anwende' },
    time: 'Uhrzeit',
    zone: 'Zeitzone',
    at: 'Leer: um {time} ({zone}), wie Ihre Organisation es gewählt hat. Angelegt werden die Personen in jedem Fall sofort.',
    spread: 'Leer: {spread}, wie Ihre Organisation es gewählt hat',
    ignore: 'Sofort und alle, was auch immer Ihre Organisation gewählt hat',
  },
  quietHours: 'Ruhezeiten',
  quietHoursHint:
    'In diesen Stunden ihres eigenen Tages bekommen Personen keine Nachrichten. Diese warten, bis sie vorbei sind.',
  quietFrom: 'Nichts per {channel} von',
  quietTo: 'bis',
};
