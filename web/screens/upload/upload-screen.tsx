import { useEffect, useRef, useState } from 'preact/hooks';
import type { Schemas } from '../../../client';
import { sendForm } from '../../api/api';
import { textOf } from '../../api/problem';
import { fieldErrorsOf } from '../../api/field-errors';
import { DropZone } from '../../components/drop-zone';
import { ProgressBar } from '../../components/progress-bar';
import { Failure } from '../../components/states';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { count, fill, formatBytes, formatPercent } from '../../messages/format';
import { goTo } from '../../routing/route';
import { useSession } from '../../shell/session';
import { AT_ONCE, scheduleOf, WhenFields } from '../schedule/when-fields';
import { ACCEPTED, faultOf } from './check-file';
import { UploadOptions } from './upload-options';
import type { Options } from './upload-options';

/** A file with this key is sent once, however often the button is pressed after a lost answer. */
interface Chosen {
  files: File[];
  idempotencyKey: string;
}

const choose = (files: File[]): Chosen => ({ files, idempotencyKey: crypto.randomUUID() });

export function UploadScreen() {
  const { organisation, mayImport } = useSession();
  const { limits } = organisation;
  const [options, setOptions] = useState<Options>({ kind: 'clients', onExisting: 'error' });
  const [when, setWhen] = useState(AT_ONCE);
  const [chosen, setChosen] = useState<Chosen>(choose([]));
  const [sending, setSending] = useState<'apply' | 'preview' | undefined>();
  const [error, setError] = useState<unknown>();
  const [part, setPart] = useState(0);
  const isGone = useRef(false);
  useEffect(() => () => void (isGone.current = true), []);
  useEffect(() => {
    if (sending === undefined) return undefined;
    // Closing the window would end the upload; going elsewhere on this page does not.
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [sending]);
  const texts = t.upload;
  if (!mayImport)
    return (
      <>
        <h1>{texts.title}</h1>
        <p class="notice">{texts.readOnly}</p>
      </>
    );

  const faults = chosen.files.map((file) => faultOf(file, limits));
  const wrong = faults.filter((fault) => fault !== undefined).length;
  const isTooMany = chosen.files.length > limits.filesPerUpload;
  const canSend = chosen.files.length > 0 && wrong === 0 && !isTooMany && !sending;

  async function send(mode: 'apply' | 'preview'): Promise<void> {
    setSending(mode);
    setError(undefined);
    setPart(0);
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...options, ...scheduleOf(when), mode })) form.append(name, value);
    for (const file of chosen.files) form.append('files', file);
    try {
      const headers = { 'Idempotency-Key': chosen.idempotencyKey };
      const { batch, imports } = await sendForm<Schemas['AcceptedUpload']>('/v1/imports', form, headers, setPart);
      if (isGone.current) tell(count(chosen.files.length, texts.uploaded));
      else goTo(chosen.files.length === 1 ? ['imports', imports[0]!.id] : ['batches', batch]);
    } catch (reason) {
      if (isGone.current) tell(textOf(reason));
      setError(reason);
      setSending(undefined);
    }
  }

  return (
    <>
      <h1>{options.kind === 'staff' ? texts.titleStaff : texts.title}</h1>
      <DropZone
        label={texts.choose}
        accept={ACCEPTED}
        onFiles={(files) => {
          setChosen(choose([...chosen.files, ...files]));
          setError(undefined);
        }}
      >
        <p class="drop-text">{texts.drop}</p>
        <p class="quiet small">
          {fill(texts.limits, {
            files: limits.filesPerUpload,
            rows: limits.rowsPerFile,
            bytes: formatBytes(limits.bytesPerFile),
          })}
        </p>
        <p class="small templates">
          {texts.templates}{' '}
          {(['clients', 'staff'] as const).map((kind) => (
            <span key={kind}>
              {kind === 'clients' ? texts.templateClients : texts.templateStaff}{' '}
              <a href={`/v1/templates/${kind}.xlsx`} download>
                Excel
              </a>{' '}
              <a href={`/v1/templates/${kind}.csv`} download>
                CSV
              </a>{' '}
            </span>
          ))}
        </p>
      </DropZone>
      {chosen.files.length > 0 && (
        <section aria-label={count(chosen.files.length, texts.files)}>
          <ul class="files">
            {chosen.files.map((file, i) => (
              <li key={`${file.name}-${i}`} class={faults[i] === undefined ? undefined : 'files-wrong'}>
                <span class="files-name">{file.name}</span>
                <span class="quiet small">{formatBytes(file.size)}</span>
                {faults[i] !== undefined && (
                  <span class="field-error" role="alert">
                    {faults[i]}
                  </span>
                )}
                <button
                  type="button"
                  class="plain"
                  aria-label={fill(texts.remove, { name: file.name })}
                  disabled={sending !== undefined}
                  onClick={() => setChosen(choose(chosen.files.filter((other) => other !== file)))}
                >
                  ✕
                </button>
              </li>
            ))}
          </ul>
          {wrong > 0 && chosen.files.length > 1 && (
            <p>
              <button
                type="button"
                onClick={() => setChosen(choose(chosen.files.filter((_, i) => faults[i] === undefined)))}
              >
                {count(wrong, texts.removeWrong)}
              </button>
            </p>
          )}
          {isTooMany && (
            <p class="field-error" role="alert">
              {fill(texts.wrong.many, { files: limits.filesPerUpload })}
            </p>
          )}
        </section>
      )}
      <UploadOptions options={options} onChange={setOptions} />
      <details class="when" open={organisation.sending.at !== null || organisation.sending.spread !== null}>
        <summary>{t.schedule.later}</summary>
        <WhenFields when={when} errors={fieldErrorsOf(error)} onChange={setWhen} byDefault={organisation.sending} />
      </details>
      {error !== undefined && <Failure error={error} />}
      {sending !== undefined && (
        <div class="uploading">
          <ProgressBar label={texts.sending} value={part} max={1} />
          <p class="quiet small">{part < 1 ? fill(texts.sent, { part: formatPercent(part) }) : texts.checking}</p>
        </div>
      )}
      <div class="choices">
        <div>
          <button type="button" class="primary" disabled={!canSend} onClick={() => void send('apply')}>
            {sending === 'apply' ? texts.sending : texts.now}
          </button>
          <p class="quiet small">{texts.nowHint}</p>
        </div>
        <div>
          <button type="button" disabled={!canSend} onClick={() => void send('preview')}>
            {sending === 'preview' ? texts.sending : texts.look}
          </button>
          <p class="quiet small">{texts.lookHint}</p>
        </div>
      </div>
    </>
  );
}
