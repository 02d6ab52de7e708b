import { useState } from 'preact/hooks';
import type { Schemas } from '../../../../client';
import { answerOf, api } from '../../../api/api';
import { fieldErrorsOf } from '../../../api/field-errors';
import { useLoad } from '../../../api/use-load';
import { Dialog } from '../../../components/dialog';
import { FormField } from '../../../components/form-field';
import { Failure, Loading } from '../../../components/states';
import { tell } from '../../../components/toast';
import { t } from '../../../messages';
import { fill, formatMoment } from '../../../messages/format';
import { TextPreview } from './text-preview';

type Text = Schemas['MessageTextWithVersions'];
type Content = Schemas['TextContent'];

interface TextEditorProps {
  id: string;
  placeholders: readonly string[];
  mayChange: boolean;
  /** Something else is sent now. */
  onChanged: () => void;
  onClose: () => void;
}

/** One text with its versions. */
export function TextEditor({ id, onChanged, ...props }: TextEditorProps) {
  const path = { params: { path: { id } } } as const;
  const { value, error, reload } = useLoad(() => answerOf(api.GET('/v1/texts/{id}', path)), [id]);
  return (
    <Dialog title={id} isDrawer onClose={props.onClose}>
      {error !== undefined && <Failure error={error} retry={reload} />}
      {!value && error === undefined && <Loading />}
      {value && (
        <Editor
          key={`${value.version}`}
          text={value}
          {...props}
          onChanged={() => {
            reload();
            onChanged();
          }}
        />
      )}
    </Dialog>
  );
}

function Editor({ text, placeholders, mayChange, onChanged }: Omit<TextEditorProps, 'id'> & { text: Text }) {
  const { id, channel, language, version, versions, isBuiltIn } = text;
  const [content, setContent] = useState<Content>(text.content);
  const [preview, setPreview] = useState<Schemas['TextPreview'] | undefined>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const errors = fieldErrorsOf(error);
  const texts = t.texts;
  const path = { params: { path: { id } } } as const;
  const isTemplate = content.templateId !== undefined;
  const change = (changed: Content): void => setContent({ ...content, ...changed });
  const errorOf = (part: string): string | undefined => errors[part] ?? errors[`content.${part}`];

  const run = <T,>(asking: Promise<T>, then: (answer: T) => void): void => {
    setIsBusy(true);
    setError(undefined);
    asking.then(then, setError).finally(() => setIsBusy(false));
  };
  const sentNow = ({ version: saved }: Schemas['MessageText']): void => {
    tell(fill(texts.isSaved, { version: String(saved) }));
    onChanged();
  };
  const save = (): void =>
    run(answerOf(api.PUT('/v1/texts/{id}', { ...path, body: { ...content, replaces: version ?? 0 } })), sentNow);
  const restore = (one: number): void =>
    run(answerOf(api.POST('/v1/texts/{id}/restorations', { ...path, body: { version: one } })), sentNow);
  const useBuiltIn = (): void =>
    run(answerOf(api.DELETE('/v1/texts/{id}', path)), () => {
      tell(texts.isBuiltInAgain);
      onChanged();
    });
  const show = (): void =>
    run(answerOf(api.POST('/v1/texts/{id}/previews', { ...path, body: { content } })), setPreview);
  const useTemplate = (uses: boolean): void =>
    setContent(uses ? { templateId: '' } : text.content.templateId === undefined ? text.content : emptyOf(channel));

  const line = (part: 'subject' | 'button' | 'templateId', label: string) => (
    <FormField id={`text-${part}`} label={label} error={errorOf(part)}>
      <input
        type="text"
        lang={language}
        value={content[part] ?? ''}
        onInput={({ currentTarget }) => change({ [part]: currentTarget.value })}
      />
    </FormField>
  );
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {error !== undefined && <Failure error={error} />}
      <fieldset disabled={!mayChange}>
        <legend class="hidden">{id}</legend>
        <p class="quiet small">
          {texts.placeholders}: {placeholders.map((name) => `{{${name}}}`).join(' ')}
        </p>
        <label class="choice">
          <input
            type="checkbox"
            checked={isTemplate}
            onChange={({ currentTarget }) => useTemplate(currentTarget.checked)}
          />
          {texts.usesTemplate}
        </label>
        {isTemplate ? (
          line('templateId', texts.template)
        ) : (
          <>
            {channel === 'email' && line('subject', texts.subject)}
            <FormField id="text-body" label={texts.body} hint={texts.bodyHint} error={errorOf('body')}>
              <textarea
                rows={channel === 'email' ? 12 : 4}
                lang={language}
                dir="auto"
                value={content.body ?? ''}
                onInput={({ currentTarget }) => change({ body: currentTarget.value })}
              />
            </FormField>
            {channel === 'email' && line('button', texts.button)}
          </>
        )}
        {mayChange && (
          <button type="submit" class="primary" disabled={isBusy}>
            {t.common.save}
          </button>
        )}
      </fieldset>
      <p class="actions">
        <button type="button" disabled={isBusy} onClick={show}>
          {texts.preview}
        </button>
        {mayChange && !isBuiltIn && version !== null && (
          <button type="button" disabled={isBusy} onClick={useBuiltIn}>
            {texts.useBuiltIn}
          </button>
        )}
      </p>
      {preview && <TextPreview preview={preview} />}
      {versions.length > 0 && (
        <>
          <h3>{texts.versions}</h3>
          <ul>
            {versions.map(({ version: one, savedAt }) => (
              <li key={one}>
                {fill(texts.own, { version: String(one) })}, {formatMoment(savedAt)}{' '}
                {one === version ? (
                  texts.sentNow
                ) : mayChange ? (
                  <button type="button" class="plain" disabled={isBusy} onClick={() => restore(one)}>
                    {fill(texts.restore, { version: String(one) })}
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      )}
    </form>
  );
}

const emptyOf = (channel: Text['channel']): Content =>
  channel === 'email' ? { subject: '', body: '', button: '' } : { body: '' };
