import { useEffect, useState } from 'preact/hooks';
import type { Schemas } from '../../../../client';
import { answerOf, api } from '../../../api/api';
import { useLoad } from '../../../api/use-load';
import { FormField } from '../../../components/form-field';
import { t } from '../../../messages';
import type { Content } from './text-fields';
import { ShownMessage } from './shown-message';

/** So many files are offered; an earlier one has no other people. */
const FILES_OFFERED = 20;
/** The first line of a file has its headings. */
const FIRST_LINE = 2;

interface TextPreviewProps {
  id: string;
  channel: Schemas['MessageText']['channel'];
  /** A text that is not saved; `undefined` for the one that is sent now. */
  content: Content | undefined;
  onError: (error: unknown) => void;
}

/** The message as an example person or a row of a file gets it. */
export function TextPreview({ id, channel, content, onError }: TextPreviewProps) {
  const [importId, setImportId] = useState('');
  const [line, setLine] = useState(FIRST_LINE);
  const [preview, setPreview] = useState<Schemas['TextPreview'] | undefined>();
  const query = { limit: FILES_OFFERED };
  const files = useLoad(() => answerOf(api.GET('/v1/imports', { params: { query } })), []);
  const texts = t.texts;
  const show = (): void => {
    onError(undefined);
    const body = { ...(content && { content }), ...(importId !== '' && { row: { import: importId, line } }) };
    answerOf(api.POST('/v1/texts/{id}/previews', { params: { path: { id } }, body })).then(setPreview, onError);
  };
  useEffect(show, []);
  return (
    <section aria-labelledby="text-preview">
      <h3 id="text-preview">{texts.preview}</h3>
      <form
        class="form preview-form"
        onSubmit={(event) => {
          event.preventDefault();
          show();
        }}
      >
        <FormField id="preview-file" label={texts.previewFor}>
          <select value={importId} onChange={({ currentTarget }) => setImportId(currentTarget.value)}>
            <option value="">{texts.examplePerson}</option>
            {files.value?.data.map((file) => (
              <option key={file.id} value={file.id}>
                {file.fileName}
              </option>
            ))}
          </select>
        </FormField>
        {importId !== '' && (
          <FormField id="preview-line" label={texts.line}>
            <input
              type="number"
              min={1}
              required
              value={line}
              onInput={({ currentTarget }) => setLine(currentTarget.valueAsNumber)}
            />
          </FormField>
        )}
        <button type="submit">{texts.showPreview}</button>
      </form>
      {preview && <ShownMessage preview={preview} channel={channel} />}
    </section>
  );
}
