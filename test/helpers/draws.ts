// Random cases by the thousand: `npm test` draws some, `npm run test:all` all of them.
const { process } = globalThis as { process?: { env: Record<string, string | undefined> } };
const PART = process?.env.KERATIN_TEST_DRAWS === 'all' ? 1 : 0.15;

/** How many of `all` random cases this run draws, or how many of them should come to something. */
export const draws = (all: number): number => Math.ceil(all * PART);
