import type { Schemas } from '../../../client';
import { t } from '../../messages';
import { fill } from '../../messages/format';

type Aliases = Schemas['Organisation']['headerAliases'];

interface HeaderAliasesProps {
  aliases: Aliases;
  onChange: (aliases: Aliases) => void;
}

/** The headings that are kept for the organisation, to be forgotten one by one. */
export function HeaderAliases({ aliases, onChange }: HeaderAliasesProps) {
  const texts = t.settings.form;
  const kept = (Object.keys(t.imports.field) as (keyof Aliases)[]).flatMap((field) =>
    (aliases[field] ?? []).map((heading) => ({ field, heading })),
  );
  return (
    <fieldset>
      <legend>{texts.aliases}</legend>
      <p class="quiet small">{kept.length === 0 ? texts.noAliases : texts.aliasesHint}</p>
      <ul class="sub-list">
        {kept.map(({ field, heading }) => (
          <li key={`${field} ${heading}`}>
            {heading} → {t.imports.field[field]}{' '}
            <button
              type="button"
              class="plain small"
              aria-label={fill(texts.removeAlias, { name: heading })}
              onClick={() =>
                onChange({ ...aliases, [field]: (aliases[field] ?? []).filter((other) => other !== heading) })
              }
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
