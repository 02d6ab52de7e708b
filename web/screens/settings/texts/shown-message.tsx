import type { Schemas } from '../../../../client';
import { SmsCost } from '../../../components/sms-cost';
import { t } from '../../../messages';
import { count, fill } from '../../../messages/format';
import { MailFrame } from './mail-frame';
import { TemplateFacts } from './template-facts';

interface ShownMessageProps {
  preview: Schemas['TextPreview'];
  channel: Schemas['MessageText']['channel'];
}

/** A message as one person gets it, in its own direction of writing. */
export function ShownMessage({ preview, channel }: ShownMessageProps) {
  const { language, direction, subject, text, html, sms, variables, template } = preview;
  const texts = t.texts;
  if (variables) {
    return (
      <>
        {template && <TemplateFacts template={template} />}
        <p>{texts.variables}</p>
        <dl class="facts">
          {Object.entries(variables).map(([name, value]) => (
            <div key={name} class="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </>
    );
  }
  return (
    <>
      {subject !== null && (
        <p class="subject" lang={language} dir={direction}>
          <strong>{subject}</strong>
        </p>
      )}
      {html !== null && <MailFrame html={html} />}
      {channel === 'sms' && (
        <p class="sms" lang={language} dir={direction}>
          {text}
        </p>
      )}
      {sms && (
        <>
          <p class="quiet small">
            {fill(texts.cost, { segments: count(sms.segments, texts.segments), alphabet: sms.alphabet })}{' '}
            {sms.alphabet === 'UCS-2' && texts.shortAlphabet}
          </p>
          <SmsCost cost={sms.cost} />
        </>
      )}
      {html !== null && (
        <details>
          <summary>{texts.plainText}</summary>
          <p class="sms" lang={language} dir={direction}>
            {text}
          </p>
        </details>
      )}
    </>
  );
}
