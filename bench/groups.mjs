/** What `npm run bench` can be asked for by name; start and memory are of Node alone. */
export const groups = 'matmul gather accumulate adam exp tanh sigmoid step threads fit text lstm vocabulary start memory'.split(' ');
