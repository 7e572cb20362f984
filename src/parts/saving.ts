// `keratin/saving`: makes models and wrappers of layers read configs in a page.
import { provide } from '../common/parts.ts';
import type { SavingTools } from '../models/saving-part.ts';
import { layerOf, modelOfConfig } from '../saving/keras/config.ts';

const tools: SavingTools = { fromConfig: modelOfConfig, layerOf };
provide('saving', tools);
