import { END, type End, type Open } from './pass.ts';
import { expanded } from './stages.ts';
import { openText, type TextSource } from './text-source.ts';

export type { TextSource };

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** The lines of a text, which end in \n or \r\n; the last may lack it. */
export function openLines(owner: string, source: unknown): Open<string> {
  return expanded(openText(owner, source), () => {
    let rest = '';
    return (chunk: string | End) => {
      if (chunk === END) return rest === '' ? [] : [withoutReturn(rest)];
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() as string;
      return lines.map(withoutReturn);
    };
  });
}
