export const schedule = {
  title: 'What is sent later',
  at: 'Send invitations',
  atHint: 'Empty: at once. People are created at once in any case.',
  people: 'People at a time',
  peopleHint: 'Empty: all of them',
  per: { label: 'in each', hour: 'hour', day: 'day' },
  deferred: {
    'send-at': '{n} by {channel} will be sent at {when}.',
    'quiet-hours': '{n} by {channel} wait for the morning of their people; the first will be sent at {when}.',
    'refused-at-night':
      '{n} by {channel} were refused for the hour by their country; the first will be sent again at {when}.',
    spread: '{n} by {channel} wait for their turn; the next will be sent at {when}.',
    failover: '{n} by {channel} will be sent from {when} on, unless the other message is delivered before.',
  },
  now: 'Send now',
  nowAtNight: 'Send now, also at night',
  change: 'Another time',
  changed: 'The time is changed.',
  quietHours: 'Quiet hours',
  quietHoursHint: 'In these hours of their own day people get no messages. They wait for the end of them.',
  quietFrom: 'Nothing by {channel} from',
  quietTo: 'until',
} as const;
