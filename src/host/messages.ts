import { window } from 'vscode';
import { plain } from '../base/plainText.ts';

type Show = typeof window.showInformationMessage;

/**
 * VS Code's messages for words in which there may be a file's name, a gateway's text or a machine's own words: nothing in them
 * becomes a link or runs a command. There is no other way to a message in Dailies.
 */
export const messages = {
  info: plainly('showInformationMessage'),
  warning: plainly('showWarningMessage'),
  error: plainly('showErrorMessage'),
} as const;

function plainly(name: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage'): Show {
  return ((message: string, ...more: string[]) => window[name](plain(message), ...more)) as Show;
}
