import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';

/** How often something is saved: 'epoch', or a number of batches. */
export function checkFrequency(owner: string, frequency: unknown): 'epoch' | number {
  if (frequency === 'epoch') return frequency;
  if (Number.isSafeInteger(frequency) && (frequency as number) > 0) return frequency as number;
  throw mismatch(owner, "saveFreq to be 'epoch' or a number of batches", describe(frequency));
}
