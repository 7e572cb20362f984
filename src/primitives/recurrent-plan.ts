// Which kernels compute a recurrence, and what scratch they need.
import type { KernelCall } from '../kernels/kernel-call.ts';

/** A kind of cell: the code that assembly/recurrent-cells.ts knows it by, and what it has. */
export interface Cell {
  readonly name: string;
  readonly code: number;
  readonly gates: number;
  /** Has a second state. */
  readonly memory: boolean;
  /** Leaves more behind for its gradient than gates and states. */
  readonly extra: boolean;
  /** Each gate's product needs the one before. */
  readonly staged: boolean;
}

export const simpleCell: Cell = { name: 'simpleRnn', code: 0, gates: 1, memory: false, extra: false, staged: false };
export const lstmCell: Cell = { name: 'lstm', code: 1, gates: 4, memory: true, extra: true, staged: false };
/** Resets after the product with the recurrent kernel. */
export const gruCell: Cell = { name: 'gru', code: 2, gates: 3, memory: false, extra: true, staged: false };
/** Resets before the product. */
export const gruBeforeCell: Cell = { name: 'gru', code: 3, gates: 3, memory: false, extra: false, staged: true };

/** Sizes and settings, as the kernels take them. */
export interface Recurrence {
  readonly cell: Cell;
  readonly batch: number;
  readonly steps: number;
  readonly units: number;
  readonly activation: number;
  readonly recurrentActivation: number;
  readonly backwards: boolean;
  readonly zeroOutput: boolean;
  /** A mask on the states for each gate's product. */
  readonly dropout: boolean;
}

const roundUp = (n: number, width: number): number => Math.ceil(n / width) * width;

/** Whether each gate has a product of its own. */
const isSeparate = ({ cell, dropout }: Recurrence): boolean => cell.staged || dropout;

interface Sizes {
  /** Elements of the recurrent kernel gate by gate. */
  readonly parts: number;
  /** Elements of the packed recurrent kernel. */
  readonly matrix: number;
  /** Elements of the recurrence's work space. */
  readonly work: number;
}

function forwardSizes(r: Recurrence): Sizes {
  const { cell, units } = r;
  const rows = roundUp(r.batch, 4);
  if (!isSeparate(r)) {
    const columns = roundUp(cell.gates * units, 8);
    return { parts: 0, matrix: roundUp(units * columns, 4), work: rows * (2 * units + columns) };
  }
  const columns = cell.gates * roundUp(units, 8);
  return { parts: roundUp(cell.gates * units * units, 4), matrix: units * columns, work: rows * (2 * units + columns) };
}

function backwardSizes(r: Recurrence): Sizes {
  const { cell, units } = r;
  const separate = isSeparate(r);
  const columns = roundUp(units, 8);
  return {
    parts: separate ? roundUp(cell.gates * units * units, 4) : 0,
    matrix: cell.gates * units * columns,
    work: roundUp(r.batch, 4) * (2 * columns + (2 * cell.gates + 2) * units),
  };
}

const bytesOf = ({ parts, matrix, work }: Sizes): number => (parts + matrix + work) * 4;

export const recurrenceScratch = (r: Recurrence): number => bytesOf(forwardSizes(r));
export const recurrenceGradientScratch = (r: Recurrence): number => bytesOf(backwardSizes(r)) + r.batch * r.units * 4;

/** Packs the recurrent kernel [units, gates * units]: whole, or each gate's share of its columns. */
function packCalls(r: Recurrence, transposed: boolean, kernel: number, parts: number, matrix: number): KernelCall[] {
  const {
    units,
    cell: { gates },
  } = r;
  const alongK = transposed ? 1 : 0;
  if (!isSeparate(r)) {
    const [size, k] = transposed ? [units, gates * units] : [gates * units, units];
    return [['matmulPack', kernel, matrix, 1, 0, size, k, alongK, 8]];
  }
  const square = units * units;
  return [
    ['copyStrided', kernel, parts, 1, gates, units, units, 0, units, gates * units, 1, 0, square, units, 1],
    ['matmulPack', parts, matrix, gates, square, units, units, alongK, 8],
  ];
}

/** Addresses of {@link recurrenceCalls}; 0 for what is not given or not wanted. */
export interface RecurrenceBuffers {
  readonly x: number;
  readonly kernel: number;
  readonly bias: number;
  readonly mask: number;
  readonly dropout: number;
  readonly h0: number;
  readonly c0: number;
  readonly y: number;
  readonly previous: number;
  readonly extra: number;
  readonly outputs: number;
  readonly last: number;
  readonly h: number;
  readonly c: number;
  readonly scratch: number;
}

const settings = (r: Recurrence) =>
  [r.cell.code, r.batch, r.steps, r.units, r.activation, r.recurrentActivation, r.backwards ? 1 : 0, r.zeroOutput ? 1 : 0] as const;

/** `to` becomes a copy of `from`, or zeros if that is 0. */
const startCall = (from: number, to: number, n: number): KernelCall =>
  from ? ['copyStrided', from, to, 1, 1, 1, n, 0, 0, 0, 1, 0, 0, 0, 1] : ['fill', to, n, 0];

export function recurrenceCalls(r: Recurrence, at: RecurrenceBuffers): KernelCall[] {
  const size = r.batch * r.units;
  if (size === 0) return [];
  const { parts, matrix } = forwardSizes(r);
  const packed = at.scratch + parts * 4;
  const work = packed + matrix * 4;
  return [
    ...packCalls(r, false, at.kernel, at.scratch, packed),
    startCall(at.h0, at.h, size),
    ...(r.cell.memory ? [startCall(at.c0, at.c, size)] : []),
    [
      'recurrence',
      at.x,
      packed,
      at.bias,
      at.mask,
      at.dropout,
      at.h,
      at.c,
      at.y,
      at.previous,
      at.extra,
      at.outputs,
      at.last,
      work,
      ...settings(r),
    ],
  ];
}

/** Addresses of {@link recurrenceGradientCalls}; 0 for what is not given. */
export interface GradientBuffers {
  readonly y: number;
  readonly previous: number;
  readonly extra: number;
  readonly kernel: number;
  readonly mask: number;
  readonly dropout: number;
  readonly dOutputs: number;
  readonly dLast: number;
  readonly dh: number;
  readonly dc: number;
  readonly dx: number;
  readonly dr: number;
  readonly dh0: number;
  readonly dc0: number;
  readonly scratch: number;
}

export function recurrenceGradientCalls(r: Recurrence, at: GradientBuffers): KernelCall[] {
  const size = r.batch * r.units;
  if (size === 0) return [];
  const sizes = backwardSizes(r);
  const packed = at.scratch + sizes.parts * 4;
  const work = packed + sizes.matrix * 4;
  const carry = at.scratch + bytesOf(sizes);
  return [
    ...packCalls(r, true, at.kernel, at.scratch, packed),
    startCall(at.dLast, carry, size),
    startCall(at.dh, at.dh0, size),
    ...(r.cell.memory ? [startCall(at.dc, at.dc0, size)] : []),
    [
      'recurrenceGradient',
      at.y,
      at.previous,
      at.extra,
      packed,
      at.mask,
      at.dropout,
      at.dOutputs,
      carry,
      at.dh0,
      at.dc0,
      at.dx,
      at.dr,
      work,
      ...settings(r),
    ],
  ];
}
