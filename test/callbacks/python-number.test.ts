import { describe, expect, it } from 'vitest';
import { type Field, floatRepr, formatTemplate } from '../../src/callbacks/python-number.ts';
import recorded from '../fixtures/python_format.json';

const format = (value: number, spec: string, kind: Field['kind']) =>
  formatTemplate('test', `{x${spec ? `:${spec}` : ''}}`, new Map([['x', { value, kind }]]));

describe('numbers as Python prints them', () => {
  it('repr of floats', () => {
    for (const { value, repr } of recorded.floats) expect(floatRepr(Number(value)), repr).toBe(repr);
  });

  it('format of floats', () => {
    for (const { value, formats } of recorded.floats) {
      for (const [spec, text] of Object.entries(formats)) expect(format(Number(value), spec, 'float'), `${value} ${spec}`).toBe(text);
    }
  });

  it('format of whole numbers', () => {
    for (const { value, formats } of recorded.ints) {
      for (const [spec, text] of Object.entries(formats)) expect(format(value, spec, 'int'), `${value} ${spec}`).toBe(text);
    }
  });

  it('templates with several names, braces and nothing at all', () => {
    const fields = new Map<string, Field>([
      ['epoch', { value: 3, kind: 'int' }],
      ['val_loss', { value: 0.6532, kind: 'float' }],
    ]);
    expect(formatTemplate('test', 'a/{epoch:02d}-{val_loss:.2f}-{epoch}.npz', fields)).toBe('a/03-0.65-3.npz');
    expect(formatTemplate('test', '{{epoch}} {epoch}', fields)).toBe('{epoch} 3');
    expect(formatTemplate('test', 'plain', fields)).toBe('plain');
    expect(() => formatTemplate('test', '{val_acc}', fields)).toThrow(
      "test: expected names in braces that are known when the file is written, got '{val_acc}'. They are epoch, val_loss.",
    );
    expect(() => formatTemplate('test', '{val_loss:02d}', fields)).toThrow("got '02d'");
    expect(() => formatTemplate('test', '{val_loss:.2}', fields)).toThrow("got '.2'");
    expect(() => formatTemplate('test', '{val_loss:>8}', fields)).toThrow("got '>8'");
  });
});
