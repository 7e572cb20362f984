// One table between the keys of Keras's files, in snake_case, and those of the code, in camelCase.
import { camelCase } from '../names.ts';

/** Keys that do not follow from each other by the rule. */
const odd: readonly (readonly [code: string, file: string])[] = [
  ['beta1', 'beta_1'],
  ['beta2', 'beta_2'],
];

/** `kernelInitializer` as `kernel_initializer`, `beta1` as `beta_1`. */
export function fileKey(key: string): string {
  const found = odd.find(([code]) => code === key);
  return found ? found[1] : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `kernel_initializer` as `kernelInitializer`, `beta_1` as `beta1`. */
export const codeKey = (key: string): string => odd.find(([, file]) => file === key)?.[0] ?? camelCase(key);
