// Reverse-mode differentiation, graph in and graph out.
import { currentTrace } from './trace.ts';
import { type Gradient, isIndexedSlices, type Node, type Value } from './value.ts';

/** How gradients that meet at one value are combined; given by the ops, which the graph knows nothing of. */
export interface GradientArithmetic {
  add(a: Value, b: Value): Value;
  densify(gradient: Gradient): Value;
  concatenate(parts: readonly Gradient[]): Gradient;
}

/**
 * The gradients of `target` by each of `wrt`, as nodes added to the trace; undefined where `target` does not depend on it.
 * @param seeds the gradient that comes in at each target
 */
export function gradients(
  targets: readonly Value[],
  seeds: readonly Value[],
  wrt: readonly Value[],
  arithmetic: GradientArithmetic,
): (Gradient | undefined)[] {
  const needed = dependents(targets, new Set(wrt));
  const parts = new Map<Value, Gradient[]>();
  const arrive = (value: Value, gradient: Gradient) => {
    const list = parts.get(value);
    if (list) list.push(gradient);
    else parts.set(value, [gradient]);
  };
  for (const [i, target] of targets.entries()) arrive(target, seeds[i]);
  for (const node of needed) {
    if (!node.op.gradient || !node.outputs.some((output) => parts.has(output))) continue;
    const upstream = node.outputs.map((output) => dense(combine(parts.get(output), arithmetic), arithmetic));
    const { gradient } = node.op;
    const given = currentTrace().withOwner(node.owner, () => gradient(node, upstream));
    for (const [i, g] of given.entries()) if (g) arrive(node.inputs[i], g);
  }
  return wrt.map((value) => combine(parts.get(value), arithmetic));
}

function combine(parts: readonly Gradient[] | undefined, arithmetic: GradientArithmetic): Gradient | undefined {
  if (!parts) return undefined;
  if (parts.length === 1) return parts[0];
  if (parts.every(isIndexedSlices)) return arithmetic.concatenate(parts);
  return parts.map((part) => arithmetic.densify(part)).reduce((a, b) => arithmetic.add(a, b));
}

function dense(gradient: Gradient | undefined, arithmetic: GradientArithmetic): Value | undefined {
  return gradient && arithmetic.densify(gradient);
}

/** The nodes on a way from `wrt` to the targets, latest first. */
function dependents(targets: readonly Value[], wrt: ReadonlySet<Value>): Node[] {
  const reaches = new Map<Node, boolean>();
  const visit = (node: Node): boolean => {
    const known = reaches.get(node);
    if (known !== undefined) return known;
    let found = false;
    for (const input of node.inputs) {
      // Both are asked: one of `wrt` may lie on the way to another.
      const leads = input.node !== undefined && visit(input.node);
      if (leads || wrt.has(input)) found = true;
    }
    reaches.set(node, found);
    return found;
  };
  for (const target of targets) if (target.node) visit(target.node);
  return [...reaches.keys()].filter((node) => reaches.get(node)).sort((a, b) => b.id - a.id);
}
