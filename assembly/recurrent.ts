// A recurrence over a whole sequence in one kernel. The inputs' products with the kernel are there already, for all steps;
// threads share the rows of the batch, so that no barrier falls between steps. Groups of rows walk the sequence one after
// another: their states stay in L1 while the packed recurrent kernel, in L2, passes once per step and group.
//
// `matrix` is the recurrent kernel packed by matmulPack: as one matrix of all gates, or, when each gate has a product of its
// own (`separate`), as one matrix per gate. src/primitives/recurrent-plan.ts knows the sizes.
import { array, arrayOrNone, runsOn } from './check';
import { partition } from './partition';
import { GROUP_ROWS, GRU_AFTER, GRU_BEFORE, gatesOf, LSTM, SIMPLE } from './recurrent-cells';
import { gruCandidateAfter, gruCandidateBefore, gruGates, gruUpdate } from './recurrent-gru';
import { lstmStep } from './recurrent-lstm';
import { copyRow, multiplyRows, multiplyStep, packStep } from './recurrent-product';
import { simpleStep } from './recurrent-simple';

export { recurrenceGradient } from './recurrent-gradient';

/**
 * x [batch,steps,gates,units] are the inputs' shares of the gates. h and c [batch,units] hold the states before the sequence
 * and then those after it. Outputs, at address 0 when nobody wants them (extra only with y): the activated gates y (may be x), the states
 * previous [batch,steps,units] before each step, `extra` (LSTM: the cell states before each step; GRU that resets after the
 * product: the candidate's h R + b), outputs [batch,steps,units] in the order of walking, and the last of them, which is
 * never at 0. mask [batch,steps] and dropout [gates,batch,units] may be at 0. Settings are 0 or 1, or an activation's code.
 */
export function recurrence(
  x: usize, matrix: usize, bias: usize, mask: usize, dropout: usize, h: usize, c: usize,
  y: usize, previous: usize, extra: usize, outputs: usize, last: usize, work: usize,
  cell: i32, batch: i32, steps: i32, units: i32, activation: i32, recurrentActivation: i32, backwards: i32, zeroOutput: i32,
  thread: i32, threads: i32,
): void {
  const gates = gatesOf(cell);
  const separate = dropout != 0 || cell == GRU_BEFORE;
  const bytes = (<usize>units) << 2;
  const gateColumns = separate ? (units + 7) & ~7 : units;
  const columns = (gates * gateColumns + 7) & ~7;
  runsOn(thread, threads);
  array(x, batch, steps, gates, units);
  array(matrix, units, separate ? gates * gateColumns : columns);
  arrayOrNone(bias, gates, units);
  arrayOrNone(mask, batch, steps);
  arrayOrNone(dropout, gates, batch, units);
  array(h, batch, units);
  arrayOrNone(c, batch, units);
  arrayOrNone(y, batch, steps, gates, units);
  arrayOrNone(previous, batch, steps, units);
  arrayOrNone(extra, batch, steps, units);
  arrayOrNone(outputs, batch, steps, units);
  array(last, batch, units);
  array(work, (batch + 3) & ~3, 2 * units + columns);
  const gateBytes = (<usize>gateColumns) << 2;
  const productBytes = (<usize>columns) << 2;
  const padded = <usize>((batch + 3) & ~3);
  const end = partition(batch, 4, thread + 1, threads);
  let first = partition(batch, 4, thread, threads);
  memory.fill(last + <usize>first * bytes, 0, <usize>(end - first) * bytes);
  for (; first < end; first += GROUP_ROWS) {
    const rows = min(GROUP_ROWS, end - first);
    const panels = work + <usize>first * bytes;
    const masked = panels + padded * bytes;
    const product = work + 2 * padded * bytes + <usize>first * productBytes;
    const states = h + <usize>first * bytes;
    for (let step = 0; step < steps; step++) {
      const time = backwards ? steps - 1 - step : step;
      if (separate) {
        for (let gate = 0; gate < gates; gate++) {
          const drop = dropout ? dropout + <usize>(gate * batch + first) * bytes : 0;
          let from = states;
          if (cell == GRU_BEFORE && gate == 2) {
            for (let i = 0; i < rows; i++) {
              const at = <usize>(first + i) * <usize>steps + <usize>time;
              const row = <usize>i * bytes;
              const part = product + <usize>i * productBytes;
              const to = y ? y + at * 3 * bytes : part;
              gruGates(x + at * 3 * bytes, part, gateBytes, bias, to, y ? bytes : gateBytes, units, recurrentActivation);
              multiplyRows(to + (y ? bytes : gateBytes), states + row, masked + row, units);
            }
            from = masked;
          }
          if (drop) {
            multiplyRows(from, drop, masked, rows * units);
            from = masked;
          }
          if (from == masked || gate == 0) packStep(from, bytes, rows, panels, units);
          const part = matrix + (<usize>(gate * units) << 2) * <usize>gateColumns;
          multiplyStep(panels, part, rows, units, gateColumns, product + <usize>gate * gateBytes, productBytes, false);
        }
      } else {
        packStep(states, bytes, rows, panels, units);
        multiplyStep(panels, matrix, rows, units, columns, product, productBytes, false);
      }
      for (let i = 0; i < rows; i++) {
        const row = <usize>(first + i) * bytes;
        const at = <usize>(first + i) * <usize>steps + <usize>time;
        const part = product + <usize>i * productBytes;
        const from = x + at * <usize>gates * bytes;
        const to = y ? y + at * <usize>gates * bytes : part;
        const space = y ? bytes : gateBytes;
        const state = h + row;
        const output = last + row;
        if (previous) copyRow(state, previous + at * bytes, units);
        if (extra && cell == LSTM) copyRow(c + row, extra + at * bytes, units);
        if (mask && f32.load(mask + (at << 2)) == 0) {
          if (y) memory.fill(to, 0, <usize>gates * bytes);
          if (extra && cell != LSTM) memory.fill(extra + at * bytes, 0, bytes);
          if (zeroOutput) memory.fill(output, 0, bytes);
        } else {
          if (cell == LSTM) {
            lstmStep(from, part, gateBytes, to, space, state, c + row, units, activation, recurrentActivation);
          } else if (cell == SIMPLE) {
            simpleStep(from, part, to, state, units, activation);
          } else {
            const candidate = to + 2 * space;
            const share = part + 2 * gateBytes;
            if (cell == GRU_AFTER) {
              gruGates(from, part, gateBytes, bias, to, space, units, recurrentActivation);
              gruCandidateAfter(from + 2 * bytes, share, bias ? bias + 2 * bytes : 0, to + space, candidate, units, activation);
              if (extra) copyRow(share, extra + at * bytes, units);
            } else {
              gruCandidateBefore(from + 2 * bytes, share, candidate, units, activation);
            }
            gruUpdate(to, candidate, state, units);
          }
          if (mask || step == steps - 1) copyRow(state, output, units);
        }
        if (outputs) {
          copyRow(mask ? output : state, outputs + (<usize>(first + i) * <usize>steps + <usize>step) * bytes, units);
        }
      }
    }
  }
}
