import type { ProblemText } from './problem-text';

const RETRY = 'then retry the failed invitations of this import.';

/** Why a person could not be invited on one channel. The person is in the organisation all the same. */
export const INVITATION_PROBLEM_TEXTS = {
  'invitation.address-refused': {
    severity: 'error',
    message: 'The provider does not accept this address or number.',
    expected: 'An address or number that can receive messages.',
    fix:
      'Ask the person for another one. With a new mobile number, upload the row again and let people who are there ' +
      'already be updated. With a new e-mail address, invite the person anew under it; the old entry stays.',
  },
  'invitation.opted-out': {
    severity: 'error',
    message: 'The person has asked not to get messages of this kind.',
    expected: 'A person who accepts messages from this sender.',
    fix: 'Invite them on the other channel, or ask them to allow messages again (by SMS: reply START), and retry.',
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
    fix: `Ask whoever looks after the account to put the sender right, ${RETRY}`,
  },
  'invitation.message-refused': {
    severity: 'error',
    message: 'The provider does not accept the text of the invitation.',
    expected: 'A text that is neither empty, nor too long, nor blocked by the provider.',
    fix: `Ask whoever looks after the texts to see whether it is empty, too long or blocked, and to correct it, ${RETRY}`,
  },
  'invitation.account-stopped': {
    severity: 'error',
    message: 'The provider has stopped the account or no longer accepts its key, so nobody can be invited by it.',
    expected: 'An account that is active and paid, with a valid key.',
    fix: `Ask whoever looks after the account to put it right, ${RETRY}`,
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
  'invitation.already-accepted': {
    severity: 'warning',
    message: 'The person has joined already, so this invitation was not sent.',
    expected: 'A person who has not joined yet.',
    fix: 'Nothing. The person can sign in.',
  },
} as const satisfies Record<string, ProblemText>;
