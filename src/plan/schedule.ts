// The order of the nodes: inputs before their readers, and a node that overwrites a buffer after every other reader of it.
import { mismatch, type ValueError } from '../common/errors.ts';
import type { Node, Value } from '../graph/value.ts';

/** The nodes that `outputs` and `effects` need, in an order that is safe to run; what `first` needs stands before all else. */
export function schedule(outputs: readonly Value[], effects: readonly Node[], first: readonly Value[] = []): Node[] {
  const nodes = reachable(outputs, effects);
  const readers = new Map<Value, Node[]>();
  for (const node of nodes) {
    for (const input of new Set(node.inputs)) {
      const list = readers.get(input);
      if (list) list.push(node);
      else readers.set(input, [node]);
    }
  }
  const order: Node[] = [];
  const state = new Map<Node, 'visiting' | 'done'>();
  const visit = (node: Node): void => {
    if (state.get(node) === 'done') return;
    if (state.get(node) === 'visiting') throw overwritten(node, 'one that is read again after it was assigned');
    state.set(node, 'visiting');
    for (const input of node.inputs) if (input.node) visit(input.node);
    for (const [, input] of node.op.aliases ?? []) {
      if (outputs.some((output) => rootOf(output) === rootOf(node.inputs[input]))) {
        throw overwritten(node, 'one that is given as a result and assigned');
      }
      for (const reader of readersOfBuffer(node.inputs[input], readers)) if (reader !== node) visit(reader);
    }
    state.set(node, 'done');
    order.push(node);
  };
  for (const { node } of first) if (node) visit(node);
  for (const node of nodes) visit(node);
  return order;
}

/** What was read of a weight shows its memory, which an assignment changes. */
const overwritten = ({ owner, op }: Node, got: string): ValueError =>
  mismatch(owner || op.name, 'old contents of a weight that are read before it is assigned', got, 'Copy them first: ops.add(weight, 0).');

/** Everything that reads the value's buffer, through views of it too. */
function readersOfBuffer(value: Value, readers: ReadonlyMap<Value, readonly Node[]>): Node[] {
  const found: Node[] = [];
  const visit = (v: Value): void => {
    for (const reader of readers.get(v) ?? []) {
      if (reader.op.lower) found.push(reader);
      else visit(reader.outputs[0]);
    }
  };
  visit(rootOf(value));
  return found;
}

/** The value that a view, or a view of a view, looks at. */
export function rootOf(value: Value): Value {
  let root = value;
  while (root.node && !root.node.op.lower) root = root.node.inputs[0];
  return root;
}

/** In order of creation, which puts inputs first. */
function reachable(outputs: readonly Value[], effects: readonly Node[]): Node[] {
  const seen = new Set<Node>();
  const stack: Node[] = [...effects];
  for (const output of outputs) if (output.node) stack.push(output.node);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const input of node.inputs) if (input.node && !seen.has(input.node)) stack.push(input.node);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}
