// Matrix products, with a bias and an activation on the way out.
import { mismatch } from '../common/errors.ts';
import { eitherDim, fitsDim, shapeText } from '../graph/shape.ts';
import { add1 } from '../graph/trace.ts';
import type { Node, Op, Value } from '../graph/value.ts';
import { reshape } from './layout.ts';
import { type MatmulShape, matmulCalls, matmulScratch } from './matmul-plan.ts';
import { sum } from './reduce.ts';
import { reluOp } from './unary.ts';

interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The product's sizes. Operands are matrices, or stacks of matrices of the same height (a matrix serves a whole stack). */
function shapeOf([a, b]: readonly Value[], { transposeA, transposeB }: Transposes): MatmulShape {
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const [p, q] = [a, b].map(({ shape }) => (shape.length === 3 ? shape[0] : undefined));
  const batch = p === undefined || q === undefined ? (p ?? q ?? 1) : eitherDim(p, q);
  return {
    batch,
    m: transposeA ? aColumns : aRows,
    k: transposeA ? aRows : aColumns,
    n: transposeB ? bRows : bColumns,
    strideA: a.shape.length === 3 ? aRows * aColumns : 0,
    strideB: b.shape.length === 3 ? bRows * bColumns : 0,
    transposeA,
    transposeB,
  };
}

const siteShape = (node: Node<Transposes>): MatmulShape => shapeOf(node.inputs, node.attributes);

/** Activations that the kernel applies on the way out, by the code it knows them by. */
const activationCodes = new Map<unknown, number>([[reluOp, 1]]);

const matmulOp: Op<Transposes> = {
  name: 'matmul',
  inferTypes: (inputs, attributes) => {
    const { batch, m, k, n } = shapeOf(inputs, attributes);
    const [a, b] = inputs;
    const inner = attributes.transposeB ? b.shape[b.shape.length - 1] : b.shape[b.shape.length - 2];
    if (!fitsDim(inner, k)) {
      throw mismatch('matmul', 'matching inner dimensions', `${shapeText(a.shape)} and ${shapeText(b.shape)} (${k} and ${inner})`);
    }
    const stacked = a.shape.length === 3 || b.shape.length === 3;
    if (a.shape.length === 3 && b.shape.length === 3 && !fitsDim(a.shape[0], b.shape[0])) {
      throw new RangeError(`matmul: expected stacks of the same height, got ${shapeText(a.shape)} and ${shapeText(b.shape)}.`);
    }
    return [{ shape: stacked ? [batch, m, n] : [m, n], dtype: 'float32' }];
  },
  gradient: (node, [dy]) => {
    if (!dy) return [];
    const [a, b, bias] = node.inputs;
    const { transposeA, transposeB } = node.attributes;
    const da = transposeA ? matmul(b, dy, transposeB, true) : matmul(dy, b, false, !transposeB);
    const db = transposeB ? matmul(dy, a, true, transposeA) : matmul(a, dy, !transposeA, false);
    const whole = (g: Value, like: Value) => (g.shape.length > like.shape.length ? sum(g, 0) : g);
    return [whole(da, a), whole(db, b), bias && sum(dy, dy.shape.map((_, i) => i).slice(0, -1))];
  },
  scratch: (node) => matmulScratch(siteShape(node)),
  flops: (node) => {
    const { batch, m, k, n } = siteShape(node);
    return 2 * batch * m * k * n;
  },
  fuses: (_node, reader) => activationCodes.has(reader.op),
  lower: ({ node, inputs: [a, b, bias = 0], outputs: [y], scratch, fused }) =>
    matmulCalls(siteShape(node), a, b, bias, y, scratch, fused ? (activationCodes.get(fused.op) ?? 0) : 0),
};

/** a x b, each transposed when asked. */
export function matmul(a: Value, b: Value, transposeA = false, transposeB = false): Value {
  return add1(matmulOp, [a, b], { transposeA, transposeB });
}

/** x's last axis through a kernel [in, out], plus a bias: what Dense computes, for x of any rank. */
export function dense(x: Value, kernel: Value, bias?: Value): Value {
  const rows = x.shape.slice(0, -1);
  const flat = reshape(x, [rows.reduce((product, length) => product * length, 1), kernel.shape[0]]);
  const y = add1(matmulOp, bias ? [flat, kernel, bias] : [flat, kernel], { transposeA: false, transposeB: false });
  return reshape(y, [...rows, kernel.shape[1]]);
}
