import { useState } from 'preact/hooks';
import type { Schemas } from '../../../../client';
import { answerOf, api } from '../../../api/api';
import { fieldErrorsOf } from '../../../api/field-errors';
import { useLoad } from '../../../api/use-load';
import { Dialog } from '../../../components/dialog';
import { Failure, Loading } from '../../../components/states';
import { tell } from '../../../components/toast';
import { t } from '../../../messages';
import { fill } from '../../../messages/format';
import { TextFields } from './text-fields';
import type { Content } from './text-fields';
import { TextPreview } from './text-preview';
import { TextTest } from './text-test';
import { TextVersions } from './text-versions';
import { titleOf } from './title';

type Text = Schemas['MessageTextWithVersions'];

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
    <Dialog title={value ? titleOf(value) : id} isDrawer onClose={props.onClose}>
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

type EditorProps = Pick<TextEditorProps, 'placeholders' | 'mayChange' | 'onChanged'> & { text: Text };

function Editor({ text, placeholders, mayChange, onChanged }: EditorProps) {
  const { id, channel, version, versions, isBuiltIn } = text;
  const [content, setContent] = useState<Content>(text.content);
  const [error, setError] = useState<unknown>();
  // Until the editor begins anew with what is sent now: what is typed meanwhile would be gone.
  const [isBusy, setIsBusy] = useState(false);
  const texts = t.texts;
  const path = { params: { path: { id } } } as const;
  const isChanged = JSON.stringify(content) !== JSON.stringify(text.content);

  const run = <T,>(asking: Promise<T>, then: (answer: T) => void): void => {
    setIsBusy(true);
    setError(undefined);
    asking.then(then, (refusal: unknown) => {
      setError(refusal);
      setIsBusy(false);
    });
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
  return (
    <>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {error !== undefined && <Failure error={error} />}
        <fieldset disabled={!mayChange || isBusy}>
          <legend class="hidden">{titleOf(text)}</legend>
          <TextFields
            text={text}
            content={content}
            placeholders={placeholders}
            errors={fieldErrorsOf(error)}
            onChange={setContent}
          />
          {mayChange && (
            <p class="actions">
              <button type="submit" class="primary" disabled={isBusy || !isChanged}>
                {t.common.save}
              </button>
              {!isBuiltIn && version !== null && (
                <button type="button" disabled={isBusy} onClick={useBuiltIn}>
                  {texts.useBuiltIn}
                </button>
              )}
            </p>
          )}
        </fieldset>
      </form>
      <TextPreview id={id} channel={channel} content={isChanged ? content : undefined} onError={setError} />
      <TextTest id={id} isChanged={isChanged} />
      {versions.length > 0 && <TextVersions text={text} mayChange={mayChange} isBusy={isBusy} onRestore={restore} />}
    </>
  );
}
