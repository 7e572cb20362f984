// Makes models from the configs of getConfig, of the classes passed in.
import { checkOptions } from '../../common/options.ts';
import * as constraints from '../../constraints/classes.ts';
import * as initializers from '../../initializers/classes.ts';
import type { Layer } from '../../layers/base/layer.ts';
import * as regularizers from '../../regularizers/classes.ts';
import { checkConfig } from './check-json.ts';
import type { JsonObject } from './json.ts';
import { KnownClasses } from './known-classes.ts';
import { type ConfigOptions, type ModelClass, reading, readModel } from './read-model.ts';

/**
 * A model of class `Class`. What a config was made of in this program is known; of a config from elsewhere, all classes of layers are among
 * the custom objects, those of the package too, since a program carries only what it names.
 */
export function modelOfConfig(owner: string, Class: ModelClass, config: unknown, options: ConfigOptions = {}): Layer {
  checkOptions(owner, options, ['customObjects', 'maxParameters']);
  const known = new KnownClasses({
    namespaces: { initializer: initializers, regularizer: regularizers, constraint: constraints },
    ops: [],
    models: {},
    remembers: true,
    advice: 'Pass all classes in customObjects, such as { Dense }, or use modelFromJSON(model.toJSON()), which knows those of the package.',
  });
  const checked: JsonObject = checkConfig(owner, config);
  const root = { class_name: checked.input_layers === undefined ? 'Sequential' : 'Functional', config: checked };
  return reading(owner, options, known, (context) => readModel(root, context, Class));
}
