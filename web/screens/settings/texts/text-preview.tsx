import { Fragment } from 'preact';
import type { Schemas } from '../../../../client';
import { t } from '../../../messages';
import { count, fill } from '../../../messages/format';

/** A message as one person gets it, in its own direction of writing. */
export function TextPreview({ preview }: { preview: Schemas['TextPreview'] }) {
  const { language, direction, subject, text, sms, variables } = preview;
  const texts = t.texts;
  return (
    <section aria-label={texts.preview}>
      <h3>{texts.previewOf}</h3>
      {variables && (
        <>
          <p>{texts.variables}</p>
          <dl>
            {Object.entries(variables).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <div lang={language} dir={direction}>
        {subject !== null && (
          <p>
            <strong>{subject}</strong>
          </p>
        )}
        {text?.split(/\n{2,}/).map((paragraph, i) => (
          <p key={i}>
            {paragraph.split('\n').map((line, n) => (
              <Fragment key={n}>
                {n > 0 && <br />}
                {line}
              </Fragment>
            ))}
          </p>
        ))}
      </div>
      {sms && (
        <p class="quiet small">
          {fill(texts.cost, { segments: count(sms.segments, texts.segments), alphabet: sms.alphabet })}
        </p>
      )}
    </section>
  );
}
