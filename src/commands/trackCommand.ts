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

/** What the command depends on. */
export interface TrackDependencies extends GivenDependencies {
  /** Reveals a task in the list. */
  readonly reveal: (key: TaskKey) => Promise<void>;
}

/** The command that adds tasks: those of its argument or, without one, those that the user enters. */
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
  // Only needed to recognise a key entered as an ID, so there is no need to wait for a slow keyring.
  dependencies.keyOf(gateway.origin).then(
    found => (key = found),
    () => undefined,
  );
  const judge = (typed: string): JudgedInput => judgeInput(typed, gateway, key);
  const clipboard = await clipboardText();
  const found = await promptForTasks(looksLikeTasks(clipboard) ? clipboard.replace(/\s+/g, ' ') : '', judge);
  if (!found) {
    return;
  }
  const { ids, inModelCenter } = found;
  const tracked = operations.track(gateway.base, ids, ownFolder(), { inModelCenter });
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
 * The text on the clipboard; '' if it cannot be read within a second. Never read in a browser, which may show a permission prompt
 * or refuse, and VS Code shows a refusal as an error.
 */
async function clipboardText(): Promise<string> {
  if (env.uiKind === UIKind.Web) {
    return '';
  }
  const late = new Promise<string>(done => setTimeout(done, 1_000, ''));
  try {
    return (await Promise.race([env.clipboard.readText(), late])).trim();
  } catch {
    // Refused: as if nothing had been copied.
    return '';
  }
}

/** What a person wants to track. */
type Found = Extract<JudgedInput, { ids: unknown }>;

/**
 * Shows an input box for tasks, which shows what it recognises while typing and accepts nothing else. Resolves to `undefined` if the
 * user cancels.
 */
function promptForTasks(value: string, judge: (typed: string) => JudgedInput): Promise<Found | undefined> {
  const box = window.createInputBox();
  box.title = l10n.t('Track Task');
  box.prompt = l10n.t('Enter task IDs, a JSON response, or a task link');
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
        done(judged);
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
