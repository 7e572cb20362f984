// Finds duplicate keys in JSON, which JSON.parse lets pass.

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const COLON = 58;

/** A key that an object has twice, and its place, in a text that JSON.parse has read; of the two values it kept the last. */
export function duplicateKey(text: string): { readonly key: string; readonly at: number } | undefined {
  const open: Set<string>[] = [];
  let last: { start: number; end: number } | undefined;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const start = at++;
      while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
      last = { start, end: at + 1 };
    } else if (code === COLON && last) {
      const key = JSON.parse(text.slice(last.start, last.end)) as string;
      const keys = open[open.length - 1];
      if (keys.has(key)) return { key, at: last.start };
      keys.add(key);
      last = undefined;
    } else if (code === OPEN) open.push(new Set());
    else if (code === CLOSE) open.pop();
  }
  return undefined;
}
