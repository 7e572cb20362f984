// Names that Keras would give: the class in snake case, numbered from the second on.

const used = /* @__PURE__ */ new Map<string, number>();

/** `GlobalAveragePooling1D` -> `global_average_pooling1d`, `LSTM` -> `lstm`, `PReLU` -> `p_re_lu`. */
export function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

type IsUpper<C extends string> = C extends Lowercase<C> ? false : true;
type IsLower<C extends string> = C extends Uppercase<C> ? false : true;
type StartsLower<S extends string> = S extends `${infer C}${string}` ? IsLower<C> : false;
type Gap<Before extends string, C extends string, Rest extends string> = Before extends ''
  ? ''
  : IsUpper<C> extends false
    ? ''
    : StartsLower<Rest> extends true
      ? '_'
      : IsLower<Before> extends true
        ? '_'
        : '';

/** `snakeCase` of types: `SnakeCase<'KLDivergence'>` is `'kl_divergence'`. */
export type SnakeCase<S extends string, Before extends string = ''> = S extends `${infer C}${infer Rest}`
  ? `${Gap<Before, C, Rest>}${Lowercase<C>}${SnakeCase<Rest, C>}`
  : '';

/** `learning_rate` as `learningRate`, and `beta_1` as `beta1`. */
export const camelCase = (name: string): string => name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A name as names are compared: case and underscores do not count. */
export const bare = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** The next free name with this prefix: `dense`, `dense_1`, ... */
export function uniqueName(prefix: string, first = 0): string {
  const count = used.get(prefix) ?? first;
  used.set(prefix, count + 1);
  return count === 0 ? prefix : `${prefix}_${count}`;
}

/**
 * Starts the numbering of names anew, as after `keras.backend.clear_session()`. Models that exist keep theirs.
 *
 * ```js
 * new layers.Dense(1).name; // 'dense'
 * clearSession();
 * new layers.Dense(1).name; // 'dense' again
 * ```
 */
export function clearSession(): void {
  used.clear();
}
