// Untrusted JSON: bounds and keys are validated before anything is made of it.
import { describe } from '../../common/options.ts';
import { formatError } from './format-error.ts';
import { isObject, type JsonObject } from './json.ts';

/** Bounds for hostile files. */
const MAX_DEPTH = 256;
const MAX_LAYERS = 10_000;
const MAX_NAME = 1024;
const MAX_TEXT = 64 * 1024 * 1024;

/** Keys under which an object's name stands. */
const nameKeys = new Set(['name', 'class_name', 'registered_name', 'module']);

/** The object in a JSON text, checked; its depth is checked before it is parsed. */
export function parseConfig(owner: string, text: string): JsonObject {
  if (text.length > MAX_TEXT)
    throw formatError(owner, `a text of ${text.length} characters, more than ${MAX_TEXT}`, 'Is it the right file?');
  checkDepth(owner, text);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    const error = formatError(owner, `no JSON (${(cause as Error).message})`, 'Is it the right file, and whole?');
    error.cause = cause;
    throw error;
  }
  // The text of a text: JSON.stringify of a model, whose toJSON gives a text as Keras's to_json does.
  return typeof parsed === 'string' ? parseConfig(owner, parsed) : checkConfig(owner, parsed);
}

/** Without recursion, since the parser may have to recurse. */
function checkDepth(owner: string, text: string): void {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (inText) {
      if (unit === 92) i++;
      else if (unit === 34) inText = false;
    } else if (unit === 34) inText = true;
    else if (unit === 91 || unit === 123) {
      if (++depth > MAX_DEPTH) throw tooDeep(owner);
    } else if (unit === 93 || unit === 125) depth--;
  }
}

const tooDeep = (owner: string) =>
  formatError(owner, `more than ${MAX_DEPTH} levels of brackets`, 'No model needs them: is it the right file?');

/** A config that was parsed already, or made by the caller: an object of plain data, not too deep, without keys that mean something to JS. */
export function checkConfig(owner: string, config: unknown): JsonObject {
  if (!isObject(config))
    throw formatError(owner, `${describe(config)} instead of an object with class_name and config`, 'Pass a config of Keras.');
  let level: unknown[] = [config];
  let layers = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw tooDeep(owner);
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'number' && !Number.isFinite(value))
        throw formatError(owner, `the number ${value}`, 'Numbers of a config are finite.');
      if (typeof value !== 'object' || value === null) continue;
      if (!Array.isArray(value)) layers += checkKeys(owner, value as JsonObject);
      if (layers > MAX_LAYERS) throw formatError(owner, `more than ${MAX_LAYERS} layers`, 'Is it the right file?');
      for (const item of Array.isArray(value) ? value : Object.values(value)) next.push(item);
    }
    // Shared objects are visited once, or objects that hold themselves twice would double at each level.
    level = [...new Set(next)];
  }
  return config;
}

/** The number of layers listed in it. */
function checkKeys(owner: string, value: JsonObject): number {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    if (Object.hasOwn(value, key)) throw formatError(owner, `the key '${key}'`, 'No config of Keras has it: do not trust this file.');
  }
  for (const key of nameKeys) {
    const name = value[key];
    if (typeof name === 'string' && name.length > MAX_NAME)
      throw formatError(owner, `a ${key} of ${name.length} characters`, `At most ${MAX_NAME} are read.`);
  }
  return Array.isArray(value.layers) ? value.layers.length : 0;
}
