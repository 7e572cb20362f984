import { describe, expect, it } from 'vitest';
import { bucketsOf } from '../../../src/callbacks/tensorboard/buckets.ts';
import { histogram, kerasGraph, scalar, summaryEvent, versionEvent } from '../../../src/callbacks/tensorboard/events.ts';
import { double, int, message } from '../../../src/callbacks/tensorboard/proto.ts';
import { record } from '../../../src/callbacks/tensorboard/records.ts';
import { crc32c, events, fields, records, rowsOf, scalarOf } from './decode.ts';

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

describe('formats of event files', () => {
  it('protobuf fields, byte by byte', () => {
    expect(hex(int(1, 150))).toBe('08 96 01'); // the example of the encoding guide
    expect(hex(int(2, 0))).toBe('10 00');
    expect(hex(int(1, -1))).toBe('08 ff ff ff ff ff ff ff ff ff 01');
    expect(hex(int(3, 2 ** 40))).toBe('18 80 80 80 80 80 20');
    expect(hex(message(2, 'testing'))).toBe('12 07 74 65 73 74 69 6e 67');
    expect(hex(message(16, [int(1, 150)]))).toBe('82 01 03 08 96 01');
    expect(hex(double(1, 1))).toBe('09 00 00 00 00 00 00 f0 3f');
    expect(fields(int(2, 2 ** 53 - 1))).toEqual([{ number: 2, value: 9007199254740991n }]);
    expect((fields(message(5, 'ä'.repeat(100)))[0].value as Uint8Array).length).toBe(200);
  });

  it('records with both checksums', () => {
    expect(crc32c(ascii('123456789')).toString(16)).toBe('e3069283');
    // What TensorFlow writes for an empty record: the length 0 and its masked checksum, then the one of nothing.
    expect(hex(record(new Uint8Array(0)))).toBe('00 00 00 00 00 00 00 00 29 03 98 07 d8 ea 82 a2');
    const payload = ascii('123456789');
    expect(records(record(payload))).toEqual([payload]);
    const damaged = record(payload);
    damaged[14] ^= 1;
    expect(() => records(damaged)).toThrow('wrong checksum of the payload');
  });

  it('a scalar, byte by byte', () => {
    const expected = [
      '09 00 00 00 00 00 00 f8 3f', // wall_time: 1.5
      '10 03', // step: 3
      '2a 23', // summary, 35 bytes
      '0a 21', // value, 33 bytes
      '0a 04 6c 6f 73 73', // tag: loss
      '42 0a 08 01 12 00 22 04 00 00 00 3f', // tensor: DT_FLOAT, no axes, 0.5
      '4a 0d', // metadata, 13 bytes
      '0a 09 0a 07 73 63 61 6c 61 72 73', // plugin_data: scalars
      '20 01', // data_class: DATA_CLASS_SCALAR
    ];
    expect(hex(summaryEvent(1.5, 3, [scalar('loss', 0.5)]))).toBe(expected.join(' '));
    expect(hex(versionEvent(1.5))).toBe(`09 00 00 00 00 00 00 f8 3f 1a 0d ${hex(ascii('brain.Event:2'))}`);
  });

  it('values of every kind come back', () => {
    const weights = Float32Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1000) / 1000 - 0.5);
    const parts = [
      versionEvent(1),
      summaryEvent(2, 5, [scalar('a', -0.1), scalar('b', NaN), histogram('w', weights)]),
      summaryEvent(3, 0, [kerasGraph('{"ä":1}')]),
    ];
    const whole = parts.map(record).flatMap((bytes) => [...bytes]);
    const { times, values } = events(Uint8Array.from(whole));
    expect(times).toEqual([1, 2, 3]);
    expect(values.map(({ step, tag, plugin, content, dataClass }) => [step, tag, plugin, content, dataClass])).toEqual([
      [5, 'a', 'scalars', '', 1],
      [5, 'b', 'scalars', '', 1],
      [5, 'w', 'histograms', '', 2],
      [0, 'keras', 'graph_keras_model', '1', 0],
    ]);
    expect([scalarOf(values[0]), scalarOf(values[1])]).toEqual([Math.fround(-0.1), NaN]);
    const rows = rowsOf(values[2]);
    expect(rows.reduce((sum, [, , count]) => sum + count, 0)).toBe(1000);
    expect([rows[0][0], rows[29][1]]).toEqual([Math.fround(-0.5), Math.fround(0.499)]);
    expect([values[3].dtype, values[3].strings]).toEqual([7, ['{"ä":1}']]);
  });

  it('buckets of odd data', () => {
    const total = (rows: Float64Array) => rows.filter((_, i) => i % 3 === 2).reduce((a, b) => a + b, 0);
    expect(bucketsOf(new Float32Array(0))).toEqual(new Float64Array(90));
    expect(bucketsOf(Float32Array.of(NaN, Infinity))).toEqual(new Float64Array(90));
    const same = bucketsOf(Float32Array.of(2, 2, NaN, 2));
    expect([...same.slice(-3)]).toEqual([2, 2, 3]);
    expect(total(same)).toBe(3);
    const two = bucketsOf(Float32Array.of(0, 30, 30));
    expect([...two.slice(0, 3), ...two.slice(-3)]).toEqual([0, 1, 1, 29, 30, 2]);
    expect(total(bucketsOf(Float32Array.of(-3e38, 3e38, 1e-45, 0)))).toBe(4);
  });
});
