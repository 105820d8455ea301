import { l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { Cut } from '../cut/cut.ts';
import { fileNameOf, sharesMachine } from '../cut/mediaUrl.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { copyNew } from '../host/newFile.ts';
import { remoteFiles } from '../host/remoteFiles.ts';
import { endingIn, withoutEnding } from '../tasks/clipKind.ts';
import type { CutTargets } from './cutFiles.ts';

/**
 * Copies next to the timelines those clips that only VS Code reaches, on another machine or in a virtual file system: no editing
 * program would find them. Gives the cut with the copies, and a word on them. Rejects where one cannot be copied.
 */
export async function bringCopies(
  cut: Cut,
  { folder, base }: CutTargets,
): Promise<{ cut: Cut; notes: readonly string[] }> {
  const here = storedPath(folder);
  const far = [...new Set(cut.clips.map(({ path }) => path))].filter(
    path => clipUri(path).scheme !== 'file' && !sharesMachine(path, here),
  );
  if (far.length === 0) {
    return { cut, notes: [] };
  }
  const into = Uri.joinPath(folder, l10n.t('Clips of {0}', base));
  const options = { location: ProgressLocation.Notification, title: l10n.t('Copying clips…') };
  const copies = await window.withProgress(options, async progress => {
    await workspace.fs.createDirectory(into);
    const found = new Map<string, string>();
    for (const path of far) {
      found.set(path, storedPath(await copyOf(clipUri(path), into)));
      progress.report({ increment: 100 / far.length });
    }
    return found;
  });
  const clips = cut.clips.map(clip => ({ ...clip, path: copies.get(clip.path) ?? clip.path }));
  const note = l10n.t(
    'Editing programs can\'t reach {0} of the clips, so copies are in "{1}".',
    far.length,
    into.path.split('/').at(-1) ?? '',
  );
  return { cut: { ...cut, clips }, notes: [note] };
}

/** A copy of a former export that has the same size is taken for the same. */
async function copyOf(file: Uri, into: Uri): Promise<Uri> {
  const name = fileNameOf(file.toString());
  const known = Uri.joinPath(into, name);
  const [size, knownSize] = await Promise.all(
    [file, known].map(async one => remoteFiles.sizeOf(one.toString())),
  );
  return size !== undefined && size === knownSize
    ? known
    : copyNew(file, into, withoutEnding(name), endingIn(name));
}
