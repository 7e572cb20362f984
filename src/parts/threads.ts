// `keratin/threads`: lets large models run on several threads in a page that is cross-origin isolated; in Node they are found without.
import { provide } from '../runtime/parts.ts';
import type { ThreadTools } from '../runtime/threads.ts';
import { setMost, state } from '../threads/crew.ts';
import { teamFor } from '../threads/team.ts';

const tools: ThreadTools = { team: teamFor, set: setMost, state };

provide('threads', tools);
