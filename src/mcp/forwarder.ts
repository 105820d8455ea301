import { anotherUsers, findDoors, isForbidden, readDoor, UnsafeDoorError } from './doors.ts';
import type { ImageText, ToolDescription } from './protocol.ts';
import { WindowClosedError, WindowConnection } from './windowConnection.ts';

/** The tool that costs something. */
export const PAID = 'dailies_make_video';

/** Where windows are looked for. */
export interface ForwarderOptions {
  /** The file of the one window that this server belongs to. */
  readonly window: string | undefined;
  /** The folder with the files of all windows. */
  readonly folder: string | undefined;
  readonly workingFolder: string;
  /** What was listed is no longer true. */
  readonly onToolsChanged: () => void;
}

/** What a window does for an agent. */
export interface Forwarder {
  list(signal: AbortSignal): Promise<readonly ToolDescription[]>;
  call(
    name: string,
    input: unknown,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<{ readonly text: string; readonly images: readonly ImageText[] }>;
  close(): void;
}

const NOT_RUNNING =
  "Dailies is not reachable, so nothing was done: VS Code is not running, no window is open, or the setting 'dailies.agents.mcp' is off. Open VS Code and try again.";

const CLOSED =
  'The window of VS Code was closed while this was going on. What was sent goes on at the gateway: look with dailies_list_videos in a new window before you request a video again, and repeat a request only under its own request_key, which is never paid twice.';

/** Forwards to a window, and finds another where that one was closed and this server belongs to none in particular. */
export function forwarder(options: ForwarderOptions): Forwarder {
  let connection: WindowConnection | undefined;
  let opening: Promise<WindowConnection> | undefined;
  let isListed = false;
  let isEnded = false;
  const onToolsChanged = (): void => {
    if (isListed && !isEnded) {
      isListed = false;
      options.onToolsChanged();
    }
  };
  const connected = async (): Promise<WindowConnection> => {
    if (connection && !connection.isClosed) {
      return connection;
    }
    opening ??= openWindow({ ...options, onToolsChanged }).finally(() => {
      opening = undefined;
    });
    connection = await opening;
    return connection;
  };
  return {
    list: async signal => {
      isListed = true;
      const reply = await (await connected()).request({ type: 'list' }, signal, () => undefined);
      return reply.type === 'tools' ? reply.tools : [];
    },
    call: async (name, input, signal, report) => {
      const before = connection;
      const window = await connected();
      if (window !== before) {
        // What was listed was of another window, or of none.
        onToolsChanged();
      }
      try {
        const reply = await window.request({ type: 'call', name, input }, signal, report);
        return reply.type === 'result' ? reply : { text: '', images: [] };
      } catch (error) {
        throw error instanceof WindowClosedError ? new Error(CLOSED) : error;
      }
    },
    close: () => {
      isEnded = true;
      connection?.close();
    },
  };
}

/** The first window that opens its door. */
async function openWindow(options: ForwarderOptions): Promise<WindowConnection> {
  const { window, folder, workingFolder, onToolsChanged } = options;
  let refusal: string | undefined;
  try {
    const files =
      window === undefined ? (folder === undefined ? [] : await findDoors(folder, workingFolder)) : [window];
    for (const file of files) {
      try {
        return await WindowConnection.open(await readDoor(file), window !== undefined, onToolsChanged);
      } catch (error) {
        // The window is gone, or is not ours; the next may be there.
        refusal = refusalIn(error) ?? refusal;
      }
    }
  } catch (error) {
    refusal = refusalIn(error);
  }
  throw new Error(refusal ?? NOT_RUNNING);
}

/** Why a window refused; `undefined` where it is gone. */
function refusalIn(error: unknown): string | undefined {
  const refusal = isForbidden(error) ? anotherUsers() : error;
  return refusal instanceof UnsafeDoorError || refusal instanceof WindowClosedError
    ? `${refusal.message} Nothing was done.`
    : undefined;
}
