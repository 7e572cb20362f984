// Callbacks.
export { Callback, type CallbackParams, type Logs } from './callback.ts';
export { History } from './history.ts';
