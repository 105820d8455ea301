import { randomUUID } from 'node:crypto';
import { l10n, Uri, window, workspace } from 'vscode';
import { messages } from '../host/messages.ts';
import { remoteFiles } from '../host/remoteFiles.ts';
import { safeName } from '../saving/fileName.ts';

/** Where the files of a cut go. */
export interface CutTargets {
  readonly folder: Uri;
  /** Their name without an ending. */
  readonly base: string;
  /** Whether files of these names may be replaced: the person has agreed. */
  readonly mayReplace: boolean;
}

/** Lets the person choose a folder, and has them decide on files that are there already; `undefined` where they leave. */
export async function chooseTargets(
  name: string,
  endings: readonly string[],
  startAt: Uri,
): Promise<CutTargets | undefined> {
  const [folder] =
    (await window.showOpenDialog({
      title: l10n.t('Choose a folder for the cut'),
      openLabel: l10n.t('Select Folder'),
      defaultUri: startAt,
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (!folder) {
    return undefined;
  }
  const base = safeName(name);
  const names = await namesIn(folder);
  const taken = endings.map(ending => `${base}.${ending}`).filter(file => names.has(file.toLowerCase()));
  if (taken.length === 0) {
    return { folder, base, mayReplace: false };
  }
  const [replace, keepBoth] = [l10n.t('Replace'), l10n.t('Keep Both')];
  const message =
    taken.length === 1
      ? l10n.t('"{0}" already exists. Replace it?', taken[0] ?? '')
      : l10n.t('{0} files already exist. Replace them?', taken.length);
  const choice = await messages.warning(
    message,
    { modal: true, detail: taken.join('\n') },
    replace,
    keepBoth,
  );
  if (choice === replace) {
    return { folder, base, mayReplace: true };
  }
  return choice === keepBoth
    ? { folder, base: freeBase(base, endings, names), mayReplace: false }
    : undefined;
}

/** Where files go that replace nothing. Rejects where the folder cannot be read. */
export async function freeTargets(
  folder: Uri,
  name: string,
  endings: readonly string[],
): Promise<CutTargets> {
  return { folder, base: freeBase(safeName(name), endings, await namesIn(folder)), mayReplace: false };
}

/** The name, with the first number that is needed for none of the files to be there. */
function freeBase(base: string, endings: readonly string[], names: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base} (${number})`;
    if (!endings.some(ending => names.has(`${name}.${ending}`.toLowerCase()))) {
      return name;
    }
  }
}

async function namesIn(folder: Uri): Promise<ReadonlySet<string>> {
  return new Set((await remoteFiles.namesIn(folder.toString())).map(name => name.toLowerCase()));
}

/** The file of an ending. */
export function targetOf({ folder, base }: CutTargets, ending: string): Uri {
  return Uri.joinPath(folder, `${base}.${ending}`);
}

/** Puts a file in its place by `fill`, under a temporary name first: what bears its name is whole. Leaves nothing where that fails. */
export async function putFile(
  targets: CutTargets,
  ending: string,
  fill: (part: Uri) => Promise<void>,
): Promise<Uri> {
  const part = Uri.joinPath(targets.folder, `.dailies-${randomUUID()}.part`);
  const target = targetOf(targets, ending);
  try {
    await fill(part);
    await workspace.fs.rename(part, target, { overwrite: targets.mayReplace });
    return target;
  } catch (error) {
    await remoteFiles.remove(part.toString()).catch(() => undefined);
    throw error;
  }
}

/** Writes a text as a file, as `putFile`. */
export async function putText(targets: CutTargets, ending: string, text: string): Promise<Uri> {
  return putFile(targets, ending, async part => workspace.fs.writeFile(part, Buffer.from(text)));
}
