// The way back through a recurrence: the gradients of all gates of all steps, in one kernel. Those of the weights are plain
// matrix products of what this leaves behind.
import { array, arrayOrNone, runsOn } from './check';
import { partition } from './partition';
import { gruResetGradient, gruStepGradientAfter, gruStepGradientBefore } from './recurrent-gru';
import { GROUP_ROWS, GRU_AFTER, GRU_BEFORE, gatesOf, LSTM, SIMPLE } from './recurrent-cells';
import { lstmStepGradient } from './recurrent-lstm';
import { addProductRows, addRows, clearRow, multiplyRows, multiplyStep, packStep } from './recurrent-product';
import { simpleStepGradient } from './recurrent-simple';

/**
 * y, previous and extra as `recurrence` left them; `matrix` is its recurrent kernel transposed and packed, in one or, with
 * dropout or when a GRU resets before the product, per gate. dOutputs [batch,steps,units] may be at 0. dLast, dh and dc
 * [batch,units] hold the gradients by the last output and the last states; dh and dc then those by the states before the
 * sequence, dLast is used up. Outputs: dx [batch,steps,gates,units] (may be y), and for a GRU that resets after the product
 * the gradients dr by h R + b, of the same shape.
 */
export function recurrenceGradient(
  y: usize, previous: usize, extra: usize, matrix: usize, mask: usize, dropout: usize, dOutputs: usize,
  dLast: usize, dh: usize, dc: usize, dx: usize, dr: usize, work: usize,
  cell: i32, batch: i32, steps: i32, units: i32, activation: i32, recurrentActivation: i32, backwards: i32, zeroOutput: i32,
  thread: i32, threads: i32,
): void {
  const gates = gatesOf(cell);
  const separate = dropout != 0 || cell == GRU_BEFORE;
  const bytes = (<usize>units) << 2;
  const gatesBytes = <usize>gates * bytes;
  const stepsBytes = <usize>steps * gatesBytes;
  const columns = (units + 7) & ~7;
  runsOn(thread, threads);
  array(y, batch, steps, gates, units);
  arrayOrNone(previous, batch, steps, units);
  arrayOrNone(extra, batch, steps, units);
  array(matrix, gates, units, columns);
  arrayOrNone(mask, batch, steps);
  arrayOrNone(dropout, gates, batch, units);
  arrayOrNone(dOutputs, batch, steps, units);
  array(dLast, batch, units);
  array(dh, batch, units);
  arrayOrNone(dc, batch, units);
  array(dx, batch, steps, gates, units);
  arrayOrNone(dr, batch, steps, gates, units);
  array(work, (batch + 3) & ~3, 2 * columns + (2 * gates + 2) * units);
  const stateBytes = (<usize>columns) << 2;
  const padded = <usize>((batch + 3) & ~3);
  const end = partition(batch, 4, thread + 1, threads);
  for (let first = partition(batch, 4, thread, threads); first < end; first += GROUP_ROWS) {
    const rows = min(GROUP_ROWS, end - first);
    const states = work + <usize>first * stateBytes;
    const product = states + padded * stateBytes;
    const panels = work + 2 * padded * stateBytes + <usize>first * gatesBytes;
    const row = work + padded * (2 * stateBytes + gatesBytes) + <usize>first * (gatesBytes + 2 * bytes);
    memory.fill(states, 0, <usize>((rows + 3) & ~3) * stateBytes);
    for (let i = 0; i < rows; i++) memory.copy(states + <usize>i * stateBytes, dh + <usize>(first + i) * bytes, bytes);
    for (let step = steps - 1; step >= 0; step--) {
      const time = backwards ? steps - 1 - step : step;
      for (let i = 0; i < rows; i++) {
        const at = <usize>(first + i) * <usize>steps + <usize>time;
        const state = states + <usize>i * stateBytes;
        const output = dLast + <usize>(first + i) * bytes;
        const from = y + at * gatesBytes;
        const to = dx + at * gatesBytes;
        const before = previous + at * bytes;
        if (dOutputs) addRows(output, dOutputs + (<usize>(first + i) * <usize>steps + <usize>step) * bytes, output, units);
        if (mask && f32.load(mask + (at << 2)) == 0) {
          // Without zeroOutput the output was that of the step before, which has its gradient coming.
          if (zeroOutput) memory.fill(output, 0, bytes);
          memory.fill(to, 0, gatesBytes);
          if (dr) memory.fill(dr + at * gatesBytes, 0, gatesBytes);
          continue;
        }
        addRows(state, output, state, units);
        clearRow(output, units);
        if (cell == LSTM) {
          const memoryCell = dc + <usize>(first + i) * bytes;
          lstmStepGradient(from, extra + at * bytes, state, memoryCell, to, row, units, activation, recurrentActivation);
        } else if (cell == SIMPLE) {
          simpleStepGradient(from, state, to, units, activation);
        } else if (cell == GRU_AFTER) {
          const share = extra + at * bytes;
          gruStepGradientAfter(from, share, before, state, to, dr + at * gatesBytes, row, units, activation, recurrentActivation);
        } else {
          gruStepGradientBefore(from, before, state, to, row, units, activation, recurrentActivation);
        }
      }
      const d = (dr ? dr : dx) + (<usize>first * <usize>steps + <usize>time) * gatesBytes;
      if (!separate) {
        packStep(d, stepsBytes, rows, panels, gates * units);
        multiplyStep(panels, matrix, rows, gates * units, columns, states, stateBytes, true);
        continue;
      }
      for (let gate = gates - 1; gate >= 0; gate--) {
        // The candidate of a GRU is the last gate, and what r needs comes out of its product.
        const resets = cell == GRU_BEFORE && gate == 2;
        const direct = !dropout && !resets;
        packStep(d + <usize>gate * bytes, stepsBytes, rows, panels, units);
        const part = matrix + (<usize>(gate * units) << 2) * <usize>columns;
        multiplyStep(panels, part, rows, units, columns, direct ? states : product, stateBytes, direct);
        if (direct) continue;
        for (let i = 0; i < rows; i++) {
          const at = <usize>(first + i) * <usize>steps + <usize>time;
          const state = states + <usize>i * stateBytes;
          const share = product + <usize>i * stateBytes;
          const drop = dropout ? dropout + <usize>(gate * batch + first + i) * bytes : 0;
          if (!resets) {
            addProductRows(share, drop, state, units);
          } else if (!mask || f32.load(mask + (at << 2)) != 0) {
            if (drop) multiplyRows(share, drop, share, units);
            const reset = at * gatesBytes + bytes;
            gruResetGradient(y + reset, previous + at * bytes, share, state, dx + reset, units, recurrentActivation);
          }
        }
      }
    }
    for (let i = 0; i < rows; i++) memory.copy(dh + <usize>(first + i) * bytes, states + <usize>i * stateBytes, bytes);
  }
}
