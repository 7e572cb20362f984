// Events of TensorBoard. Numbers of fields: tensorflow/core/util/event.proto and core/framework/{summary,tensor,tensor_shape}.proto.
import { join, utf8, viewOf } from '../../files/bytes.ts';
import { BUCKETS, bucketsOf } from './buckets.ts';
import { double, int, message } from './proto.ts';

const FLOAT = 1; // DataType
const DOUBLE = 2;
const STRING = 7;
const SCALAR_CLASS = 1; // DataClass
const TENSOR_CLASS = 2;

/** A value of a summary, encoded. */
export type SummaryValue = Uint8Array;

/** An event: seconds since 1970, the step, and what was seen. */
export const summaryEvent = (seconds: number, step: number, values: readonly SummaryValue[]): Uint8Array<ArrayBuffer> =>
  join([double(1, seconds), int(2, step), message(5, values)]);

/** The first event of a file. */
export const versionEvent = (seconds: number): Uint8Array<ArrayBuffer> => join([double(1, seconds), message(3, 'brain.Event:2')]);

/** A number for the plugin of scalars. */
export function scalar(tag: string, value: number): SummaryValue {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setFloat32(0, value, true);
  return summary(tag, metadata('scalars', SCALAR_CLASS), tensor(FLOAT, [], message(4, bytes)));
}

/** The distribution of values for the plugin of histograms: 30 rows of left edge, right edge and count. */
export function histogram(tag: string, values: Float32Array): SummaryValue {
  const rows = bucketsOf(values);
  const bytes = new Uint8Array(rows.length * 8);
  const view = viewOf(bytes);
  for (const [i, value] of rows.entries()) view.setFloat64(i * 8, value, true);
  return summary(tag, metadata('histograms', TENSOR_CLASS), tensor(DOUBLE, [BUCKETS, 3], message(4, bytes)));
}

/** The structure of a model for the plugin of graphs. */
export function kerasGraph(json: string): SummaryValue {
  const plugin = message(1, [message(1, 'graph_keras_model'), message(2, '1')]);
  return summary('keras', plugin, tensor(STRING, [], message(8, utf8(json))));
}

const summary = (tag: string, meta: Uint8Array, value: Uint8Array): SummaryValue =>
  message(1, [message(1, tag), message(8, value), message(9, meta)]);

const metadata = (plugin: string, dataClass: number): Uint8Array => join([message(1, [message(1, plugin)]), int(4, dataClass)]);

const tensor = (dtype: number, shape: readonly number[], contents: Uint8Array): Uint8Array =>
  join([
    int(1, dtype),
    message(
      2,
      shape.map((length) => message(2, [int(1, length)])),
    ),
    contents,
  ]);
