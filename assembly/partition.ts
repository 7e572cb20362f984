// How the threads of a kernel share its outputs. Each output element belongs to one thread and its value never depends on
// the number of threads, so the bits are the same for any count.

/** First index of `thread`'s share of 0..n, shares being whole multiples of `grain` (the last one may be shorter). */
export function partition(n: i32, grain: i32, thread: i32, threads: i32): i32 {
  const blocks = (n + grain - 1) / grain;
  const start = <i32>(((<i64>blocks) * (<i64>thread)) / (<i64>threads)) * grain;
  return start < n ? start : n;
}
