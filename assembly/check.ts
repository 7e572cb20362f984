// What kernels demand of their numbers, said at the entry of each. Only the debug kernels ask (KERATIN_CHECK): where the compiler
// is told `noAssert`, nothing of this is left. What fails gives the number at fault as the line of `abort`, and the host adds the
// kernel's name and all of its numbers.

/** Nothing of the host lies below: no buffer does. */
const FIRST_ADDRESS: usize = 65536;

function demandThread(thread: i32, threads: i32): void {
  if (thread < 0 || thread >= threads) abort('a thread below the number of threads', null, thread);
}

function demandSize(n: i32): void {
  if (n < 0) abort('a size of at least 0', null, n);
}

function demandId(id: i32, bound: i32): void {
  if (<u32>id >= <u32>bound) abort('an id below the number of rows', null, id);
}

function demandBuffer(pointer: usize, elements: i64): void {
  if (elements <= 0) return;
  if (pointer & 3) abort('an address that is a multiple of 4', null, <i32>pointer);
  if (pointer < FIRST_ADDRESS) abort('an address of a buffer', null, <i32>pointer);
  if (<i64>pointer + elements * 4 > <i64>memory.size() << 16) abort('a buffer that ends within the memory', null, <i32>pointer);
}

function demandArray(pointer: usize, d0: i32, d1: i32, d2: i32, d3: i32): void {
  demandSize(d0);
  demandSize(d1);
  demandSize(d2);
  demandSize(d3);
  demandBuffer(pointer, <i64>d0 * d1 * d2 * d3);
}

function demandStrided(pointer: usize, d0: i32, s0: i32, d1: i32, s1: i32, d2: i32, s2: i32, d3: i32, s3: i32): void {
  demandArray(0, d0, d1, d2, 0);
  demandSize(d3);
  if (!d0 || !d1 || !d2 || !d3) return;
  let low: i64 = 0, high: i64 = 0;
  const a = <i64>(d0 - 1) * s0;
  const b = <i64>(d1 - 1) * s1;
  const c = <i64>(d2 - 1) * s2;
  const d = <i64>(d3 - 1) * s3;
  low = min<i64>(a, 0) + min<i64>(b, 0) + min<i64>(c, 0) + min<i64>(d, 0);
  high = max<i64>(a, 0) + max<i64>(b, 0) + max<i64>(c, 0) + max<i64>(d, 0);
  demandBuffer(pointer + <usize>(low * 4), high - low + 1);
}

function demandRows(table: usize, ids: usize, count: i32, dim: i32): void {
  for (let i = 0; i < count; i++) {
    const id = load<i32>(ids + (<usize>i << 2));
    if (id < 0) abort('ids of at least 0', null, id);
    demandBuffer(table + <usize>id * (<usize>dim << 2), dim);
  }
}

function demandIds(ids: usize, count: i32, bound: i32): void {
  for (let i = 0; i < count; i++) demandId(load<i32>(ids + (<usize>i << 2)), bound);
}

/** The share of the work that this call is for. */
// @ts-ignore: decorator
@inline
export function runsOn(thread: i32, threads: i32): void {
  if (!ASC_NO_ASSERT) demandThread(thread, threads);
}

/** An array of 4-byte elements lies at the address. */
// @ts-ignore: decorator
@inline
export function array(pointer: usize, d0: i32, d1: i32 = 1, d2: i32 = 1, d3: i32 = 1): void {
  if (!ASC_NO_ASSERT) demandArray(pointer, d0, d1, d2, d3);
}

/** The same, or nothing lies there: address 0. */
// @ts-ignore: decorator
@inline
export function arrayOrNone(pointer: usize, d0: i32, d1: i32 = 1, d2: i32 = 1, d3: i32 = 1): void {
  if (!ASC_NO_ASSERT) demandArray(pointer, pointer ? d0 : 0, d1, d2, d3);
}

/** An array that is walked by strides, in elements; negative ones walk back from the address. */
// @ts-ignore: decorator
@inline
export function strided(pointer: usize, d0: i32, s0: i32, d1: i32, s1: i32, d2: i32 = 1, s2: i32 = 0, d3: i32 = 1, s3: i32 = 0): void {
  if (!ASC_NO_ASSERT) demandStrided(pointer, d0, s0, d1, s1, d2, s2, d3, s3);
}

/** Rows of a table, by ids[count], end within the memory. */
// @ts-ignore: decorator
@inline
export function rowsById(table: usize, ids: usize, count: i32, dim: i32): void {
  if (!ASC_NO_ASSERT) demandRows(table, ids, count, dim);
}

/** Each of ids[count] is at least 0 and less than `bound`. */
// @ts-ignore: decorator
@inline
export function idsBelow(bound: i32, ids: usize, count: i32): void {
  if (!ASC_NO_ASSERT) demandIds(ids, count, bound);
}
