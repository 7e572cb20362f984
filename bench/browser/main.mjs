// The page of the bench: the works of `npm run bench` except those of whole processes, timed in this browser and drawn as bars.
//
// The form leads to `?run`, a fresh page whose memory nobody has moved or grown, with `quick`, `nopeers` and `groups=matmul,text` as
// chosen. What the page shows in the end is then the global `outcome`, text by text.
import { groups as allGroups } from '../groups.mjs';
import { kernelSets } from '../kernels.mjs';
import { quick, thoroughInPages } from '../paces.mjs';
import { loadPeaks } from '../peaks.mjs';
import { MISSING_NOTE } from '../peers/missing.mjs';
import { loadTfjs } from '../peers/tfjs.mjs';
import { run } from '../run.mjs';
import { timeInTurns } from '../timing.mjs';
import { bars } from './bars.mjs';

const groups = allGroups.filter((group) => !['start', 'memory'].includes(group));
const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const say = (/** @type {string} */ text) => {
  at('state').textContent = text;
};
/** The page is drawn before it goes on. */
const drawn = () => new Promise((resolve) => setTimeout(resolve, 0));

const module = async (/** @type {string} */ name) => WebAssembly.compile(await (await fetch(`/${name}.wasm`)).arrayBuffer());

async function bench({ small, peers, chosen }) {
  say('loading');
  at('results').replaceChildren();
  const tfjs = peers ? await loadTfjs('/') : undefined;
  at('notes').textContent = tfjs
    ? `TensorFlow.js ${tfjs.tf.version_core}. ${MISSING_NOTE}.`
    : 'TensorFlow.js is not among the sides: left out, or not installed, which npm ci does';
  await run({
    pace: small ? quick : thoroughInPages,
    small,
    wanted: (group) => chosen.includes(group),
    onRow: async (row) => {
      at('results').append(bars(row));
      say(`${row.group} ${row.name}`);
      await drawn();
    },
    sets: kernelSets(await module('scalar')),
    peaks: loadPeaks(await module('peaks')),
    tfjs,
    measure: timeInTurns,
    measureCalls: timeInTurns,
  });
  say('done');
}

/** Runs, and says in the page what went wrong. */
async function start(options) {
  try {
    await bench(options);
    const lines = [...at('results').children].map((section) => /** @type {HTMLElement} */ (section).innerText);
    return { lines: [...lines, at('notes').innerText], isolated: crossOriginIsolated };
  } catch (error) {
    say(String(error));
    return { lines: [], error: String(error?.stack ?? error), isolated: crossOriginIsolated };
  }
}

at('machine').textContent = `${navigator.userAgent}; ${navigator.hardwareConcurrency} cores; one thread unless a bar says otherwise`;
const query = new URLSearchParams(location.search);
const chosen = query.has('groups') ? query.getAll('groups').flatMap((names) => names.split(',')) : groups;
for (const group of groups) {
  const label = document.createElement('label');
  const checked = chosen.includes(group);
  label.append(Object.assign(document.createElement('input'), { type: 'checkbox', name: 'groups', value: group, checked }), ` ${group} `);
  at('groups').append(label);
}
/** @type {HTMLInputElement} */ for (const name of ['quick', 'nopeers']) document.querySelector(`[name=${name}]`).checked = query.has(name);
if (query.has('run')) {
  start({ small: query.has('quick'), peers: !query.has('nopeers'), chosen }).then((outcome) => {
    globalThis.outcome = outcome;
  });
}
