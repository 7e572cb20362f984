// Lowers a traced graph to a flat list of instructions: kernel names and numbers.

import { mismatch } from '../common/errors.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Trace } from '../graph/trace.ts';
import type { Node, Storage, Value } from '../graph/value.ts';
import type { KernelCall, KernelName } from '../kernels/kernel-call.ts';
import { fuse } from './fuse.ts';
import { type Lifetime, placeInArena } from './memory-planner.ts';
import { rootOf, schedule } from './schedule.ts';

/**
 * Numbers from here on, up to 2 GiB more, are offsets into the arena, whose place is known when the plan is run. Settings of
 * kernels are float32, and no float32 lies between 2^54 and 2^54 + 2^31, while doubles there still count in steps of 4 bytes.
 */
export const ARENA = 2 ** 54 + 64;
const ARENA_LIMIT = 2 ** 31 - 64;

/** Whether a number of an instruction is an address in the arena. */
export const inArena = (number: number): boolean => number >= ARENA && number < ARENA + ARENA_LIMIT;

/** Where a plan's input or output lies, and what it is. */
export interface Slot {
  readonly address: number;
  readonly shape: readonly number[];
  readonly dtype: Value['dtype'];
}

/** What an instruction reads: a slot, and the name of the variable that it is of, if it is one's. */
export interface Operand extends Slot {
  readonly name: string;
}

/** One step of a plan: a kernel, its numbers, and what it is for. */
export interface Instruction {
  readonly kernel: KernelName;
  readonly numbers: readonly number[];
  /** The op and the layer it belongs to. */
  readonly op: string;
  readonly owner: string;
  readonly flops: number;
  readonly bytes: number;
  /** Whether its op writes over an input. */
  readonly inPlace: boolean;
  /** What its op reads; empty for all but the last instruction of an op. */
  readonly reads: readonly Operand[];
  /** The buffers it leaves behind; empty for all but the last instruction of an op. */
  readonly writes: readonly Slot[];
}

/** Plain data: it prints, compares and clones. Addresses in the arena (`inArena`) are relative to it. */
export interface Plan {
  readonly instructions: readonly Instruction[];
  /** The number of instructions after which what is to be checked is there, and nothing has been changed. */
  readonly checkAt: number;
  readonly inputs: readonly Slot[];
  readonly outputs: Slot[];
  readonly feeds: readonly Slot[];
  readonly arenaBytes: number;
  /** What the arena would take if no two buffers shared a byte. */
  readonly bytesWithoutReuse: number;
  /** Guard words: addresses of the bytes between buffers, when asked for; then no two buffers share a byte. */
  readonly guards: readonly number[];
}

/** Bytes of a guard between two buffers. */
export const GUARD_BYTES = 64;

interface PlanOptions {
  /** Whether guards lie between buffers. */
  readonly guarded?: boolean;
  /** Those of the outputs that are looked at before anything is changed. */
  readonly checked?: readonly Value[];
}

export function buildPlan(trace: Trace, outputs: readonly Value[], { guarded = false, checked = [] }: PlanOptions = {}): Plan {
  const order = schedule(outputs, trace.effects, checked);
  const early = new Set(checked.flatMap((value) => nodeOf(value) ?? []));
  const fused = fuse(order, outputs);
  const fusedReaders = new Set(fused.values());
  const buffers = assignBuffers(order, trace, outputs, fused);
  const lifetimes = [
    ...new Set([...buffers.of.values()].filter((b) => b.lifetime).map((b) => b.lifetime as Lifetime)),
    ...buffers.scratch.values(),
  ];
  // A guard holds until the end of the run only where no other buffer may take its bytes.
  if (guarded) for (const lifetime of lifetimes) [lifetime.first, lifetime.last] = [-1, order.length];
  const arenaBytes = placeInArena(lifetimes, guarded ? GUARD_BYTES : 0);
  if (arenaBytes > ARENA_LIMIT)
    throw new RangeError(`keratin: expected a plan of at most ${ARENA_LIMIT} bytes, got ${arenaBytes}. Use a smaller batch.`);
  const address = (value: Value, reader?: Node): number => {
    const buffer = buffers.of.get(value);
    if (!buffer) {
      throw mismatch(
        reader?.owner || reader?.op.name || 'a call',
        'values of this call',
        'one of another',
        'Values live only during a call: keep numbers in weights, or as Tensors.',
      );
    }
    return buffer.lifetime ? ARENA + buffer.lifetime.offset : (buffer.address as number);
  };
  const slot = (value: Value): Slot => ({ address: address(value), shape: value.shape, dtype: value.dtype });
  const instructions: Instruction[] = [];
  let checkAt = 0;
  for (const node of order) {
    if (!node.op.lower || fusedReaders.has(node)) continue;
    const calls = node.op.lower({
      node,
      inputs: node.inputs.map((input) => address(input, node)),
      outputs: node.outputs.map((output) => address(output)),
      scratch: ARENA + (buffers.scratch.get(node)?.offset ?? 0),
      fused: fused.get(node),
    });
    for (const [i, call] of calls.entries())
      instructions.push(instruction(node, fused.get(node) ?? node, call, i === calls.length - 1, slot));
    if (early.has(node) || early.has(fused.get(node) ?? node)) checkAt = instructions.length;
  }
  return {
    instructions,
    checkAt,
    inputs: trace.inputs.map(slot),
    outputs: outputs.map(slot),
    feeds: trace.feeds.map((feed) => slot(feed.value)),
    arenaBytes,
    bytesWithoutReuse: lifetimes.reduce((sum, l) => sum + l.bytes, 0),
    guards: guarded ? lifetimes.map((l) => ARENA + l.offset + l.bytes) : [],
  };
}

/** `writer` is the node itself, or the one that it fuses. */
function instruction(node: Node, writer: Node, call: KernelCall, last: boolean, slot: (value: Value) => Slot): Instruction {
  const [kernel, ...numbers] = call;
  const elements = [...node.inputs, ...writer.outputs].reduce((sum, value) => sum + value.size, 0);
  return {
    kernel,
    numbers,
    op: node.op.name,
    owner: node.owner,
    flops: last ? (node.op.flops?.(node) ?? node.outputs[0].size) : 0,
    bytes: last ? elements * 4 : 0,
    inPlace: node.outputs.some((output) => node.inputs.some((input) => slot(output).address === slot(input).address)),
    reads: last ? node.inputs.map((input) => ({ ...slot(input), name: variableOf(input)?.name ?? '' })) : [],
    writes: last ? writer.outputs.map(slot).filter(({ address }) => address !== 0) : [],
  };
}

/** The variable whose contents a value is, be it under another shape. */
const variableOf = (value: Value): Storage | undefined => rootOf(value).variable;

/** The node that computes a value, be it under another shape. */
const nodeOf = (value: Value): Node | undefined => rootOf(value).node;

interface Buffer {
  /** Where it lies when it is a variable's. */
  readonly address?: number;
  readonly lifetime?: Lifetime;
}

/** Decides which values share a buffer: views, overwritten variables, and outputs that take over a dying input. */
function assignBuffers(order: readonly Node[], trace: Trace, outputs: readonly Value[], fused: ReadonlyMap<Node, Node>) {
  const fusedReaders = new Set(fused.values());
  const end = order.length;
  const lastReader = new Map<Value, number>();
  for (const [i, node] of order.entries()) for (const input of node.inputs) lastReader.set(input, i);
  for (const output of outputs) lastReader.set(output, end);

  const of = new Map<Value, Buffer>();
  const scratch = new Map<Node, Lifetime>();
  const fresh = (value: Value, first: number, { size }: Value = value): Buffer => ({
    lifetime: { bytes: size * 4, first, last: lastReader.get(value) ?? first, offset: 0 },
  });
  const share = (value: Value, buffer: Buffer): void => {
    of.set(value, buffer);
    if (buffer.lifetime) buffer.lifetime.last = Math.max(buffer.lifetime.last, lastReader.get(value) ?? -1);
  };

  for (const value of trace.inputs) of.set(value, fresh(value, -1));
  for (const feed of trace.feeds) of.set(feed.value, fresh(feed.value, -1));
  for (const [i, node] of order.entries()) {
    for (const input of node.inputs) if (input.variable && !of.has(input)) of.set(input, { address: input.variable.address });
    const taken = new Map<number, number>((node.op.aliases ?? []).map(([output, input]) => [output, input]));
    if (!node.op.lower || fusedReaders.has(node)) taken.set(0, 0);
    else if (!taken.has(0)) {
      const input = dyingInput(node, i, of);
      if (input !== undefined) taken.set(0, input);
    }
    for (const [k, output] of node.outputs.entries()) {
      const input = taken.get(k);
      const buffer = input === undefined ? undefined : of.get(node.inputs[input]);
      if (node.op.optional?.includes(k) && !lastReader.has(output)) of.set(output, { address: 0 });
      else if (buffer) share(output, buffer);
      // What is written is the fused node's output, which may be smaller.
      else of.set(output, fresh(output, i, k === 0 ? fused.get(node)?.outputs[0] : output));
    }
    const bytes = node.op.scratch?.(node) ?? 0;
    if (bytes > 0) scratch.set(node, { bytes, first: i, last: i, offset: 0 });
  }
  for (const output of outputs) {
    if (output.variable && !of.has(output)) of.set(output, { address: output.variable.address });
  }
  return { of, scratch };
}

/** An input whose buffer dies with this node and has the output's size. */
function dyingInput(node: Node, at: number, of: ReadonlyMap<Value, Buffer>): number | undefined {
  const size = sizeOf(node.outputs[0].shape);
  return node.op.inPlace?.find((input) => {
    const lifetime = of.get(node.inputs[input])?.lifetime;
    return lifetime !== undefined && lifetime.last === at && node.inputs[input].size === size;
  });
}
