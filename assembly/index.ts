// Every kernel, by name. A kernel takes inputs, outputs, sizes, settings, thread, threads; it never allocates, waits or fails.
export * from './core';
export * from './functions';
export * from './integers';
export * from './layers';
