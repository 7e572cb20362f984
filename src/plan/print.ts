// Prints a plan.
import { ARENA, inArena, type Plan } from './plan.ts';

const place = (number: number): string => (inArena(number) ? `arena+${number - ARENA}` : String(number));

/** One line per instruction: number, kernel, numbers, op and layer. */
export function printPlan(plan: Plan): string {
  const lines = plan.instructions.map(({ kernel, numbers, op, owner }, i) => {
    const label = owner ? `${op} (${owner})` : op;
    return `${String(i).padStart(4)}  ${kernel}(${numbers.map(place).join(', ')})  # ${label}`;
  });
  return [summarizePlan(plan), ...lines].join('\n');
}

/** Instructions, and arena bytes with and without reuse. */
export function summarizePlan(plan: Plan): string {
  const inputs = plan.inputs.map((slot) => `[${slot.shape.join(', ')}]`).join(' ');
  return `plan for ${inputs || 'no input'}: ${plan.instructions.length} instructions, arena ${plan.arenaBytes} bytes (${plan.bytesWithoutReuse} without reuse)`;
}
