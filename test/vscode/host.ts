import type { EditionName } from './edition.ts';
import type { Workbench } from './workbench.ts';

/** What is needed to start a VS Code in which suites run. */
export interface HostOptions {
  /** The project's root. */
  readonly root: string;
  readonly vscode: EditionName;
  /** Folders of the extensions to load. */
  readonly extensions: readonly string[];
  /** The folder that its windows open. */
  readonly folder: string;
  /** Environment variables for the extension host. */
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Keeps the profile. Default: a temporary one, removed at the end. */
  readonly dataDir: string | undefined;
}

/** A running VS Code with one window. */
export interface Host {
  readonly workbench: Workbench;
  /** Opens a further window. */
  openWindow(): Promise<Workbench>;
  /** Resolves when it has ended by itself, with how. */
  readonly ended: Promise<string>;
  /** The end of what it printed. */
  logTail(): Promise<string>;
  /** Ends all of it. */
  stop(): Promise<void>;
}

/** A way to start one. */
export type StartHost = (options: HostOptions) => Promise<Host>;
