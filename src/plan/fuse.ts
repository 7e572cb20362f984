// Fusion: an op whose kernel can apply the next op on the way out fuses with it, when nobody else reads what lies between.
import type { Node, Value } from '../graph/value.ts';

/** Each node that fuses with its reader, with that reader. */
export function fuse(order: readonly Node[], outputs: readonly Value[]): Map<Node, Node> {
  const readers = new Map<Value, Node[]>();
  for (const node of order) {
    for (const input of node.inputs) {
      const list = readers.get(input);
      if (list) list.push(node);
      else readers.set(input, [node]);
    }
  }
  const fused = new Map<Node, Node>();
  for (const node of order) {
    const { fuses } = node.op;
    if (!fuses || outputs.includes(node.outputs[0])) continue;
    const found = readers.get(node.outputs[0]);
    if (found?.length === 1 && fuses(node, found[0])) fused.set(node, found[0]);
  }
  return fused;
}
