// Prints a plan.
import { ARENA, type Instruction, inArena, type Operand, type Plan, type Slot } from './plan.ts';

const place = (number: number): string => (inArena(number) ? `arena+${number - ARENA}` : String(number));

/** One line per instruction: number, kernel, numbers, op and layer; then what the op reads and writes. */
export function printPlan(plan: Plan): string {
  const lines = plan.instructions.map((instruction, i) => {
    const { kernel, numbers } = instruction;
    return `${String(i).padStart(4)}  ${kernel}(${numbers.map(place).join(', ')})  # ${labelOf(instruction)}${operands(instruction)}`;
  });
  return [summarizePlan(plan), ...lines].join('\n');
}

/** Instructions, and arena bytes with and without reuse. */
export function summarizePlan(plan: Plan): string {
  const inputs = plan.inputs.map((slot) => `[${slot.shape.join(', ')}]`).join(' ');
  return `plan for ${inputs || 'no input'}: ${plan.instructions.length} instructions, arena ${plan.arenaBytes} bytes (${plan.bytesWithoutReuse} without reuse)`;
}

/** The op of an instruction, and its layer. */
export const labelOf = ({ op, owner }: Instruction): string => (owner ? `${op} (${owner})` : op);

function operands({ reads, writes }: Instruction): string {
  return reads.length + writes.length === 0 ? '' : `: ${reads.map(operand).join(', ')} -> ${writes.map(slot).join(', ')}`;
}

const operand = (read: Operand): string => (read.name ? `${read.name}@${slot(read)}` : slot(read));

const slot = ({ address, shape, dtype }: Slot): string => `${place(address)} ${dtype === 'float32' ? '' : dtype}[${shape.join(', ')}]`;
