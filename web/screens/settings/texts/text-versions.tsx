import type { Schemas } from '../../../../client';
import { t } from '../../../messages';
import { fill, formatMoment } from '../../../messages/format';

interface TextVersionsProps {
  text: Schemas['MessageTextWithVersions'];
  mayChange: boolean;
  isBusy: boolean;
  onRestore: (version: number) => void;
}

/** What was sent before, the newest first, to be read and sent again. */
export function TextVersions({ text, mayChange, isBusy, onRestore }: TextVersionsProps) {
  const { version, versions, language, direction } = text;
  const texts = t.texts;
  return (
    <section aria-labelledby="text-versions">
      <h3 id="text-versions">{texts.versions}</h3>
      <ul class="sub-list versions">
        {versions.map(({ version: one, savedAt, content }) => (
          <li key={one}>
            <details>
              <summary>
                {fill(texts.own, { version: String(one) })}, {formatMoment(savedAt)}
                {one === version && ` – ${texts.sentNow}`}
              </summary>
              <div lang={language} dir={direction}>
                {content.subject !== undefined && <p class="subject">{content.subject}</p>}
                <p class="sms">{content.templateId ?? content.body}</p>
              </div>
            </details>
            {one !== version && mayChange && (
              <button type="button" class="plain small" disabled={isBusy} onClick={() => onRestore(one)}>
                {fill(texts.restore, { version: String(one) })}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
