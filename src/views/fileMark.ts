import { isUnchecked } from '../tasks/clipKind.ts';
import type { Task } from '../tasks/task.ts';
import { LOOKS, type Look } from './stateLooks.ts';

/** What is to be known of a saved clip's file, in the icon, colour and word that its row has; `null` for one that is there and plays. */
export function fileMarkOf({
  file,
  fileCheck,
  filePath,
}: Task): (Omit<Look, 'word'> & { readonly text: string }) | null {
  const state =
    file === 'missing'
      ? file
      : file === 'saved' && isUnchecked({ fileCheck, filePath })
        ? 'notChecked'
        : null;
  if (state === null) {
    return null;
  }
  const { icon, colour, word } = LOOKS[state];
  return { icon, colour, text: word() };
}
