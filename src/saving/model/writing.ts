// The context of serializing a model or an object.
import { mismatch } from '../../common/errors.ts';
import type { AnyClass } from '../../common/spec.ts';
import type { Layer, Shapes } from '../../layers/base/layer.ts';
import type { JsonObject } from './json.ts';

export interface Writing {
  /** Layers that several models or wrappers share, each with its number in the file. */
  readonly shared: ReadonlyMap<Layer, number>;
  /** The user's classes by their names in the file. */
  readonly classes: Map<string, AnyClass>;
  /** Writes a layer inside another, which may be a model, with the shape that it was built for. */
  readonly layer: (layer: Layer, inputShape: Shapes | undefined) => JsonObject;
}

/** Notes the class of an object; a file cannot tell two classes of one name apart. */
export function noteClass({ classes }: Writing, className: string, Class: AnyClass): void {
  const known = classes.get(className);
  if (known !== undefined && known !== Class) {
    throw mismatch(
      'saving',
      'classes of different names',
      `two named '${className}'`,
      'Give each a static className of its own; minifiers rename classes that have none.',
    );
  }
  classes.set(className, Class);
}
