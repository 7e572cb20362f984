// Names of files, with / on every system (Windows takes it too).

/** The folder a path lies in: `folderOf('logs/a.csv')` is 'logs', `folderOf('a.csv')` is '.'. */
export function folderOf(path: string): string {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return at < 0 ? '.' : at === 0 ? path[0] : path.slice(0, at);
}

/** The name without its folder. */
export const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** `folder/name`, without doubling the stroke. */
export const inFolder = (folder: string, name: string): string => (/[/\\]$/.test(folder) ? folder + name : `${folder}/${name}`);
