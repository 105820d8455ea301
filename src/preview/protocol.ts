/** The messages between the preview's page and the extension. The page speaks first, with `ready`. */

/** Every word that the page shows, in the person's language. */
export interface PageWords {
  readonly loading: string;
  readonly cannotPlay: string;
  readonly noAac: string;
  readonly openExternally: string;
}

/** What the page keeps across a reload of the window: the key of the task it shows. */
export interface PageState {
  readonly key: number;
}

export type ToPage =
  | {
      readonly type: 'show';
      readonly state: PageState;
      readonly name: string;
      /** The saved file, as an address that this webview may read. */
      readonly source: string;
      readonly facts: readonly (readonly [name: string, value: string])[];
      readonly words: PageWords;
    }
  /** There is no file to play, and why. Comes again when there is something new to say of it. */
  | {
      readonly type: 'unavailable';
      /** `null` for a task that is not in the list any more. */
      readonly state: PageState | null;
      readonly name: string;
      /** In a line or several. */
      readonly why: string;
      /** Whether that is how things go, and nothing is wrong. */
      readonly isWaiting: boolean;
    };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'openExternally' }
  /** The player gave up; the reason is the browser's own. */
  | { readonly type: 'playerFailed'; readonly reason: string };

/** Checks what arrived from the page: the page is ours, but what runs in it plays untrusted files. */
export function isFromPage(message: unknown): message is FromPage {
  if (typeof message !== 'object' || message === null || !('type' in message)) {
    return false;
  }
  switch (message.type) {
    case 'ready':
    case 'openExternally':
      return true;
    case 'playerFailed':
      return 'reason' in message && typeof message.reason === 'string';
    default:
      return false;
  }
}
