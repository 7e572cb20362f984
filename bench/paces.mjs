/** How long a measurement takes. `seconds` is per function and round. */
export const thorough = { rounds: 9, seconds: 0.03, sampleSeconds: 0.002 };
/** To see that everything works; the numbers mean little. */
export const quick = { rounds: 1, seconds: 0.001, sampleSeconds: 0.0005 };
/** Pages have a coarse clock, of 0.1 ms unless they are isolated: longer samples. */
export const thoroughInPages = { rounds: 7, seconds: 0.06, sampleSeconds: 0.01 };
