import type { ProblemText } from './problem-text';

const RETRY = 'then retry the failed invitations of this import.';
const RESUME = 'then resume the import: it continues where it stopped, and no person is invited twice.';

/** Why an invitation on one channel failed. The person was created anyway. */
export const INVITATION_PROBLEM_TEXTS = {
  'invitation.address-refused': {
    severity: 'error',
    message: 'The provider does not accept this address or number.',
    expected: 'An address or number that can receive messages.',
    fix: 'Ask the person for another one and correct the row; a new invitation is then sent automatically.',
  },
  'invitation.opted-out': {
    severity: 'error',
    message: 'The person has opted out of messages of this kind.',
    expected: 'A person who accepts messages from this sender.',
    fix: 'Invite the person on the other channel, or ask them to allow messages again (by SMS: reply START), and retry.',
  },
  'invitation.allowed-again': {
    severity: 'error',
    message:
      'The person had opted out of messages of this kind, so this one was not sent. They allow messages again since.',
    expected: 'A person who accepts messages from this sender.',
    fix: 'Retry the failed invitations of this import.',
  },
  'invitation.not-reachable': {
    severity: 'error',
    message: 'The number exists, but cannot receive SMS, for example because it is not a mobile or is switched off.',
    expected: 'A mobile that is in service.',
    fix: `Ask the person whether the number is right, wait until it is in service, ${RETRY}`,
  },
  'invitation.country-not-enabled': {
    severity: 'error',
    message: 'Your account with the SMS provider is not allowed to send to the country of this number.',
    expected: 'A country that the settings of the account allow.',
    fix: `Ask the owner of the account to allow the country, ${RETRY}`,
  },
  'invitation.sender-not-for-number': {
    severity: 'error',
    message:
      'The number or name that the SMS are sent from may not send to this number, for example not to its country or telephone company.',
    expected: 'A sender that is allowed, and registered where that is needed, in the country of the number.',
    fix: `Invite the person on the other channel, or ask the owner of the account for a sender for this country, ${RETRY}`,
  },
  'invitation.sender-refused': {
    severity: 'error',
    message: 'The provider does not accept the number or address that the invitations are sent from.',
    expected: 'A sender that is registered and verified with the provider.',
    fix: `Ask the owner of the account to correct the sender, ${RESUME}`,
  },
  'invitation.message-refused': {
    severity: 'error',
    message: 'The provider does not accept the text of the invitation.',
    expected: 'A text that is not empty, not too long and not blocked by the provider.',
    fix: 'Ask the author of the texts to correct it if it is empty, too long or blocked. Then resume the import if it is paused, and retry its failed invitations.',
  },
  'invitation.key-refused': {
    severity: 'error',
    message: 'The provider no longer accepts the key of our account, so it sends no invitations.',
    expected: 'A key that is valid and allowed to send.',
    fix: `Ask the owner of the account for a new key and have it put into the settings, ${RESUME}`,
  },
  'invitation.credits-exhausted': {
    severity: 'error',
    message: 'The credit of the account with the provider is used up, so it sends no invitations.',
    expected: 'An account with credit left.',
    fix: `Ask the owner of the account to top it up, ${RESUME}`,
  },
  'invitation.account-stopped': {
    severity: 'error',
    message: 'The provider has stopped the account, so it sends no invitations.',
    expected: 'An account that is active and paid.',
    fix: `Ask the owner of the account to have it activated again, ${RESUME}`,
  },
  'invitation.provider-unavailable': {
    severity: 'error',
    message: 'The provider repeatedly did not answer or was too busy, so the invitation was not sent.',
    expected: 'A provider that works.',
    fix: 'Wait until the provider works again and retry the failed invitations of this import.',
  },
  'invitation.unconfirmed': {
    severity: 'error',
    message: 'The connection broke off during sending. The invitation may or may not have arrived.',
    expected: 'A clear answer from the provider.',
    fix: 'Ask the person whether the invitation has arrived. It is not sent again automatically, so that no person gets it twice.',
  },
  'invitation.bounced': {
    severity: 'error',
    message: 'The message came back: the mailbox or number does not exist, or does not accept our messages.',
    expected: 'An address or number that can receive messages.',
    fix: 'Ask the person for another one and correct the row; a new invitation is then sent automatically.',
  },
  'invitation.undelivered': {
    severity: 'error',
    message: 'The message could not be delivered for now: the telephone was switched off, or the mailbox full.',
    expected: 'A telephone or mailbox that accepts messages.',
    fix: `Wait a while, ${RETRY}`,
  },
  'invitation.refused-at-night': {
    severity: 'error',
    message: 'The country of this number allows no messages at this hour, so the provider refused it.',
    expected: 'An hour at which the country allows messages.',
    fix: 'Nothing: it is sent again in the morning. If it is refused on several mornings, retry it at another hour.',
  },
  'invitation.filtered': {
    severity: 'error',
    message: 'A spam filter blocked the message.',
    expected: 'A message that the spam filters of mail and telephone companies accept.',
    fix: 'Invite the person on the other channel. If many messages are blocked, ask the owner of the account.',
  },
  'invitation.already-accepted': {
    severity: 'warning',
    message: 'The person has already joined, so no invitation is sent.',
    expected: 'A person who has not joined yet.',
    fix: 'You need not do anything. The person can sign in.',
  },
  'invitation.elsewhere': {
    severity: 'warning',
    message:
      'Another import[, {importId} (row {line}),] has invited this person or is about to, so no invitation is sent from here.',
    expected: 'A person whom one import invites at a time.',
    fix: 'Look at the other import. If it is paused, resume it, or cancel it and upload the row again.',
  },
  'invitation.not-needed': {
    severity: 'warning',
    message: 'The message on the channel that is tried first has reached the person, so this one is not sent.',
    expected: 'A person whom the first channel does not reach.',
    fix: 'You need not do anything. If the first message is returned later, this one is sent after all.',
  },
  'invitation.already-delivered': {
    severity: 'warning',
    message: 'The message before this one had failed for a while and has arrived after all, so this one was not sent.',
    expected: 'A person who has not got the message yet.',
    fix: 'You need not do anything. The link in the message that has arrived works.',
  },
} as const satisfies Record<string, ProblemText>;
