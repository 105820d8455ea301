import { env, l10n, version, type ExtensionContext } from 'vscode';
import { messages } from '../host/messages.ts';
import { arch, platform, release } from 'node:os';
import type { Disposable } from '../base/disposable.ts';
import { impersonal } from '../base/impersonal.ts';
import { commands } from '../ids.ts';
import { registerCommand } from './register.ts';

/** The command that copies a problem report. `trouble` is what was wrong with the list when it was opened, if anything. */
export function registerReportCommand(context: ExtensionContext, trouble: unknown): Disposable {
  return registerCommand(commands.report, () => copyReport(context, trouble));
}

/** Copies the report of an error to the clipboard, and shows a confirmation. */
export async function copyReport(context: ExtensionContext, error: unknown): Promise<void> {
  await env.clipboard.writeText(reportOf(context, error));
  void messages.info(
    l10n.t(
      'Report copied to the clipboard. It contains versions and the error, but no key, links, or folders.',
    ),
  );
}

/** The versions and the error, fit to be shared: without links and personal folders. */
function reportOf(context: ExtensionContext, error: unknown): string {
  const { packageJSON } = context.extension as { packageJSON: { version?: unknown } };
  return [
    `Dailies ${String(packageJSON.version)}`,
    `VS Code ${version} (${env.appHost}${env.remoteName === undefined ? '' : `, ${env.remoteName}`})`,
    `Node ${process.versions.node}, ${platform()} ${arch()} ${release()}`,
    '',
    impersonal(wordsOf(error)),
    '',
  ].join('\n');
}

/** An error's stack, message, or JSON, for the log. */
export function wordsOf(error: unknown): string {
  if (error instanceof Error) {
    return error.stack ?? error.message;
  }
  return typeof error === 'string' ? error : JSON.stringify(error ?? 'No trouble is known.');
}
