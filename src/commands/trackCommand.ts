import {
  env,
  InputBoxValidationSeverity,
  l10n,
  UIKind,
  window,
  type InputBoxValidationMessage,
} from 'vscode';
import { messages } from '../host/messages.ts';
import type { Disposable } from '../base/disposable.ts';
import { plain } from '../base/plainText.ts';
import { commands } from '../ids.ts';
import { judgeAddress } from '../tasks/gatewayAddress.ts';
import type { Operations } from '../store/operations.ts';
import type { TaskKey } from '../tasks/task.ts';
import { looksLikeTasks, MOST_IDS, recogniseTasks, type TaskInputProblem } from '../tasks/taskInput.ts';
import { chooseGateway } from './gatewayChoice.ts';
import { registerCommand } from './register.ts';

/** What the command needs from outside. */
export interface TrackDependencies {
  readonly operations: Operations;
  /** The folder that this window's workspace wants the clips in, where it does. */
  readonly ownFolder: () => string | null;
  /** The key stored for an origin: it must not become a task. */
  readonly keyOf: (origin: string) => Promise<string | undefined>;
  /** Shows a task in the list. */
  readonly reveal: (key: TaskKey) => Promise<void>;
}

export function registerTrackCommand(dependencies: TrackDependencies): Disposable {
  return registerCommand(commands.track, () => track(dependencies));
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
  const clipboard = await clipboardText();
  const text = await ask(looksLikeTasks(clipboard) ? clipboard.replace(/\s+/g, ' ') : '', judge);
  const input = text === undefined ? undefined : recogniseTasks(text);
  if (input?.kind !== 'ids') {
    return;
  }
  const tracked = operations.track(gateway.base, input.ids, ownFolder());
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

  function isForeign(link: string): boolean {
    const address = judgeAddress(link);
    return typeof address === 'string' || address.base !== gateway?.base;
  }

  function judge(typed: string): InputBoxValidationMessage {
    if (key !== undefined && typed.includes(key)) {
      return {
        message: l10n.t('This is your API key, not a task ID.'),
        severity: InputBoxValidationSeverity.Error,
      };
    }
    const seen = recogniseTasks(typed);
    if (seen.kind === 'problem') {
      return { message: wordsFor(seen.problem, seen.text), severity: InputBoxValidationSeverity.Error };
    }
    const foreign = seen.gateways.find(isForeign);
    if (foreign !== undefined) {
      return {
        message: l10n.t(
          'This link belongs to another gateway, {0}. Change the gateway address in the settings first.',
          foreign,
        ),
        severity: InputBoxValidationSeverity.Error,
      };
    }
    return { message: recognised(seen.source, seen.ids), severity: InputBoxValidationSeverity.Info };
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
function ask(
  value: string,
  judge: (typed: string) => InputBoxValidationMessage,
): Promise<string | undefined> {
  const box = window.createInputBox();
  box.title = l10n.t('Track Task');
  box.prompt = l10n.t('Enter task IDs, a JSON response, or a /v1/result/ link');
  box.placeholder = 'vgen_…, video_…';
  box.ignoreFocusOut = true;
  box.value = value;
  const say = (typed: string): InputBoxValidationMessage => {
    const { message, severity } = judge(typed);
    box.validationMessage = { message: plain(message), severity };
    return { message, severity };
  };
  if (value !== '') {
    say(value);
  }
  box.onDidChangeValue(say);
  return new Promise(done => {
    box.onDidAccept(() => {
      if (say(box.value).severity !== InputBoxValidationSeverity.Error) {
        done(box.value);
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

function recognised(source: 'id' | 'json' | 'url', ids: readonly string[]): string {
  const [first = ''] = ids;
  const more = ids.length - 1;
  switch (source) {
    case 'id':
      return more > 0 ? l10n.t('{0} task IDs ({1}, …)', ids.length, first) : l10n.t('Task ID {0}', first);
    case 'json':
      return more > 0
        ? l10n.t('{0} gateway responses ({1}, …)', ids.length, first)
        : l10n.t('Gateway response for task {0}', first);
    case 'url':
      return more > 0
        ? l10n.t('{0} task links ({1}, …)', ids.length, first)
        : l10n.t('Link to task {0}', first);
  }
}

function wordsFor(problem: TaskInputProblem, text: string): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a task ID, a gateway response, or a result link.');
    case 'brokenJson':
      return l10n.t('Incomplete JSON. Copy the entire response.');
    case 'noIdInJson':
      return l10n.t('No task ID found in this response.');
    case 'notAResultLink':
      return l10n.t('"{0}" isn\'t a task link. Expected …/v1/result/<ID>.', cut(text));
    case 'unsafeId':
      return l10n.t(
        '"{0}" isn\'t a task ID. Task IDs can contain only letters, digits, dots, hyphens, and underscores.',
        cut(text),
      );
    case 'plainWord':
      return l10n.t('"{0}" isn\'t a task ID. IDs look like vgen_4ea4c7f4…', cut(text));
    case 'assetId':
      return l10n.t('"{0}" is an uploaded asset, not a task.', cut(text));
    case 'otherApi':
      return l10n.t(
        '"{0}" is a task of the model center (/v2), which Dailies can\'t check yet. Use a link with /v1/result/.',
        cut(text),
      );
    case 'tooMany':
      return l10n.t('{0} IDs entered. The limit is {1}.', text, MOST_IDS);
  }
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
