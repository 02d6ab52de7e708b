import type { ProblemText } from './problem-text';

const RETRY = 'then retry the failed invitations of this import.';
const RESUME = 'then resume the import: it goes on where it stopped, and nobody is invited twice.';

/** Why a person could not be invited on one channel. The person is in the organisation all the same. */
export const INVITATION_PROBLEM_TEXTS = {
  'invitation.address-refused': {
    severity: 'error',
    message: 'The provider does not accept this address or number.',
    expected: 'An address or number that can receive messages.',
    fix: 'Ask the person for another one and correct the row with it; a new invitation goes there by itself.',
  },
  'invitation.opted-out': {
    severity: 'error',
    message: 'The person has asked not to get messages of this kind.',
    expected: 'A person who accepts messages from this sender.',
    fix: 'Invite them on the other channel, or ask them to allow messages again (by SMS: reply START), and retry.',
  },
  'invitation.allowed-again': {
    severity: 'error',
    message: 'The person had asked not to get messages of this kind, so this one was refused; they allow them again.',
    expected: 'A person who accepts messages from this sender.',
    fix: 'Retry the failed invitations of this import.',
  },
  'invitation.not-reachable': {
    severity: 'error',
    message: 'The number exists and cannot be reached by SMS, for example because it is no mobile or switched off.',
    expected: 'A mobile that is in service.',
    fix: `Ask the person whether the number is right, and wait until it is in service; ${RETRY}`,
  },
  'invitation.country-not-enabled': {
    severity: 'error',
    message: 'Your account with the SMS provider is not allowed to send to the country of this number.',
    expected: 'A country that is switched on in the settings of the account.',
    fix: `Ask whoever looks after the account to switch the country on, ${RETRY}`,
  },
  'invitation.sender-refused': {
    severity: 'error',
    message: 'The provider does not accept the number or address that the invitations are sent from.',
    expected: 'A sender that is registered and verified with the provider.',
    fix: `Ask whoever looks after the account to put the sender right, ${RESUME}`,
  },
  'invitation.message-refused': {
    severity: 'error',
    message: 'The provider does not accept the text of the invitation.',
    expected: 'A text that is neither empty, nor too long, nor blocked by the provider.',
    fix: `Ask whoever looks after the texts to see whether it is empty, too long or blocked, and to correct it, ${RESUME}`,
  },
  'invitation.key-refused': {
    severity: 'error',
    message: 'The provider no longer accepts the key of our account, so nobody can be invited by it.',
    expected: 'A key that is valid and allowed to send.',
    fix: `Ask whoever looks after the account for a new key and have it put into the settings, ${RESUME}`,
  },
  'invitation.credits-exhausted': {
    severity: 'error',
    message: 'The credit of the account with the provider is used up, so nobody can be invited by it.',
    expected: 'An account with credit left.',
    fix: `Ask whoever looks after the account to top it up, ${RESUME}`,
  },
  'invitation.account-stopped': {
    severity: 'error',
    message: 'The provider has stopped the account, so nobody can be invited by it.',
    expected: 'An account that is active and paid.',
    fix: `Ask whoever looks after the account to put it right, ${RESUME}`,
  },
  'invitation.provider-unavailable': {
    severity: 'error',
    message: 'The provider did not answer or was too busy, again and again, so the invitation was not sent.',
    expected: 'A provider that is up.',
    fix: 'Wait until the provider works again and retry the failed invitations of this import.',
  },
  'invitation.unconfirmed': {
    severity: 'error',
    message: 'The connection broke off while the invitation was being sent. It may or may not have arrived.',
    expected: 'A clear answer from the provider.',
    fix: 'Ask the person whether the invitation has come. It is not sent again by itself, so that nobody gets it twice.',
  },
  'invitation.bounced': {
    severity: 'error',
    message: 'The message came back: there is no such mailbox or number, or it takes no messages from us.',
    expected: 'An address or number that can receive messages.',
    fix: 'Ask the person for another one and correct the row with it; a new invitation goes there by itself.',
  },
  'invitation.undelivered': {
    severity: 'error',
    message: 'The message could not be delivered for now: the telephone was switched off, or the mailbox full.',
    expected: 'A telephone or mailbox that takes messages.',
    fix: `Wait a while, ${RETRY}`,
  },
  'invitation.filtered': {
    severity: 'error',
    message: 'A filter on the way took the message for an unwanted one and did not deliver it.',
    expected: 'A message that the filters of mail and telephone companies let pass.',
    fix: 'Invite the person on the other channel. Where many are filtered, ask whoever looks after the account.',
  },
  'invitation.already-accepted': {
    severity: 'warning',
    message: 'The person has joined already, so this invitation was not sent.',
    expected: 'A person who has not joined yet.',
    fix: 'Nothing. The person can sign in.',
  },
} as const satisfies Record<string, ProblemText>;
