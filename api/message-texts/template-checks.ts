import type { z } from 'zod';
import type { Channel } from '../../contract/invitation';
import { isProviderTemplate } from '../../domain/message-texts/message-text';
import type { MessageText } from '../../domain/message-texts/message-text';
import { templateWarnings } from '../../domain/message-texts/template-check';
import type { TemplateAnswer } from '../../providers/template-answer';
import type { AppDeps } from '../app-deps';
import type { templateCheck } from './text-schemas';

type TemplateCheck = z.input<typeof templateCheck>;

/** Asks the providers for the templates that stand in place of texts. */
export function createTemplateChecks({ lookUpTemplate }: Pick<AppDeps, 'lookUpTemplate'>) {
  return async (channel: Channel, text: MessageText): Promise<TemplateCheck | null> => {
    if (!isProviderTemplate(text)) return null;
    const answer = (await lookUpTemplate?.(channel, text.templateId)) ?? NOT_ASKED;
    return {
      state: answer.kind,
      message: sentenceOf(channel, answer),
      warnings: answer.kind === 'found' ? templateWarnings(answer.variables) : [],
    };
  };
}

const NOT_ASKED: TemplateAnswer = { kind: 'unverified', because: 'unavailable' };

function sentenceOf(channel: Channel, answer: TemplateAnswer): string | null {
  const provider = channel === 'email' ? 'SendGrid' : 'Twilio';
  const what = channel === 'email' ? 'dynamic template' : 'content';
  switch (answer.kind) {
    case 'found':
      return null;
    case 'missing':
      return answer.because === 'unknown'
        ? `${provider} has no ${what} of this id in the account that sends`
        : `no version of the template is active at ${provider}`;
    case 'unverified':
      return answer.because === 'forbidden'
        ? `${provider} does not let the key of this installation read templates, so it is not known whether there is one of this id`
        : `${provider} could not be asked, so it is not known whether there is a template of this id`;
  }
}
