// A row of the bench as bars, the slowest as wide as the page.
import { digits, TITLES, time } from '../report.mjs';

/** @param {import('../run.mjs').Row} row */
export function bars({ group, name, sides, unit, rate, percentOfPeak, largestDifference }) {
  const section = element('section');
  section.append(element('h2', `${group} ${name}`));
  const slowest = Math.max(...Object.values(sides).map(({ seconds }) => seconds));
  for (const [side, { seconds, ratio }] of Object.entries(sides)) {
    const bar = element('i');
    // Of the width that the figure beside it leaves.
    bar.style.width = `${(80 * seconds) / slowest}%`;
    const figure = side === 'keratin' ? time(seconds) : `${time(seconds)}, ${digits(ratio)}x`;
    const track = element('div');
    track.append(bar, element('span', figure));
    const line = element('div', undefined, `bar ${side}`);
    line.append(element('span', TITLES[side]), track);
    section.append(line);
  }
  const apart = `results at most ${largestDifference.toExponential(0)} apart`;
  const peak = unit ? `keratin: ${digits(rate)} ${unit}, ${percentOfPeak.toFixed(0)} % of the peak; ` : '';
  section.append(element('div', peak + apart, 'fact'));
  return section;
}

function element(/** @type {string} */ tag, /** @type {string} */ text = '', className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}
