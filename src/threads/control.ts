// The words that the caller and the workers share, one Int32Array.
//
// An instruction is offered in TICKET: its number in the high 24 bits, the chunks nobody has taken in the low 8. Whoever lowers
// the low bits by an exchange has taken a chunk; the caller takes chunks like everyone else, so it waits only for chunks that
// a worker has begun, never for a worker to wake up. The other words are written while no chunk is left to take.

export const TICKET = 0;
/** Shares that workers have finished. */
export const DONE = 16;
/** Shares in which a worker met an error. */
export const FAILED = 17;
/** 1 while the caller sleeps until DONE changes. */
export const WAITING = 18;
/** Workers that sleep until TICKET changes. */
export const SLEEPERS = 32;
/** Workers that have started. */
export const READY = 33;
/** The task on offer: the kernel's place among all kernels, the address of its numbers / 8, how many, and threads. */
export const KERNEL = 48;
export const NUMBERS = 49;
export const COUNT = 50;
export const THREADS = 51;
/** From here, for each chunk, the number of the last instruction for which it was finished. */
export const FINISHED = 64;

export const MAX_CHUNKS = 128;
export const WORDS = FINISHED + MAX_CHUNKS;

export const LEFT = 255;
export const NUMBER_BITS = 8;
/** Instructions are numbered modulo this. */
export const NUMBERS_LIMIT = 2 ** 24;
