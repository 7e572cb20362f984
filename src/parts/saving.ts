// `keratin/saving`: makes the methods of models that read and write files work in a page.
import type { SavingTools } from '../models/saving-part.ts';
import { provide } from '../runtime/parts.ts';
import { configOfModel, layerOf, modelOfConfig, modelToJSON } from '../saving/config.ts';
import { loadWeights } from '../saving/load-model.ts';
import { saveModel, saveWeights, toKeras, toWeightsH5 } from '../saving/save-model.ts';
import * as schedules from '../schedules/index.ts';

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
  scheduleOf: schedules.get,
};
provide('saving', tools);
