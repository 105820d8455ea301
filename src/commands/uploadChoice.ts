import { commands as vscodeCommands, ConfigurationTarget, l10n, workspace } from 'vscode';
import { uploaderSetting, type UploaderChoice } from '../host/imageSettings.ts';
import { messages } from '../host/messages.ts';
import { settings } from '../ids.ts';
import type { Uploader } from '../making/uploaders.ts';

/**
 * The uploader that is set. Where none is, the person chooses one: by PicGo it goes on at once; a command they have to write first.
 * `undefined`: they left, or a message has shown what is wrong with the setting.
 */
export async function chooseUploader(): Promise<Uploader | undefined> {
  const choice = uploaderSetting();
  if ('uploader' in choice) {
    return choice.uploader;
  }
  if (choice.trouble !== 'none') {
    showWithSettings(troubleText(choice.trouble), settingOf(choice.trouble));
    return undefined;
  }
  const [picgo, command] = [l10n.t('Use PicGo'), l10n.t('Use a Command…')];
  const chosen = await messages.warning(
    l10n.t('Set up image uploads to use images from this computer'),
    {
      modal: true,
      detail: l10n.t(
        'The gateway accepts only images from the web. Dailies can upload yours with PicGo or with your own command. Or use a link to an image that is already on the web.',
      ),
    },
    picgo,
    command,
  );
  if (chosen === picgo) {
    await workspace.getConfiguration().update(settings.imagesUploader, 'picgo', ConfigurationTarget.Global);
    return chooseUploader();
  }
  if (chosen === command) {
    await openSetting('dailies.images');
  }
  return undefined;
}

/** Shows a problem that a setting solves. */
export function showWithSettings(text: string, setting: string): void {
  const open = l10n.t('Open Settings');
  void messages.error(text, open).then(chosen => {
    if (chosen === open) {
      void openSetting(setting);
    }
  });
}

async function openSetting(setting: string): Promise<void> {
  await vscodeCommands.executeCommand('workbench.action.openSettings', setting);
}

type Trouble = Exclude<Extract<UploaderChoice, { trouble: unknown }>['trouble'], 'none'>;

function troubleText(trouble: Trouble): string {
  switch (trouble) {
    case 'noCommand':
      return l10n.t('To upload images, set the command: a program and its arguments.');
    case 'badAddress':
      return l10n.t("Can't upload images: PicGo's address isn't valid.");
    case 'remoteAddress':
      return l10n.t("Can't upload images: PicGo must run on this computer.");
  }
}

function settingOf(trouble: Trouble): string {
  return trouble === 'noCommand' ? settings.imagesCommand : settings.imagesPicgoUrl;
}
