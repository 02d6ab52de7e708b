import { useState } from 'preact/hooks';
import type { Schemas } from '../../../../client';
import { answerOf, api } from '../../../api/api';
import { useLoad } from '../../../api/use-load';
import { FormField } from '../../../components/form-field';
import { ListTable } from '../../../components/list-table';
import type { ListColumn } from '../../../components/list-table';
import { Pill } from '../../../components/pill';
import { Failure, Loading } from '../../../components/states';
import { t } from '../../../messages';
import { fill, formatMoment } from '../../../messages/format';
import { TextEditor } from './text-editor';
import { titleOf } from './title';

type Text = Schemas['MessageText'];

const CHANNELS = ['email', 'sms'] as const;

/** What is sent in each language, built-in or the organisation's own. */
export function TextsPanel({ mayChange }: { mayChange: boolean }) {
  const { value, error, reload } = useLoad(() => answerOf(api.GET('/v1/texts')), []);
  const [open, setOpen] = useState<string | undefined>();
  const texts = t.texts;
  if (!value) return error === undefined ? <Loading /> : <Failure error={error} retry={reload} />;
  const columns: ListColumn<Text>[] = [
    { key: 'text', title: texts.text, cell: (text) => <strong class="list-name">{titleOf(text)}</strong> },
    {
      key: 'version',
      title: texts.version,
      cell: ({ version, isBuiltIn }) => (
        <Pill tone={isBuiltIn ? 'quiet' : 'good'}>
          {isBuiltIn ? texts.builtIn : fill(texts.own, { version: String(version) })}
        </Pill>
      ),
    },
    {
      key: 'saved',
      title: texts.saved,
      isExtra: true,
      cell: ({ savedAt }) => (savedAt === null ? '' : formatMoment(savedAt)),
    },
    {
      key: 'actions',
      title: texts.actions,
      isTitleHidden: true,
      cell: ({ id, ...text }) => (
        <button type="button" class="plain" aria-label={`${texts.edit}: ${titleOf(text)}`} onClick={() => setOpen(id)}>
          {texts.edit}
        </button>
      ),
    },
  ];
  return (
    <>
      <p>{texts.explanation}</p>
      {!mayChange && <p class="notice">{texts.onlySystem}</p>}
      <ListTable caption={texts.title} columns={columns} items={value.data} keyOf={({ id }) => id} />
      {mayChange && <AddLanguage onAdd={setOpen} />}
      {open !== undefined && (
        <TextEditor
          id={open}
          placeholders={value.placeholders}
          mayChange={mayChange}
          onChanged={reload}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

/** Opens a text in a language that has none yet; the API knows which tags are languages. */
function AddLanguage({ onAdd }: { onAdd: (id: string) => void }) {
  const [language, setLanguage] = useState('');
  const texts = t.texts;
  return (
    <div class="form">
      <FormField id="text-language" label={texts.otherLanguage} hint={texts.otherLanguageHint}>
        <input
          type="text"
          maxLength={35}
          value={language}
          onInput={({ currentTarget }) => setLanguage(currentTarget.value.trim())}
        />
      </FormField>
      <p class="actions">
        {CHANNELS.map((channel) => (
          <button
            key={channel}
            type="button"
            disabled={language === ''}
            onClick={() => onAdd(`${channel}:${language}`)}
          >
            {texts.add}: {t.imports.channel[channel]}
          </button>
        ))}
      </p>
    </div>
  );
}
