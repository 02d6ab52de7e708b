export const undo = {
  action: 'Undo the import',
  /** Of an import that is undone. */
  shows: 'What was undone',
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
  toUndo: { one: 'to be undone', other: 'to be undone' },
  outcome: {
    undone: { one: 'undone', other: 'undone' },
    joined: { one: 'kept: has joined', other: 'kept: have joined' },
    'opted-out': {
      one: 'kept: wants no more messages, which a later import must know',
      other: 'kept: want no more messages, which a later import must know',
    },
    'changed-since': { one: 'kept: was changed since', other: 'kept: were changed since' },
    'other-import': {
      one: 'kept: another import has changed or invited the person',
      other: 'kept: another import has changed or invited them',
    },
    'last-of-team': {
      one: 'kept: a client team would have no staff member',
      other: 'kept: a client team would have no staff member',
    },
    'not-recorded': {
      one: 'kept: the former values are not known any more',
      other: 'kept: the former values are not known any more',
    },
    gone: { one: 'was removed before', other: 'were removed before' },
  },
} as const;
