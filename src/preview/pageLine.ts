import type { Webview } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

/** What a line to a page needs from outside. */
export interface PageLineParts<From> {
  readonly webview: Webview;
  /** Whose line it is, for the log. */
  readonly name: string;
  readonly log: Log;
  /** Whether what arrived is one of the page's messages; all else is passed over. */
  readonly isMessage: (message: unknown) => message is From;
  readonly hear: (message: From) => Promise<void>;
}

/** The extension's end of the line to a page: hears its messages, and sends it some. What goes wrong is in the log. */
export class PageLine<From, To> implements Disposable {
  private readonly parts: PageLineParts<From>;
  private readonly listening: Disposable;

  constructor(parts: PageLineParts<From>) {
    this.parts = parts;
    this.listening = parts.webview.onDidReceiveMessage((message: unknown) => {
      if (parts.isMessage(message)) {
        parts.hear(message).catch((error: unknown) => {
          this.complain(error);
        });
      }
    });
  }

  post(message: To): void {
    this.parts.webview.postMessage(message).then(undefined, (error: unknown) => {
      this.complain(error);
    });
  }

  dispose(): void {
    this.listening.dispose();
  }

  private complain(error: unknown): void {
    this.parts.log.error(`${this.parts.name}: ${messageOf(error)}`);
  }
}
