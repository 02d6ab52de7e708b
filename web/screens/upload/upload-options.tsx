import { t } from '../../messages';

export interface Options {
  kind: 'clients' | 'staff';
  onExisting: 'error' | 'invite' | 'skip' | 'update';
}

const KINDS = ['clients', 'staff'] as const;
const ON_EXISTING = ['error', 'invite', 'skip', 'update'] as const;

export function UploadOptions({ options, onChange }: { options: Options; onChange: (options: Options) => void }) {
  const texts = t.upload;
  return (
    <div class="options">
      <label>
        {texts.kind.label}
        <select
          value={options.kind}
          onChange={({ currentTarget }) => onChange({ ...options, kind: currentTarget.value as Options['kind'] })}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {texts.kind[kind]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {texts.onExisting.label}
        <select
          value={options.onExisting}
          onChange={({ currentTarget }) =>
            onChange({ ...options, onExisting: currentTarget.value as Options['onExisting'] })
          }
        >
          {ON_EXISTING.map((what) => (
            <option key={what} value={what}>
              {texts.onExisting[what]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
