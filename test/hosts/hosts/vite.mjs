// Vite: its build, its development server, and a worker.
import { build, createServer } from 'vite';
import { checkVite } from '../vite.mjs';

/** @param {import('../room.mjs').Room} room */
export const run = (room) => checkVite('vite', { build, createServer }, room);
