import type { Schemas } from '../../../../client';
import { FormField } from '../../../components/form-field';
import { t } from '../../../messages';

export type Content = Schemas['TextContent'];

interface TextFieldsProps {
  text: Schemas['MessageText'];
  content: Content;
  placeholders: readonly string[];
  /** By part, also as part of a preview. */
  errors: Readonly<Record<string, string>>;
  onChange: (content: Content) => void;
}

/** What a text says, or the template of the provider that says it. */
export function TextFields({ text, content, placeholders, errors, onChange }: TextFieldsProps) {
  const { channel, language } = text;
  const isTemplate = content.templateId !== undefined;
  const texts = t.texts;
  const change = (changed: Content): void => onChange({ ...content, ...changed });
  const errorOf = (part: string): string | undefined => errors[part] ?? errors[`content.${part}`];
  const line = (part: 'subject' | 'button' | 'templateId', label: string) => (
    <FormField id={`text-${part}`} label={label} error={errorOf(part)}>
      <input
        type="text"
        lang={language}
        dir="auto"
        value={content[part] ?? ''}
        onInput={({ currentTarget }) => change({ [part]: currentTarget.value })}
      />
    </FormField>
  );
  const useTemplate = (uses: boolean): void =>
    onChange(uses ? { templateId: '' } : text.content.templateId === undefined ? text.content : emptyOf(channel));
  return (
    <>
      {isTemplate ? (
        line('templateId', texts.template)
      ) : (
        <>
          {channel === 'email' && line('subject', texts.subject)}
          <FormField
            id="text-body"
            label={texts.body}
            hint={channel === 'email' ? texts.bodyHint : texts.smsHint}
            error={errorOf('body')}
          >
            <textarea
              rows={channel === 'email' ? 11 : 4}
              lang={language}
              dir="auto"
              value={content.body ?? ''}
              onInput={({ currentTarget }) => change({ body: currentTarget.value })}
            />
          </FormField>
          {channel === 'email' && line('button', texts.button)}
          <p class="quiet small">
            {texts.placeholders}: <code>{placeholders.map((name) => `{{${name}}}`).join(' ')}</code>
          </p>
        </>
      )}
      <label class="choice">
        <input
          type="checkbox"
          checked={isTemplate}
          onChange={({ currentTarget }) => useTemplate(currentTarget.checked)}
        />
        {texts.usesTemplate}
      </label>
    </>
  );
}

const emptyOf = (channel: Schemas['MessageText']['channel']): Content =>
  channel === 'email' ? { subject: '', body: '', button: '' } : { body: '' };
