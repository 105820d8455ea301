import { commands as vscodeCommands, env, l10n, window } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messages } from '../host/messages.ts';
import { commands } from '../ids.ts';
import type { Wish } from '../making/making.ts';
import type { GatewayAddress } from '../tasks/gatewayAddress.ts';
import type { Intent } from '../tasks/intent.ts';
import { ALL_GATEWAYS } from '../tasks/pause.ts';
import { gatewayName } from '../views/gatewayName.ts';
import { GatewayReports } from '../views/gatewayReports.ts';
import { ensureKey } from './ensureKey.ts';
import { chooseGateway } from './gatewayChoice.ts';
import type { GatewayCheckDependencies } from './gatewayCheck.ts';
import type { MakeVideos } from './makeVideos.ts';
import { registerCommand } from './register.ts';

/** What the commands need from outside. */
export interface CheckCommandDependencies extends GatewayCheckDependencies {
  /** The key of an origin. Rejects when that cannot be known. */
  readonly keyOf: (origin: string) => Promise<string | undefined>;
  readonly makeVideos: MakeVideos;
}

/** The video that is made where a person agrees: the shortest way to a link. */
const VIDEO: Wish['request'] = {
  model: 'veo_3_1_fast',
  prompt: 'A paper boat drifts across a calm pond at dawn.',
  aspect_ratio: '16:9',
  resolution: '720p',
};

/** The commands that check how the gateway of the settings behaves, and copy the report. */
export function registerGatewayCheckCommands(dependencies: CheckCommandDependencies): Disposable {
  const registered = new DisposableStore();
  const reports = registered.add(new GatewayReports());
  let isRunning = false;
  registered.add(
    registerCommand(commands.checkGateway, async () => {
      if (isRunning) {
        await reports.show();
        return;
      }
      isRunning = true;
      try {
        await check(dependencies, reports);
      } finally {
        isRunning = false;
      }
    }),
  );
  registered.add(registerCommand(commands.copyGatewayReport, () => copyReport(reports)));
  return registered;
}

async function check(dependencies: CheckCommandDependencies, reports: GatewayReports): Promise<void> {
  const { keyOf, makeVideos } = dependencies;
  const gateway = chooseGateway();
  if (!gateway || !mayRequest(dependencies)) {
    return;
  }
  const message = l10n.t('Set your API key for {0} to check the gateway.', gatewayName(gateway.base));
  const hasKey = async (origin: string): Promise<boolean> => (await keyOf(origin)) !== undefined;
  if (!(await ensureKey(gateway, hasKey, message))) {
    return;
  }
  const key = await keyOf(gateway.origin);
  // Loaded on first use: few windows ever check their gateway.
  const { checkGateway, requestsOf } = await import('./gatewayCheck.ts');
  const { store, clock } = dependencies;
  const requests = (makesVideo: boolean): number => requestsOf(store, gateway.base, clock.now(), makesVideo);
  const choice = key === undefined ? undefined : await confirm(gateway, requests);
  if (key === undefined || choice === undefined) {
    return;
  }
  let made: Intent | undefined;
  if (choice === 'withVideo') {
    const [first] = (await makeVideos([{ request: VIDEO, label: l10n.t('Gateway Check') }])) ?? [];
    if (!first) {
      return;
    }
    made = first;
  }
  const running = checkGateway(gateway, key, made, dependencies, seen => {
    reports.update(seen);
  });
  await reports.show();
  const { stopped } = await running;
  offerCopy(
    stopped === null ? l10n.t('The gateway check is complete.') : l10n.t('The gateway check was stopped.'),
  );
}

/** Whether polling is not paused by the person; else offers to resume it. */
function mayRequest({ store }: CheckCommandDependencies): boolean {
  if (!store.pauses.get(ALL_GATEWAYS, 'person')) {
    return true;
  }
  const resume = l10n.t('Resume Polling');
  void messages.info(l10n.t('Polling is paused. Resume it to check the gateway.'), resume).then(chosen => {
    if (chosen === resume) {
      void vscodeCommands.executeCommand(commands.resumePolling);
    }
  });
  return false;
}

/** Shows what will be sent. */
async function confirm(
  gateway: GatewayAddress,
  requests: (makesVideo: boolean) => number,
): Promise<'free' | 'withVideo' | undefined> {
  const seconds = Math.round(gateway.checkSpan / 1000);
  const detail = [
    l10n.t(
      "Dailies sends {0} requests over about {1} s, one at a time: about IDs and an address that don't exist, one of them with a wrong key, and about finished tasks in your list, if there are any, with the first bytes of one video. None of them generates anything or costs anything.",
      requests(false),
      seconds,
    ),
    l10n.t(
      'With a video, Dailies also generates one (Veo 3.1 Fast, 720p), after you confirm its price. It is polled as usual, and {0} requests are sent in all.',
      requests(true),
    ),
    l10n.t('Your key is sent only to this gateway, and not to the server of the video.'),
  ].join('\n\n');
  const [run, paid] = [l10n.t('Check'), l10n.t('Check with a Video…')];
  const message = l10n.t('Check the gateway {0}?', gatewayName(gateway.base));
  const chosen = await messages.info(message, { modal: true, detail }, run, paid);
  return chosen === run ? 'free' : chosen === paid ? 'withVideo' : undefined;
}

function offerCopy(message: string): void {
  const copy = l10n.t('Copy Report…');
  void messages.info(message, copy).then(chosen => {
    if (chosen === copy) {
      void vscodeCommands.executeCommand(commands.copyGatewayReport);
    }
  });
}

async function copyReport(reports: GatewayReports): Promise<void> {
  if (reports.isEmpty) {
    void messages.info(l10n.t('There is no report yet. Run Check Gateway first.'));
    return;
  }
  const chosen = await window.showQuickPick(
    [
      { label: l10n.t('Without Host Names'), hosts: false },
      { label: l10n.t('With Host Names'), hosts: true },
    ],
    {
      title: l10n.t('Copy Report'),
      placeHolder: l10n.t('The report never contains keys, task IDs, or links'),
    },
  );
  const text = chosen && (await reports.text(chosen));
  if (text !== undefined) {
    await env.clipboard.writeText(text);
    void messages.info(l10n.t('Report copied to the clipboard.'));
  }
}
