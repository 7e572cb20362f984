// Powers with whole exponents, the same in every engine.

/** base ^ exponent for a whole exponent of at least 0, by repeated squaring. */
export function integerPower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** 1 - beta ^ t as Keras has it in float32. */
export const oneLessPower = (beta: number, t: number): number => Math.fround(1 - Math.fround(integerPower(Math.fround(beta), t)));
