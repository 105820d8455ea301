/** What the MCP server and a window of VS Code send each other over a local socket: lines of JSON, the server's token first. */

/** The version of these messages: the two may be of different versions of Dailies. */
export const PROTOCOL = 1;

/** The longest message to the window, bytes: a call, which may hold an image. */
export const LONGEST_CALL = 2 * 1024 * 1024;

/** The longest message to the server, bytes: a result with images. */
export const LONGEST_RESULT = 4 * 1024 * 1024;

/** A window that can be reached, as it stands in a file of its own that only the person can read. */
export interface Door {
  readonly protocol: number;
  /** Where its socket is: a path, or the name of a pipe. */
  readonly address: string;
  readonly token: string;
  /** The folders of its workspace. */
  readonly folders: readonly string[];
  /** When it was used last, ms since the epoch. */
  readonly at: number;
}

/** The ending of the files of windows. */
export const DOOR_ENDING = '.door.json';

export type ToWindow =
  | {
      readonly type: 'hello';
      readonly protocol: number;
      readonly token: string;
      /** The window's VS Code has started the server. */
      readonly isOwn: boolean;
    }
  | { readonly type: 'list'; readonly id: number }
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number };

export type ToServer =
  | { readonly type: 'welcome' }
  | { readonly type: 'toolsChanged' }
  | { readonly type: 'tools'; readonly id: number; readonly tools: readonly ToolDescription[] }
  | { readonly type: 'progress'; readonly id: number; readonly message: string }
  | {
      readonly type: 'result';
      readonly id: number;
      readonly text: string;
      readonly images: readonly ImageText[];
    }
  | { readonly type: 'error'; readonly id: number; readonly message: string };

/** A tool as agents are shown it. */
export interface ToolDescription {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** What programs may know before they let an agent call it. */
  readonly annotations: { readonly readOnlyHint: boolean; readonly destructiveHint: boolean };
}

export interface ImageText {
  /** In base64. */
  readonly data: string;
  readonly mimeType: string;
}

/** Checks a message to the window, which anything on this machine may have sent. */
export function isToWindow(message: Readonly<Record<string, unknown>>): boolean {
  const { type, id, name, token, protocol, isOwn } = message;
  switch (type) {
    case 'hello':
      return typeof token === 'string' && typeof protocol === 'number' && typeof isOwn === 'boolean';
    case 'list':
    case 'cancel':
      return isId(id);
    case 'call':
      return isId(id) && typeof name === 'string';
    default:
      return false;
  }
}

/** Checks a message to the server. */
export function isToServer(message: Readonly<Record<string, unknown>>): boolean {
  switch (message.type) {
    case 'welcome':
    case 'toolsChanged':
      return true;
    case 'tools':
      return isId(message.id) && Array.isArray(message.tools);
    case 'progress':
    case 'error':
      return isId(message.id) && typeof message.message === 'string';
    case 'result':
      return isId(message.id) && typeof message.text === 'string' && Array.isArray(message.images);
    default:
      return false;
  }
}

function isId(id: unknown): boolean {
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0;
}

/** The tools that change nothing. */
const READING: readonly string[] = [
  'dailies_list_videos',
  'dailies_get_video',
  'dailies_estimate_video',
  'dailies_wait_for_video',
];

/** The tools of package.json, as agents are shown them. */
export function describedIn(manifest: unknown, isShown: (name: string) => boolean): ToolDescription[] {
  const { contributes } = manifest as {
    contributes: {
      languageModelTools: readonly {
        name: string;
        displayName: string;
        modelDescription: string;
        inputSchema: Record<string, unknown>;
      }[];
    };
  };
  return contributes.languageModelTools
    .filter(({ name }) => isShown(name))
    .map(({ name, displayName, modelDescription, inputSchema }) => ({
      name,
      // Before VS Code has read it, package.json has only the names of its words.
      title: displayName.startsWith('%') ? name : displayName,
      description: modelDescription,
      inputSchema,
      // Nothing is ever deleted or written over.
      annotations: { readOnlyHint: READING.includes(name), destructiveHint: false },
    }));
}
