// Graphs computed without a plan: node after node in order of creation, every value in a buffer of its own, an overwritten
// value copied first. What a plan must agree with, bit for bit.
import type { Trace } from '../../src/graph/trace.ts';
import type { Node, Value } from '../../src/graph/value.ts';
import type { KernelCall } from '../../src/kernels/kernel-call.ts';
import { kernels } from '../../src/kernels/kernels.ts';
import { allocate, free, uint32At } from '../../src/kernels/memory.ts';

export function interpret(trace: Trace, wanted: readonly Value[], inputs: readonly Float32Array[]): Float32Array[] {
  const owned: number[] = [];
  const place = new Map<Value, number>();
  const buffer = (bytes: number): number => {
    owned.push(allocate(bytes));
    return owned[owned.length - 1];
  };
  const copy = (from: number, words: number): number => {
    const to = buffer(words * 4);
    uint32At(to, words).set(uint32At(from, words));
    return to;
  };
  const addressOf = (value: Value): number => {
    if (!place.has(value) && value.variable) place.set(value, copy(value.variable.address, value.size));
    return place.get(value) as number;
  };
  for (const [i, value] of trace.inputs.entries()) {
    place.set(value, buffer(value.size * 4));
    uint32At(addressOf(value), value.size).set(new Uint32Array(inputs[i].buffer, inputs[i].byteOffset, value.size));
  }
  for (const { value, write } of trace.feeds) {
    place.set(value, buffer(value.size * 4));
    write(addressOf(value));
  }
  for (const node of nodesOf(trace, wanted)) {
    const given = node.inputs.map(addressOf);
    if (!node.op.lower) {
      place.set(node.outputs[0], given[0]);
      continue;
    }
    for (const output of node.outputs) place.set(output, buffer(output.size * 4));
    for (const [output, input] of node.op.aliases ?? []) {
      given[input] = copy(given[input], node.inputs[input].size);
      place.set(node.outputs[output], given[input]);
    }
    const scratch = buffer(node.op.scratch?.(node) ?? 0);
    for (const call of node.op.lower({ node, inputs: given, outputs: node.outputs.map(addressOf), scratch, fused: undefined })) play(call);
  }
  const results = wanted.map((value) => new Float32Array(uint32At(addressOf(value), value.size).slice().buffer));
  for (const address of owned) free(address);
  return results;
}

export function play([name, ...numbers]: KernelCall | readonly [string, ...number[]], thread = 0, threads = 1): void {
  (kernels()[name as KernelCall[0]] as (...n: number[]) => void)(...numbers, thread, threads);
}

function nodesOf(trace: Trace, wanted: readonly Value[]): Node[] {
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const input of node.inputs) if (input.node) visit(input.node);
  };
  for (const node of trace.effects) visit(node);
  for (const value of wanted) if (value.node) visit(value.node);
  return [...seen].sort((a, b) => a.id - b.id);
}
