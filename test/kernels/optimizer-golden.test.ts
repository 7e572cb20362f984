import { describe, it } from 'vitest';
import type { KernelCall } from '../../src/kernels/kernel-call.ts';
import golden from '../fixtures/optimizers.json';
import { type Buffer, expectClose, Sandbox } from './harness.ts';
import { clipFactor } from './reference/optimizer.ts';

interface Tensor {
  shape: number[];
  data: number[];
}

type Numbers<Name extends string> = Record<Name, number>;

interface Schedule {
  class_name: string;
  config: Numbers<'initial_learning_rate' | 'decay_steps' | 'decay_rate' | 'end_learning_rate' | 'power'> &
    Numbers<'warmup_steps' | 'warmup_target' | 'alpha'> & { staircase: boolean; boundaries: number[]; values: number[] };
}

/** What some optimizer or other has; each reads its own. */
interface Config
  extends Numbers<'beta_1' | 'beta_2' | 'epsilon' | 'rho' | 'momentum' | 'initial_accumulator_value' | 'beta'>,
    Numbers<`l${1 | 2 | '2_shrinkage'}_regularization_strength` | 'learning_rate_power'> {
  learning_rate: number | Schedule;
  weight_decay: number | null;
  clipnorm: number | null;
  global_clipnorm: number | null;
  clipvalue: number | null;
  nesterov: boolean;
  amsgrad: boolean;
  centered: boolean;
}

interface Golden {
  name: string;
  class_name: string;
  config: Config;
  sparse: boolean;
  start: Tensor;
  gradients: (Tensor & { indices?: Tensor; values?: Tensor })[];
  weights_after_step: Tensor[];
}

/** A schedule's rate at `step`, the first one 0. */
function scheduled({ class_name, config: c }: Schedule, step: number): number {
  const [initial, progress] = [c.initial_learning_rate, step / c.decay_steps];
  if (class_name === 'ExponentialDecay') return initial * c.decay_rate ** progress;
  if (class_name === 'InverseTimeDecay') return initial / (1 + c.decay_rate * (c.staircase ? Math.floor(progress) : progress));
  if (class_name === 'PolynomialDecay')
    return (initial - c.end_learning_rate) * (1 - Math.min(progress, 1)) ** c.power + c.end_learning_rate;
  if (class_name === 'PiecewiseConstantDecay') return c.values[c.boundaries.filter((b) => step > b).length];
  if (step < c.warmup_steps) return initial + ((c.warmup_target - initial) * step) / c.warmup_steps;
  const cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min((step - c.warmup_steps) / c.decay_steps, 1)));
  return c.warmup_target * ((1 - c.alpha) * cosine + c.alpha);
}

/** beta1 (1 - 0.96^t / 2), Nadam's schedule, and its product up to t. */
const nadamMomentum = (beta1: number, t: number): number => beta1 * (1 - 0.5 * 0.96 ** t);
const nadamProduct = (beta1: number, t: number): number => (t === 0 ? 1 : nadamMomentum(beta1, t) * nadamProduct(beta1, t - 1));

/** 1 - beta^t with the rounding of f32, which for 0.999 costs five digits and which Keras has too. */
const bias = (beta: number, t: number): number => Math.fround(1 - Math.fround(Math.fround(beta) ** t));

interface Setup {
  kernel: string;
  /** Start values of the slots, undefined for a 0 pointer. */
  slots: (number | undefined)[];
  settings(lr: number, decay: number, t: number): number[];
}

function setup(class_name: string, c: Config): Setup {
  const { beta_1: b1, beta_2: b2, epsilon, rho, momentum } = c;
  switch (class_name) {
    case 'SGD':
      if (!momentum) return { kernel: 'sgd', slots: [], settings: (lr, decay) => [lr, decay] };
      return { kernel: 'sgdMomentum', slots: [0], settings: (lr, decay) => [lr, decay, momentum, Number(c.nesterov)] };
    case 'Adam':
    case 'AdamW': {
      const alpha = (lr: number, t: number) => (lr * Math.sqrt(bias(b2, t))) / bias(b1, t);
      return {
        kernel: 'adam',
        slots: [0, 0, c.amsgrad ? 0 : undefined],
        settings: (lr, decay, t) => [alpha(lr, t), decay, 1 - b1, 1 - b2, epsilon],
      };
    }
    case 'RMSprop': {
      const slots = [0, c.centered ? 0 : undefined, momentum ? 0 : undefined];
      return { kernel: 'rmsprop', slots, settings: (lr, decay) => [lr, decay, rho, 1 - rho, momentum, epsilon] };
    }
    case 'Adagrad':
      return { kernel: 'adagrad', slots: [c.initial_accumulator_value], settings: (lr, decay) => [lr, decay, epsilon] };
    case 'Adadelta':
      return { kernel: 'adadelta', slots: [0, 0], settings: (lr, decay) => [lr, decay, rho, 1 - rho, epsilon] };
    case 'Adamax':
      return { kernel: 'adamax', slots: [0, 0], settings: (lr, decay, t) => [lr, decay, 1 - b1, b2, bias(b1, t), epsilon] };
    case 'Nadam':
      return {
        kernel: 'nadam',
        slots: [0, 0],
        settings(lr, decay, t) {
          const scaleM = nadamMomentum(b1, t + 1) / (1 - nadamProduct(b1, t + 1));
          const scaleG = (1 - nadamMomentum(b1, t)) / (1 - nadamProduct(b1, t));
          return [lr, decay, 1 - b1, 1 - b2, scaleM, scaleG, bias(b2, t), epsilon];
        },
      };
    case 'Ftrl': {
      const l2 = (lr: number) => 2 * c.l2_regularization_strength + c.beta / lr;
      const rest = (lr: number) => [
        -c.learning_rate_power,
        c.l1_regularization_strength,
        l2(lr),
        2 * c.l2_shrinkage_regularization_strength,
      ];
      return { kernel: 'ftrl', slots: [c.initial_accumulator_value, 0], settings: (lr, decay) => [lr, decay, ...rest(lr)] };
    }
    case 'Lion':
      return { kernel: 'lion', slots: [0], settings: (lr, decay) => [lr, decay, b1, 1 - b1, b2, 1 - b2] };
  }
  throw new Error(`no kernel for ${class_name}`);
}

function clipped(gradient: number[], c: Config): number[] {
  const { clipvalue } = c;
  if (clipvalue) return gradient.map((g) => Math.min(Math.max(g, -clipvalue), clipvalue));
  const limit = c.clipnorm ?? c.global_clipnorm;
  if (!limit) return gradient;
  const factor = clipFactor(
    gradient.map((g) => g * g),
    limit,
  );
  return gradient.map((g) => g * factor);
}

/** The rows of a sparse gradient, summed by the kernels: pointers to the rows, their ids and how many there are. */
function summed(box: Sandbox, indices: number[], values: number[], rows: number, dim: number): Buffer[] {
  const n = indices.length;
  const [ids, given] = [box.int32(indices), box.float32(values)];
  const [order, unique, start, count, scratch, sums] = [
    box.int32(n),
    box.int32(n),
    box.int32(n + 1),
    box.int32(1),
    box.int32(2048 + 4 * n),
    box.float32(n * dim),
  ];
  box.run(['sortIds', ids.address, order.address, unique.address, start.address, count.address, scratch.address, n, rows, 1]);
  box.run(['sumRows', given.address, order.address, start.address, count.address, sums.address, dim]);
  return [sums, unique, count];
}

describe('as Keras computed it', () => {
  it.each(golden as unknown as Golden[])('$name', ({ class_name, config, start, gradients, weights_after_step }) => {
    const [rows, dim] = start.shape;
    const { kernel, slots, settings } = setup(class_name, config);
    const box = new Sandbox();
    const weight = box.float32(start.data);
    const slotBuffers = slots.map((value) => (value === undefined ? undefined : box.float32(start.data.map(() => value))));
    gradients.forEach((gradient, step) => {
      const rate = typeof config.learning_rate === 'number' ? config.learning_rate : scheduled(config.learning_rate, step);
      const s = box.float32(settings(rate, rate * (config.weight_decay ?? 0), step + 1));
      const { indices, values } = gradient;
      const [g, unique, count] =
        indices && values ? summed(box, indices.data, values.data, rows, dim) : [box.float32(clipped(gradient.data, config))];
      const pointers = [weight, g, ...slotBuffers].map((buffer) => buffer?.address ?? 0);
      box.run([kernel, ...pointers, s.address, rows, dim, unique?.address ?? 0, count?.address ?? 0] as unknown as KernelCall);
      expectClose(weight.read(), weights_after_step[step].data, { relative: 1e-6, absolute: 2e-7, name: `weights after step ${step}` });
    });
  });
});
