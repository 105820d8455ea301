import { env, l10n } from 'vscode';
import { messages } from '../host/messages.ts';

/** Copies commands that make videos, and says what running them means. */
export async function copyCreateCurl(lines: readonly string[]): Promise<void> {
  await env.clipboard.writeText(lines.join('\n'));
  void messages.info(
    l10n.t('Copied. Each time you run the command, it generates a video, which is charged.'),
  );
}
