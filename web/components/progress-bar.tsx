import { formatNumber } from '../messages/format';

interface ProgressBarProps {
  label: string;
  value: number;
  max: number;
  tone?: 'normal' | 'good' | 'bad' | 'still';
}

export const ProgressBar = ({ label, value, max, tone = 'normal' }: ProgressBarProps) => (
  <progress class={`bar bar-${tone}`} aria-label={label} value={value} max={max > 0 ? max : 1}>
    {formatNumber(value)}
  </progress>
);
