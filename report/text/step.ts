import type { Step } from '../../program/step.ts';
import { describeBytes } from './bytes.ts';

/**
 * A step in one line: operation, surface, then its other fields as they stand in the program file. The
 * same for every target, so that two traces can be compared as text.
 */
export function describeStep(step: Step): string {
  const { op, ...fields } = step;
  const { via, ...rest } = fields as Record<string, unknown>;
  const words = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${describeValue(value)}`);
  return [op, ...(via === undefined ? [] : [`via ${String(via)}`]), ...words].join(' ');
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return /^[\w?./-]+$/u.test(value) ? value : describeBytes(value);
  if (Array.isArray(value)) return `[${value.map(describeValue).join(' ')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  const parts = Object.entries(value).map(([key, part]) => `${key}=${describeValue(part)}`);
  return `{${parts.join(' ')}}`;
}
