import { cloneElement } from 'preact';
import type { VNode } from 'preact';

interface FormFieldProps {
  /** Unique on the screen. */
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** The input, select or textarea. */
  children: VNode<object>;
}

/** A labelled control with its hint, and what is wrong with its value. */
export const FormField = ({ id, label, hint, error, children }: FormFieldProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    {cloneElement(children, {
      id,
      'aria-invalid': error !== undefined,
      'aria-describedby': [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
        .filter(Boolean)
        .join(' '),
    })}
    {hint !== undefined && (
      <p id={`${id}-hint`} class="quiet small">
        {hint}
      </p>
    )}
    {error !== undefined && (
      <p id={`${id}-error`} class="field-error" role="alert">
        {error}
      </p>
    )}
  </div>
);
