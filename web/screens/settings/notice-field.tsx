import type { Schemas } from '../../../client';
import { FormField } from '../../components/form-field';
import { LANGUAGES, t } from '../../messages';

type NoticeAddress = Schemas['NoticeAddress'];

interface NoticeFieldProps {
  notify: NoticeAddress | null;
  onChange: (notify: NoticeAddress | null) => void;
  errors: Readonly<Record<string, string>>;
}

/** Who is told by e-mail once an import has ended; an empty address is nobody. */
export function NoticeField({ notify, onChange, errors }: NoticeFieldProps) {
  const texts = t.settings.form;
  return (
    <div class="form-pair">
      <FormField
        id="organisation-notify"
        label={texts.notify}
        hint={texts.notifyHint}
        error={errors['notify.email'] ?? errors['notify']}
      >
        <input
          type="email"
          maxLength={254}
          value={notify?.email ?? ''}
          onInput={({ currentTarget: { value } }) =>
            onChange(value === '' ? null : { email: value, language: notify?.language ?? 'en' })
          }
        />
      </FormField>
      <FormField id="organisation-notify-language" label={texts.notifyLanguage} error={errors['notify.language']}>
        <select
          disabled={notify === null}
          value={notify?.language ?? 'en'}
          onChange={({ currentTarget }) =>
            notify && onChange({ ...notify, language: currentTarget.value as NoticeAddress['language'] })
          }
        >
          {Object.entries(LANGUAGES).map(([language, name]) => (
            <option key={language} value={language} selected={language === notify?.language}>
              {name}
            </option>
          ))}
        </select>
      </FormField>
    </div>
  );
}
