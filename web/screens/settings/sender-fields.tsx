import type { Schemas } from '../../../client';
import { FormField } from '../../components/form-field';
import { t } from '../../messages';

export type Sender = Pick<Schemas['Organisation'], 'language' | 'senderName' | 'replyTo'>;

interface SenderFieldsProps {
  sender: Sender;
  errors: Readonly<Record<string, string>>;
  onChange: (changed: Partial<Sender>) => void;
}

/** From whom messages come, and in which language where that of a person is not known. An empty field is the choice of the installation. */
export function SenderFields({ sender, errors, onChange }: SenderFieldsProps) {
  const texts = t.settings.sender;
  return (
    <fieldset>
      <legend>{texts.title}</legend>
      <FormField id="organisation-language" label={texts.language} hint={texts.languageHint} error={errors['language']}>
        <input
          type="text"
          required
          maxLength={35}
          value={sender.language}
          onInput={({ currentTarget }) => onChange({ language: currentTarget.value })}
        />
      </FormField>
      <FormField id="organisation-sender" label={texts.name} hint={texts.nameHint} error={errors['senderName']}>
        <input
          type="text"
          maxLength={100}
          value={sender.senderName ?? ''}
          onInput={({ currentTarget: { value } }) => onChange({ senderName: value === '' ? null : value })}
        />
      </FormField>
      <FormField id="organisation-reply" label={texts.replyTo} hint={texts.replyToHint} error={errors['replyTo']}>
        <input
          type="email"
          maxLength={254}
          value={sender.replyTo ?? ''}
          onInput={({ currentTarget: { value } }) => onChange({ replyTo: value === '' ? null : value })}
        />
      </FormField>
    </fieldset>
  );
}
