// `keratin/saving`: makes the methods of models that read and write files work in a page.

import { provide } from '../common/parts.ts';
import type { SavingTools } from '../models/saving-part.ts';
import { configOfModel, layerOf, modelOfConfig, modelToJSON } from '../saving/keras/config.ts';
import { loadWeights } from '../saving/keras/load-model.ts';
import { saveModel, saveWeights, toKeras, toWeightsH5 } from '../saving/keras/save-model.ts';

const tools: SavingTools = {
  save: saveModel,
  saveWeights,
  toKeras,
  toWeightsH5,
  loadWeights,
  toJSON: modelToJSON,
  getConfig: configOfModel,
  fromConfig: modelOfConfig,
  layerOf,
};
provide('saving', tools);
