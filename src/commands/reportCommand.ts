import { env, l10n, version, type ExtensionContext } from 'vscode';
import { messages } from '../host/messages.ts';
import { arch, platform, release } from 'node:os';
import type { Disposable } from '../base/disposable.ts';
import { impersonal } from '../base/impersonal.ts';
import { commands } from '../ids.ts';
import { registerCommand } from './register.ts';

/** Copying what whoever mends Dailies wants to know; `trouble` is what is wrong, where anything is known to be. */
export function registerReportCommand(context: ExtensionContext, trouble: unknown): Disposable {
  return registerCommand(commands.report, () => copyReport(context, trouble));
}

/** Copies the report of an error, and says so. */
export async function copyReport(context: ExtensionContext, error: unknown): Promise<void> {
  await env.clipboard.writeText(reportOf(context, error));
  void messages.info(
    l10n.t(
      'Report copied to the clipboard. It contains versions and the error, but no key, links, or folders.',
    ),
  );
}

/** The versions and the error, fit to be given away: without links, and without the folders of the person. */
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

/** All that an error says, for the log. */
export function wordsOf(error: unknown): string {
  if (error instanceof Error) {
    return error.stack ?? error.message;
  }
  return typeof error === 'string' ? error : JSON.stringify(error ?? 'No trouble is known.');
}
