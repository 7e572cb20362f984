// One table between the keys of Keras's files, in snake_case, and those of the code, in camelCase.
import { camelCase } from '../../common/names.ts';

/** Keys that the rule does not convert. */
const odd: readonly (readonly [code: string, file: string])[] = [
  ['beta1', 'beta_1'],
  ['beta2', 'beta_2'],
  ['N', 'N'],
];

/** `kernelInitializer` as `kernel_initializer`, `beta1` as `beta_1`. */
export function fileKey(key: string): string {
  const found = odd.find(([code]) => code === key);
  return found ? found[1] : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `kernel_initializer` as `kernelInitializer`, `beta_1` as `beta1`. */
export const codeKey = (key: string): string => odd.find(([, file]) => file === key)?.[0] ?? camelCase(key);

const floats = /* @__PURE__ */ new Set(
  (
    'alpha beta beta_1 beta_2 bias_correction clipnorm clipvalue decay_rate delta dropout ema_momentum end_learning_rate epsilon gain ' +
    'global_clipnorm initial_accumulator_value initial_learning_rate l1 l2 label_smoothing learning_rate m_mul max_value mean ' +
    'momentum negative_slope power rate recurrent_dropout rho stddev t_mul threshold warmup_target weight_decay'
  ).split(' '),
);

/** Keys of numbers that Keras takes as floats only, or always writes so: SGD refuses a momentum of 0 that is not 0.0. */
export const isFloatKey = (key: string): boolean => floats.has(key);
