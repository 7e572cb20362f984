// y[i] = f(x[i])
import { get, put } from './at';
import * as math from './math';

export function exp(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  for (let i = 0; i < n; i++) put(y, i, math.exp(get(x, i)));
}

export function tanh(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  for (let i = 0; i < n; i++) put(y, i, math.tanh(get(x, i)));
}

export function sigmoid(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  for (let i = 0; i < n; i++) put(y, i, math.sigmoid(get(x, i)));
}

export function affine(x: usize, y: usize, n: i32, scale: f32, shift: f32, thread: i32, threads: i32): void {
  for (let i = 0; i < n; i++) put(y, i, get(x, i) * scale + shift);
}
