import type { Workbench } from './workbench.ts';

/** The environment variable that tells a suite where its launcher listens: a loopback address with a token in it. */
export const BRIDGE_VARIABLE = 'DAILIES_TEST_BRIDGE';

/** The environment variable that holds the project's folder, for fixtures. */
export const ROOT_VARIABLE = 'DAILIES_TEST_ROOT';

/** The environment variable that holds the folder that VS Code gives Dailies for its data, in every window. */
export const STORAGE_VARIABLE = 'DAILIES_TEST_STORAGE';

/** The verbs of a window that a suite can use: those that take and give JSON. */
export const REMOTE_VERBS = [
  'acceptFileDialog',
  'acceptQuickInput',
  'allNotifications',
  'badge',
  'clearNotifications',
  'clickInWebview',
  'clickRow',
  'clickStatusBarItem',
  'clickTerminalLink',
  'close',
  'contextMenu',
  'contextMenuInWebview',
  'dialog',
  'dismissDialogs',
  'dismissNotification',
  'dismissQuickInput',
  'dragRowIntoEditor',
  'dragRowOnto',
  'dropFiles',
  'editorActions',
  'evaluateInWebview',
  'focusedRow',
  'hover',
  'hoverPictures',
  'hoverRow',
  'hoverStatusBarItem',
  'lenses',
  'notifications',
  'openView',
  'openWalkthroughStep',
  'paletteTitles',
  'pasteFiles',
  'pickRow',
  'pressDialogButton',
  'pressHoverLink',
  'pressKey',
  'pressLens',
  'pressNotificationButton',
  'pressOnRow',
  'pressRowAction',
  'pressViewAction',
  'pressWalkthroughLink',
  'quickFixes',
  'quickInput',
  'redrawnRows',
  'releaseMouse',
  'reload',
  'rowIsThere',
  'rowMenu',
  'runCommand',
  'runInNewFrames',
  'screenshot',
  'seenMoments',
  'setFocused',
  'statusBar',
  'statusBarItem',
  'suggestions',
  'tabs',
  'treeRows',
  'typeQuickInput',
  'typeText',
  'viewMessage',
  'waitForNotification',
  'watchMoments',
  'watchRows',
  'walkthroughSteps',
  'welcomeText',
] as const satisfies readonly (keyof Workbench)[];

/** The name of one of those verbs. */
export type RemoteVerb = (typeof REMOTE_VERBS)[number];

/** A window as a suite sees it. */
export type RemoteWorkbench = Pick<Workbench, RemoteVerb>;

/** What to run, and how. */
export interface SuitePlan {
  /** Absolute paths of the compiled test files. */
  readonly files: readonly string[];
  readonly color: boolean;
  /** For one test or hook that sets no time-out itself, in ms. */
  readonly timeoutMs: number;
  /** Only tests whose full title matches this regular expression. */
  readonly grep: string | undefined;
}

/** A test that failed. */
export interface SuiteFailure {
  readonly title: string;
  readonly message: string;
}

/** What happens while suites run. */
export type SuiteEvent =
  | { readonly type: 'running'; readonly title: string }
  | { readonly type: 'output'; readonly text: string }
  | {
      readonly type: 'ended';
      readonly passed: number;
      readonly failed: number;
      readonly pending: number;
      readonly failures: readonly SuiteFailure[];
    }
  /** The suites could not be run at all: a file that does not load, or no test in any file. */
  | { readonly type: 'broken'; readonly message: string };

/** What the extension host asks the launcher. */
export type BridgeRequest =
  /** Answered with the plan once, and with null to every window after the first. */
  | { readonly type: 'claim' }
  /** Never answered: its connection lasts as long as the process that runs the suites. */
  | { readonly type: 'hold' }
  | { readonly type: 'event'; readonly event: SuiteEvent }
  | {
      readonly type: 'call';
      readonly window: number;
      readonly verb: RemoteVerb;
      readonly args: readonly unknown[];
    }
  /** Answered with the number of a new window; the window that runs the suites is 0. */
  | { readonly type: 'openWindow' }
  /** Closes the further windows that are still open. */
  | { readonly type: 'closeWindows' };

/** What the launcher answers. */
export type BridgeReply = { readonly value: unknown } | { readonly error: string };
