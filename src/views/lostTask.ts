import { env, l10n } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Intent } from '../tasks/intent.ts';
import { friendlyModel } from './shortText.ts';

/** A task was made and could not be written into the list: the person keeps its ID. The row of its intent takes it once the list can be written again. */
export function showLostTask({ model }: Pick<Intent, 'model'>, id: string): void {
  const copy = l10n.t('Copy Task ID');
  const text = l10n.t(
    "The gateway accepted a {0} video, but its ID can't be saved in the task list. Copy it, and choose Enter Task ID… on its row once the disk is available again: {1}",
    friendlyModel(model),
    id,
  );
  void messages.error(text, copy).then(async chosen => {
    if (chosen === copy) {
      await env.clipboard.writeText(id);
    }
  });
}
