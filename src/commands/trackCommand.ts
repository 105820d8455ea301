import { env, InputBoxValidationSeverity, l10n, UIKind, window } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Disposable } from '../base/disposable.ts';
import { plain } from '../base/plainText.ts';
import { commands } from '../ids.ts';
import type { TaskKey } from '../tasks/task.ts';
import { looksLikeTasks } from '../tasks/taskInput.ts';
import { readTrackArguments } from '../tasks/trackArguments.ts';
import { chooseGateway } from './gatewayChoice.ts';
import { registerCommand } from './register.ts';
import { trackGiven, type GivenDependencies } from './trackGiven.ts';
import { judgeInput, type JudgedInput } from './trackInput.ts';

/** What the command needs from outside. */
export interface TrackDependencies extends GivenDependencies {
  /** Shows a task in the list. */
  readonly reveal: (key: TaskKey) => Promise<void>;
}

/** With IDs it takes those; without, it asks for them. */
export function registerTrackCommand(dependencies: TrackDependencies): Disposable {
  return registerCommand(commands.track, (given?: unknown) => {
    const request = readTrackArguments(given);
    return request ? trackGiven(request, dependencies) : track(dependencies);
  });
}

async function track(dependencies: TrackDependencies): Promise<void> {
  const { operations, reveal, ownFolder } = dependencies;
  const gateway = chooseGateway();
  if (!gateway) {
    return;
  }
  let key: string | undefined;
  // Only to tell a key from an ID: a keyring that does not respond keeps nobody from typing.
  dependencies.keyOf(gateway.origin).then(
    found => (key = found),
    () => undefined,
  );
  const judge = (typed: string): JudgedInput => judgeInput(typed, gateway, key);
  const clipboard = await clipboardText();
  const ids = await ask(looksLikeTasks(clipboard) ? clipboard.replace(/\s+/g, ' ') : '', judge);
  if (!ids) {
    return;
  }
  const tracked = operations.track(gateway.base, ids, ownFolder());
  if (tracked.added.length === 0) {
    void messages.info(
      tracked.known.length === 1
        ? l10n.t('This task is already in the list.')
        : l10n.t('These {0} tasks are already in the list.', tracked.known.length),
    );
  }
  const [first] = [...tracked.added, ...tracked.known];
  if (first) {
    await reveal(first.key);
  }
}

/**
 * What is on the clipboard; empty where it cannot be read soon. In a browser it is left alone: that may first ask the person, or
 * refuse, of which VS Code makes an error message, and nobody can tell beforehand.
 */
async function clipboardText(): Promise<string> {
  if (env.uiKind === UIKind.Web) {
    return '';
  }
  const late = new Promise<string>(done => setTimeout(done, 1_000, ''));
  try {
    return (await Promise.race([env.clipboard.readText(), late])).trim();
  } catch {
    // Refused: the box is then empty, as with nothing copied.
    return '';
  }
}

/**
 * Asks for the tasks. Says at once what it recognises, also in what was on the clipboard, and takes only what it
 * recognises; `undefined` when the person left.
 */
function ask(value: string, judge: (typed: string) => JudgedInput): Promise<readonly string[] | undefined> {
  const box = window.createInputBox();
  box.title = l10n.t('Track Task');
  box.prompt = l10n.t('Enter task IDs, a JSON response, or a /v1/result/ link');
  box.placeholder = 'vgen_…, video_…';
  box.ignoreFocusOut = true;
  box.value = value;
  const say = (typed: string): JudgedInput => {
    const judged = judge(typed);
    box.validationMessage =
      'refusal' in judged
        ? { message: plain(judged.refusal), severity: InputBoxValidationSeverity.Error }
        : { message: plain(judged.says), severity: InputBoxValidationSeverity.Info };
    return judged;
  };
  if (value !== '') {
    say(value);
  }
  box.onDidChangeValue(say);
  return new Promise(done => {
    box.onDidAccept(() => {
      const judged = say(box.value);
      if ('ids' in judged) {
        done(judged.ids);
        box.dispose();
      }
    });
    box.onDidHide(() => {
      done(undefined);
      box.dispose();
    });
    box.show();
  });
}
