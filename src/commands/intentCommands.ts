import { env, l10n, window, workspace } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { messages } from '../host/messages.ts';
import type { Family } from '../gateway/models.ts';
import { commands } from '../ids.ts';
import type { Making, Refusal, Wish } from '../making/making.ts';
import type { TaskStore } from '../store/store.ts';
import { gatewayOf } from '../tasks/gatewayAddress.ts';
import type { Intent } from '../tasks/intent.ts';
import type { TaskKey } from '../tasks/task.ts';
import { resumePrompt, sendAgainPrompt } from '../views/decisionText.ts';
import { IntentDocuments } from '../views/intentDocument.ts';
import { intentName } from '../views/intentText.ts';
import { createCurlOf, shellAt } from './curl.ts';
import { copyCreateCurl } from './curlCopy.ts';
import { ensureKey } from './ensureKey.ts';
import { promptForTaskId } from './foundId.ts';
import { IntentCommands } from './intentChoice.ts';
import type { MakeVideos } from './makeVideos.ts';
import { showRefusal, written } from './refusal.ts';

/** What the commands need from outside. */
export interface IntentCommandDependencies {
  readonly store: TaskStore;
  readonly making: Making;
  readonly makeVideos: MakeVideos;
  readonly now: () => number;
  readonly keyOf: (origin: string) => Promise<string | undefined>;
  /** Shows a task in the list. */
  readonly reveal: (key: TaskKey) => Promise<void>;
}

/** The verbs on videos that are still to be made, or may have been. */
export function registerIntentCommands(dependencies: IntentCommandDependencies): Disposable {
  const { store, making } = dependencies;
  const on = new IntentCommands(store);
  const isOpen = ({ state, resolution }: Intent): boolean => state === 'unknown' && resolution === null;

  on.on(
    commands.cancelVideo,
    l10n.t('Cancel Video'),
    ({ state }) => state === 'waiting' || state === 'notSent' || state === 'refused',
    intents => {
      const late = intents.filter(({ id }) => !making.cancel(id));
      if (late.length > 0) {
        void messages.warning(
          making.hasLedger
            ? l10n.t(
                "Too late: {0} of {1} can't be cancelled because their requests were already sent.",
                late.length,
                intents.length,
              )
            : l10n.t("The task list can't be written, so nothing was changed."),
        );
      }
    },
  );
  on.on(
    commands.sendVideo,
    l10n.t('Send Video'),
    ({ state }) => state === 'notSent' || state === 'refused',
    intents => send(intents, dependencies),
  );
  on.on(commands.foundVideo, l10n.t('Enter Task ID'), isOpen, ([intent]) => found(intent, dependencies));
  on.on(commands.notMade, l10n.t('Mark as Not Made'), isOpen, ([intent]) => notMade(intent, making));
  on.on(commands.sendAgain, l10n.t('Send Again'), isOpen, ([intent]) => sendAgain(intent, dependencies));
  on.on(
    commands.editIntent,
    l10n.t('Edit Request'),
    ({ state }) => state === 'refused' || state === 'notSent' || state === 'unknown',
    async ([intent]) => {
      const { request, family } = wishOf(intent);
      // Loaded on first use: start-up has no need of a parser.
      await (await import('./openAsShotFile.ts')).openAsShotFile({ request, family, label: intent.label });
    },
  );
  on.on(
    commands.showIntent,
    l10n.t('Show Request'),
    () => true,
    async ([intent], isRow) => {
      await window.showTextDocument(await workspace.openTextDocument(IntentDocuments.uriOf(intent)), {
        preview: true,
        preserveFocus: isRow,
      });
    },
  );
  on.on(
    commands.copyIntentCurl,
    l10n.t('Copy Request as cURL'),
    ({ family }) => isFamily(family),
    intents =>
      copyCreateCurl(
        intents.flatMap(({ gateway, family, body }) =>
          isFamily(family) ? [createCurlOf({ gateway, family, body }, shellAt(env.shell))] : [],
        ),
      ),
  );
  return on;
}

function isFamily(family: string): family is Family {
  return family === 'veo' || family === 'grok';
}

/** Sends what was not sent. What the gateway refused is a new request, with all that goes before one. */
async function send(
  intents: readonly [Intent, ...Intent[]],
  { store, making, makeVideos, keyOf, now }: IntentCommandDependencies,
): Promise<void> {
  const refused = intents.filter(({ state }) => state === 'refused');
  if (refused.length > 0 && (await makeVideos(refused.map(wishOf)))) {
    for (const { id } of refused) {
      making.cancel(id);
    }
  }
  const [first, ...others] = intents.filter(({ state }) => state === 'notSent');
  if (!first || !(await ensureKey(gatewayOf(first), async origin => (await keyOf(origin)) !== undefined))) {
    return;
  }
  const chosen = [first, ...others];
  const rest = store.intents
    .open()
    .filter(
      ({ id, batch, state }) =>
        state === 'notSent' && batch === first.batch && !chosen.some(one => one.id === id),
    );
  const prompt = resumePrompt(
    chosen.map(intent => ({ intent, repeats: making.repeatOf(intent.gateway, intent.hash) })),
    others.length === 0 ? rest.length : 0,
    now(),
  );
  const all = prompt.all;
  const choice =
    prompt.detail === '' && all === undefined
      ? prompt.button
      : await messages.info(
          prompt.message,
          { modal: true, detail: prompt.detail },
          ...[prompt.button, ...(all === undefined ? [] : [all])],
        );
  if (choice === undefined) {
    return;
  }
  const ids = [...chosen, ...(choice === all ? rest : [])].map(({ id }) => id);
  const resumed = written(() => making.resume(ids));
  if ('kind' in resumed) {
    showRefusal(resumed, []);
  } else if (resumed.length === 0) {
    void messages.info(l10n.t('It has already been sent or cancelled.'));
  }
}

async function found(intent: Intent, { making, keyOf, reveal }: IntentCommandDependencies): Promise<void> {
  const taskId = await promptForTaskId(intent, making, keyOf);
  if (taskId === undefined) {
    return;
  }
  const task = making.found(intent.id, taskId);
  if (task) {
    await reveal(task.key);
  } else {
    void messages.warning(
      making.hasLedger
        ? l10n.t('"{0}" has already been decided.', intentName(intent))
        : l10n.t("The task list can't be written, so nothing was changed."),
    );
  }
}

async function notMade(intent: Intent, making: Making): Promise<void> {
  const confirmed = l10n.t('Mark as Not Made');
  const chosen = await messages.warning(
    l10n.t('Mark "{0}" as not made?', intentName(intent)),
    {
      modal: true,
      detail: l10n.t(
        'It no longer counts toward your limits, and its row is removed. If it was made after all, add its task ID with Track Task.',
      ),
    },
    confirmed,
  );
  if (chosen === confirmed && !making.notMade(intent.id)) {
    void messages.info(l10n.t('"{0}" has already been decided.', intentName(intent)));
  }
}

async function sendAgain(intent: Intent, { making, keyOf, now }: IntentCommandDependencies): Promise<void> {
  if (!(await ensureKey(gatewayOf(intent), async origin => (await keyOf(origin)) !== undefined))) {
    return;
  }
  const { message, detail, button } = sendAgainPrompt(intent, making.spending.today(intent.gateway), now());
  if ((await messages.warning(message, { modal: true, detail }, button)) !== button) {
    return;
  }
  const sent: Intent | Refusal | undefined = written(() => making.sendAgain(intent.id));
  if (sent === undefined) {
    void messages.info(l10n.t('"{0}" has already been decided.', intentName(intent)));
  } else if ('kind' in sent) {
    showRefusal(sent, []);
  }
}

/** The same wish as a request of its own. */
export function wishOf({ body, family, label, file, section, take, source }: Intent): Wish {
  return {
    request: JSON.parse(body) as Wish['request'],
    ...(family === 'veo' || family === 'grok' ? { family } : {}),
    label,
    file,
    section,
    take,
    source,
  };
}
