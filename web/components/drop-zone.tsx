import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';

interface DropZoneProps {
  label: string;
  /** For the dialog of the browser, such as `.csv,.xlsx`. */
  accept: string;
  onFiles: (files: File[]) => void;
  children: ComponentChildren;
}

/** Takes files that are dropped or chosen, any number. */
export function DropZone({ label, accept, onFiles, children }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const take = (files: FileList | null | undefined): void => {
    if (files && files.length > 0) onFiles([...files]);
  };
  return (
    <div
      class={isOver ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <input
        ref={input}
        id="files"
        type="file"
        class="hidden"
        multiple
        accept={accept}
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          // The same file can be chosen again after it was mended.
          currentTarget.value = '';
        }}
      />
      <label for="files" class="button primary">
        {label}
      </label>
      {children}
    </div>
  );
}
