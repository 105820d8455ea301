import { l10n, type Uri } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import type { CheckSeen } from '../gateway/checkSeen.ts';
import { documents } from '../ids.ts';
import type { ReportOptions } from './gatewayReport.ts';
import { ReadOnlyDocuments, readOnlyUri, showMarkdown } from './readOnlyDocuments.ts';

/** The report of the last check of the gateway, as a document that follows the check. Nothing of it is kept for the next window. */
export class GatewayReports implements Disposable {
  private readonly shown: ReadOnlyDocuments;
  private last: CheckSeen | undefined;

  constructor() {
    this.shown = new ReadOnlyDocuments(
      documents.gatewayCheck,
      async () =>
        (await this.text({ hosts: true })) ?? l10n.t('No gateway check has been run in this window.'),
    );
  }

  /** The report; `undefined` where there is none yet. */
  async text(options: ReportOptions): Promise<string | undefined> {
    // Loaded on first use: few windows ever check their gateway.
    return this.last && (await import('./gatewayReport.ts')).gatewayReport(this.last, options);
  }

  get isEmpty(): boolean {
    return this.last === undefined;
  }

  /** What was seen has grown. */
  update(seen: CheckSeen): void {
    this.last = seen;
    this.shown.update();
  }

  async show(): Promise<void> {
    await showMarkdown(GatewayReports.uri());
  }

  dispose(): void {
    this.shown.dispose();
  }

  private static uri(): Uri {
    return readOnlyUri(documents.gatewayCheck, l10n.t('Gateway Check'));
  }
}
