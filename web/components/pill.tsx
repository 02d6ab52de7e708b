import type { ComponentChildren } from 'preact';

export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'quiet';
const SIGN: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', warn: '!', busy: '●', quiet: '–' };

/** A state in a word. The sign says the same as the colour. */
export const Pill = ({ tone, children }: { tone: Tone; children: ComponentChildren }) => (
  <span class={`pill pill-${tone}`}>
    <span aria-hidden="true">{SIGN[tone]}</span> {children}
  </span>
);
