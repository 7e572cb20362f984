import { describe, expect, it } from 'vitest';
import { ValueError } from '../../src/common/errors.ts';
import { recurrentActivationCode, recurrentActivations } from '../../src/primitives/recurrent-activations.ts';

describe('activations of recurrent cells', () => {
  it('have a code each', () => {
    const codes = recurrentActivations.map((name) => recurrentActivationCode('lstm', 'activation', name));
    expect(new Set(codes).size).toBe(recurrentActivations.length);
    expect(recurrentActivationCode('lstm', 'activation', 'linear')).toBe(0);
  });

  it('are named when another one is asked for', () => {
    const attempt = (name: unknown) => () => recurrentActivationCode('LSTM', 'recurrentActivation', name);
    expect(attempt('softmax')).toThrow(ValueError);
    expect(attempt('softmax')).toThrow(`expected recurrentActivation to be one of ${recurrentActivations.join(', ')}, got 'softmax'`);
    expect(attempt('sigmiod')).toThrow("Did you mean 'sigmoid'?");
    expect(attempt(3)).toThrow('LSTM: expected recurrentActivation');
  });
});
