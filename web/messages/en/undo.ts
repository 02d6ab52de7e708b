export const undo = {
  action: 'Undo the import',
  title: 'Undo this import?',
  whatFor:
    'People whom it has created and who have not joined are removed, and their links stop working. People whom it has changed get their former values back.',
  out: {
    one: '{n} message has gone out and cannot be taken back.',
    other: '{n} messages have gone out and cannot be taken back.',
  },
  waiting: { one: '{n} message that waits is stopped.', other: '{n} messages that wait are stopped.' },
  lines: 'Lines {lines}',
  report: 'Download it line by line',
  begun: 'The import is being undone.',
  outcome: {
    undone: 'undone',
    joined: 'kept: have joined',
    'opted-out': 'kept: want no more messages, which a later import must know',
    'changed-since': 'kept: were changed since',
    'other-import': 'kept: another import has changed or invited them',
    'last-of-team': 'kept: a client team would have no staff member',
    'not-recorded': 'kept: the former values are not known any more',
    gone: 'were removed before',
  },
} as const;
