// log, sin and cos of f32 as TensorFlow's C library computes them, because initial weights should be the same bits as
// Keras's: polynomials in f64, rounded once. Constants: ARM Optimized Routines (math/logf_data.c, math/sincosf_data.c, MIT),
// whose functions glibc has had since 2.28. Equal to glibc 2.36 for each of the 2^23 values that a uniform draw can take.

import { scalarLog } from './scalar';

/** 1 / c for the 16 values c around which logf expands, between 0.7 and 1.4. */
function reciprocal(i: i32): f64 {
  switch (i) {
    case 0: return 1.398907162146528;
    case 1: return 1.3403141896637998;
    case 2: return 1.286432210124115;
    case 3: return 1.2367150214269895;
    case 4: return 1.1906977166711752;
    case 5: return 1.1479821020556429;
    case 6: return 1.1082251448272158;
    case 7: return 1.0711297413057381;
    case 8: return 1.036437278977283;
    case 9: return 1;
    case 10: return 0.9492859795739057;
    case 11: return 0.8951049428609004;
    case 12: return 0.8476821620351103;
    case 13: return 0.8050314851692001;
    case 14: return 0.7664671008843108;
    default: return 0.731428603316328;
  }
}

/** log(x) of a positive, normal x. */
export function logFloat(x: f32): f32 {
  const bits = reinterpret<i32>(x);
  const offset = bits - 0x3f330000;
  const inverse = reciprocal((offset >> 19) & 15);
  const z = <f64>reinterpret<f32>(bits - (offset & 0xff800000));
  const r = z * inverse - 1;
  const y0 = <f64>(offset >> 23) * 0.6931471805599453 - scalarLog(inverse);
  const r2 = r * r;
  const y = -0.25089342214237154 * r2 + (0.333456765744066 * r - 0.4999997485802103);
  return <f32>(y * r2 + (y0 + r));
}

/** sin(x + quarters pi/2) for 0 <= x < 120. */
export function sinFloat(x: f32, quarters: i32): f32 {
  const n = <i32>floor(<f64>x * 0.6366197723675814 + 0.5);
  const r = <f64>x - <f64>n * 1.5707963267948966;
  const z = r * r;
  const quadrant = n + quarters;
  let y: f64;
  if (quadrant & 1) {
    const z2 = z * z;
    y = 1 + z * -0.49999999725108224 + z2 * 0.041666623324344516 + z2 * z * (-0.001388676379437604 + z * 2.4390450703564542e-5);
  } else {
    const r3 = z * r;
    y = r + r3 * -0.16666654943701084 + r3 * z * (0.008332178146138854 + z * -0.00019517298981385725);
  }
  return <f32>(quadrant & 2 ? -y : y);
}
