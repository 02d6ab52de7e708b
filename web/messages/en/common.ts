export const common = {
  product: 'Client import',
  skip: 'Skip to the content',
  menu: {
    label: 'Main menu',
    upload: 'Import',
    history: 'History',
    people: 'People',
    teams: 'Client teams',
    dashboard: 'Dashboard',
    settings: 'Settings',
  },
  roles: {
    systemAdministrator: 'System administrator',
    userAdministrator: 'User administrator',
    support: 'Support',
  },
  signIn: {
    title: 'Sign in',
    key: 'API key',
    hint: 'A key of your organisation. It is sent once and not kept in the browser.',
    local: 'Tried out with npm start? Open the address that it printed last: it signs you in.',
    submit: 'Sign in',
    wrong: 'This key is not valid. Check that it was copied whole, or ask a system administrator for another one.',
    ticket: 'This sign-in link was used before or is too old. Sign in with a key.',
    ended:
      'You were signed out, since nothing was done for a while, or your key or the time of your sign-in has ended. Sign in again to go on.',
    company: 'Sign in with your company account',
    orKey: 'or with a key',
    faults: {
      refused: 'The sign-in was cancelled, or your company account may not use this page.',
      'no-role':
        'Your company account is known, but has no role here. Ask whoever looks after the accounts of your company to give it one.',
      'no-organisation':
        'Your company account is known, but belongs to no organisation here. Ask whoever looks after the accounts of your company.',
      expired:
        'This sign-in is not valid any more: it began in another browser, or longer than ten minutes ago. Sign in again.',
      unavailable: 'The sign-in of your company cannot be reached. Try again in a minute, or sign in with a key.',
      busy: 'Too many people try to sign in from your network. Try again in a few seconds.',
      failed:
        'The sign-in of your company and this page do not work together. Tell whoever looks after this page: its log says why.',
    },
    signOut: 'Sign out',
  },
  language: 'Language',
  loading: 'Loading …',
  retry: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  more: 'Show more',
  all: 'All',
  copy: 'Copy',
  copied: 'Copied',
  offline: {
    title: 'No connection',
    text: 'The server could not be reached. What was started there goes on.',
  },
  failed: { title: 'This did not work' },
  notFound: { title: 'There is nothing here', text: 'The address may be mistyped, or what it named is gone.' },
  notAllowed: 'Your role may look at this, but not change it.',
  requestId: 'Request {id}',
} as const;
