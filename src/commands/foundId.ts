import { InputBoxValidationSeverity, l10n, window } from 'vscode';
import { plain } from '../base/plainText.ts';
import type { Making } from '../making/making.ts';
import { gatewayOf } from '../tasks/gatewayAddress.ts';
import type { Intent } from '../tasks/intent.ts';
import { intentName } from '../views/intentText.ts';
import { judgeInput } from './trackInput.ts';

/** The task ID of a video that may have been made, as a person has it: one, and no other video's. `undefined`: they left. */
export async function promptForTaskId(
  intent: Intent,
  making: Pick<Making, 'ownerOf'>,
  keyOf: (origin: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const gateway = gatewayOf(intent);
  let key: string | undefined;
  // Only to detect a key in place of an ID: a keyring that does not respond keeps nobody from typing.
  keyOf(gateway.origin).then(
    known => (key = known),
    () => undefined,
  );
  const judge = (typed: string): { id: string } | { refusal: string } => {
    const judged = judgeInput(typed, gateway, key);
    if ('refusal' in judged) {
      return judged;
    }
    const [id = '', ...others] = judged.ids;
    if (others.length > 0) {
      return { refusal: l10n.t("Enter only this video's ID.") };
    }
    const owner = making.ownerOf(intent.gateway, id, intent.id);
    return owner
      ? { refusal: l10n.t('This is the task of another video: "{0}".', intentName(owner)) }
      : { id };
  };
  const typed = await window.showInputBox({
    title: l10n.t('Task ID of "{0}"', plain(intentName(intent))),
    prompt: l10n.t('Enter the task ID, a JSON response, or a task link'),
    placeHolder: 'vgen_…, video_…',
    ignoreFocusOut: true,
    validateInput: text => {
      const judged = judge(text);
      return 'refusal' in judged
        ? { message: plain(judged.refusal), severity: InputBoxValidationSeverity.Error }
        : undefined;
    },
  });
  const judged = typed === undefined ? undefined : judge(typed);
  return judged && 'id' in judged ? judged.id : undefined;
}
