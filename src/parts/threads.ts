// `keratin/threads`: lets large models run on several threads in a page that is cross-origin isolated; in Node they are found without.
import { provide } from '../common/parts.ts';
import type { ThreadTools } from '../runtime/threads.ts';
import { parallelPlanFor } from '../threads/parallel-plan.ts';
import { setMaxThreads, state } from '../threads/thread-manager.ts';

const tools: ThreadTools = { parallelPlan: parallelPlanFor, set: setMaxThreads, state };

provide('threads', tools);
