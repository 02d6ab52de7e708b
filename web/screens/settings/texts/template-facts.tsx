import type { Schemas } from '../../../../client';
import { t } from '../../../messages';
import { fill } from '../../../messages/format';

/** What the provider says of a template that it keeps. */
export function TemplateFacts({ template }: { template: Schemas['TemplateCheck'] }) {
  const texts = t.texts.templateCheck;
  const { state, warnings } = template;
  return (
    <>
      <p class={state === 'missing' ? 'notice' : 'quiet'}>{texts[state]}</p>
      {warnings.length > 0 && (
        <ul class="notice">
          {warnings.map(({ code, variable }) => (
            <li key={`${code} ${variable}`}>{fill(texts.warnings[code], { variable: variable ?? '' })}</li>
          ))}
        </ul>
      )}
    </>
  );
}
