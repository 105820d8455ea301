import { l10n, window, type Uri } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { messages } from '../host/messages.ts';
import { MOST_IDS } from '../tasks/taskInput.ts';
import { readTrackUri, type TrackUriProblem } from '../tasks/trackUri.ts';
import { gatewayName } from '../views/gatewayName.ts';
import { chooseGateway } from './gatewayChoice.ts';
import { unlessReadOnly } from './register.ts';
import type { ListedDependencies } from './terminalLinks.ts';
import { keySoon } from './trackGiven.ts';
import { cut, judgeInput } from './trackInput.ts';

/** As many IDs are listed before they are tracked. */
const MOST_LISTED = 10;

/**
 * Tracks the tasks of addresses such as `vscode://dailies.dailies/track?id=vgen_…`, from web pages and scripts. Nothing is tracked before
 * the person confirms it; an address can bring neither a key nor a gateway.
 */
export function registerUriHandler(dependencies: ListedDependencies): Disposable {
  /** The IDs that the person is to confirm now: a second click on a link shows no second dialog. */
  const open = new Set<string>();
  return window.registerUriHandler({
    handleUri: uri => unlessReadOnly(() => trackFrom(uri, open, dependencies)),
  });
}

async function trackFrom(
  { path, query }: Uri,
  open: Set<string>,
  { operations, ownFolder, keyOf, find, reveal }: ListedDependencies,
): Promise<void> {
  const gateway = chooseGateway();
  if (!gateway) {
    return;
  }
  const read = readTrackUri(path, query);
  if (read.kind === 'problem') {
    void messages.error(wordsFor(read.problem, read.text));
    return;
  }
  const key = await keySoon(keyOf(gateway.origin));
  const judged = judgeInput(read.ids.join('\n'), gateway, key);
  if ('refusal' in judged) {
    void messages.error(judged.refusal);
    return;
  }
  const unopened = judged.ids.filter(id => !open.has(id));
  if (unopened.length === 0) {
    return;
  }
  // What is in the list already is only shown.
  if (judged.ids.some(id => find(gateway.base, id) === undefined)) {
    unopened.forEach(id => open.add(id));
    const isTracked = await isConfirmed(judged.ids, gateway.base);
    unopened.forEach(id => open.delete(id));
    if (!isTracked) {
      return;
    }
  }
  const { added, known } = operations.track(gateway.base, judged.ids, ownFolder());
  const [first] = [...added, ...known];
  if (first) {
    await reveal(first.key);
  }
}

async function isConfirmed(ids: readonly string[], gateway: string): Promise<boolean> {
  const [first = ''] = ids;
  const message =
    ids.length === 1
      ? l10n.t('A link wants to track the task {0}.', first)
      : l10n.t('A link wants to track {0} tasks.', ids.length);
  const more = ids.length - MOST_LISTED;
  const detail = [
    ...(ids.length === 1 ? [] : [ids.slice(0, MOST_LISTED).join('\n')]),
    ...(more > 0 ? [l10n.t('{0} more', more)] : []),
    ids.length === 1
      ? l10n.t('It is checked at {0} with your key, and saved when it is finished.', gatewayName(gateway))
      : l10n.t(
          'They are checked at {0} with your key, and saved when they are finished.',
          gatewayName(gateway),
        ),
  ].join('\n');
  const track = l10n.t('Track');
  return (await messages.info(message, { modal: true, detail }, track)) === track;
}

function wordsFor(problem: TrackUriProblem, text: string): string {
  switch (problem) {
    case 'otherVerb':
      return l10n.t('Links to Dailies can only track tasks: vscode://dailies.dailies/track?id=…');
    case 'otherParameter':
      return l10n.t(
        'This link was refused: it contains "{0}", and links can contain only task IDs.',
        cut(text),
      );
    case 'noId':
      return l10n.t('This link was refused: it contains no task ID.');
    case 'badId':
      return l10n.t('This link was refused: "{0}" isn\'t a task ID.', cut(text));
    case 'tooMany':
      return l10n.t('This link was refused: it contains {0} task IDs. The limit is {1}.', text, MOST_IDS);
  }
}
