import path, { type PlatformPath } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where clips are saved: a folder of this machine, or one that only VS Code's file systems reach. */
export type SaveFolder =
  { readonly kind: 'local'; readonly path: string } | { readonly kind: 'remote'; readonly uri: string };

/** Why a folder setting cannot be used. */
export type FolderProblem =
  /** Neither an absolute path nor a URI. */
  | 'notAbsolute'
  /** No folder is open in this window. */
  | 'noWorkspace'
  /** No folder of this name is open in this window. */
  | 'noSuchFolder'
  /** A variable that is not known here, or not at the beginning. */
  | 'unknownVariable';

/** A folder setting that cannot be used, with the offending part. */
export interface UnusableFolder {
  readonly kind: 'unusable';
  readonly problem: FolderProblem;
  readonly text: string;
}

/** A folder of a workspace, as VS Code describes it. */
export interface WorkspaceFolder {
  readonly name: string;
  readonly uri: { readonly scheme: string; readonly fsPath: string; toString(): string };
}

/** What the variables of a folder setting stand for. */
export interface Surroundings {
  readonly home: string;
  /** The folders open in the window; none where the setting must mean the same in every window. */
  readonly folders: readonly WorkspaceFolder[];
}

/** A drive (`C:\`) has one letter, a URI's scheme (RFC 3986, 3.1) is taken to have more; `\\server` has none. */
const URI = /^[a-z][a-z0-9+.-]+:\//i;

const VARIABLE = /^\$\{(?<name>userHome|workspaceFolder)(?::(?<folder>[^}]*))?\}(?<rest>.*)$/s;

/** Whether a setting names a folder of the workspace, so that it means another folder in each window. */
export function isOfWorkspace(setting: string): boolean {
  return setting.trim().startsWith('${workspaceFolder');
}

/**
 * The folder that a setting means: an absolute path, a URI, or one that begins with `~`, `${userHome}`,
 * `${workspaceFolder}` or `${workspaceFolder:name}`. `paths` are the rules of the machine.
 */
export function resolveFolder(
  setting: string,
  { home, folders }: Surroundings,
  paths: PlatformPath = path,
): SaveFolder | UnusableFolder {
  const text = setting.trim();
  const { name, folder, rest = '' } = VARIABLE.exec(text)?.groups ?? {};
  const unknown = /\$\{[^}]*\}?/.exec(name === undefined ? text : rest)?.[0];
  if (unknown !== undefined || (name === 'userHome' && folder !== undefined)) {
    return unusable('unknownVariable', unknown ?? text.slice(0, text.length - rest.length));
  }
  if (name === 'workspaceFolder') {
    const base = folder === undefined ? folders[0] : folders.find(one => one.name === folder);
    return base
      ? below(base, rest, paths)
      : unusable(folder === undefined ? 'noWorkspace' : 'noSuchFolder', folder ?? '${workspaceFolder}');
  }
  const plain = name === 'userHome' ? home + rest : text.replace(/^~(?=$|[\\/])/, () => home);
  const known = URI.test(plain) ? folderOfUri(plain, paths) : plain;
  if (typeof known !== 'string') {
    return known;
  }
  return paths.isAbsolute(known)
    ? { kind: 'local', path: paths.normalize(known) }
    : unusable('notAbsolute', text);
}

/** The folder that was stored as a path or URI. */
export function storedFolder(text: string): SaveFolder {
  return URI.test(text) ? { kind: 'remote', uri: text } : { kind: 'local', path: text };
}

/** A folder as it is stored. */
export function folderText(folder: SaveFolder): string {
  return folder.kind === 'local' ? folder.path : folder.uri;
}

/** The folder of a file, both as they are stored. */
export function parentOf(file: string): string {
  return URI.test(file) ? file.replace(/\/[^/]*$/, '') : path.dirname(file);
}

function below({ uri }: WorkspaceFolder, rest: string, paths: PlatformPath): SaveFolder {
  if (uri.scheme === 'file') {
    return { kind: 'local', path: paths.normalize(uri.fsPath + rest) };
  }
  const [, origin = '', folder = '', query = ''] =
    /^([^:]+:(?:\/\/[^/?#]*)?)([^?#]*)(.*)$/s.exec(uri.toString()) ?? [];
  const added = rest.split(/[\\/]/).map(encodeURIComponent).join('/');
  return { kind: 'remote', uri: origin + path.posix.normalize(folder + added) + query };
}

/** A `file:` URI is a path of this machine; any other is left to VS Code. */
function folderOfUri(uri: string, paths: PlatformPath): string | SaveFolder | UnusableFolder {
  if (!/^file:/i.test(uri)) {
    return { kind: 'remote', uri };
  }
  try {
    return fileURLToPath(uri, { windows: paths === path.win32 });
  } catch {
    // A host where there are none, or an escaped slash.
    return unusable('notAbsolute', uri);
  }
}

function unusable(problem: FolderProblem, text: string): UnusableFolder {
  return { kind: 'unusable', problem, text };
}
