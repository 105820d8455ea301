import { commands as vscodeCommands } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { commands, walkthroughs, walkthroughSteps } from '../ids.ts';
import { registerCommand } from './register.ts';

/** What the walkthrough needs from outside. */
export interface WalkthroughDependencies {
  readonly extensionId: string;
  readonly hasKey: () => Promise<boolean>;
  readonly hasTasks: () => boolean;
  /** Whether a clip was ever previewed. */
  readonly hasPreviewed: () => boolean;
}

/**
 * Opens the walkthrough. VS Code ticks off what is done while it knows of the walkthrough, which it gets to know when the
 * first one is opened: what was done before is ticked off here.
 */
export function registerWalkthroughCommand(dependencies: WalkthroughDependencies): Disposable {
  const walkthrough = `${dependencies.extensionId}#${walkthroughs.start}`;
  return registerCommand(commands.openWalkthrough, async () => {
    await vscodeCommands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
    const done = [
      ...((await dependencies.hasKey()) ? [walkthroughSteps.key] : []),
      ...(dependencies.hasTasks() ? [walkthroughSteps.track, walkthroughSteps.watch] : []),
      ...(dependencies.hasPreviewed() ? [walkthroughSteps.preview] : []),
    ];
    for (const step of done) {
      try {
        await vscodeCommands.executeCommand('welcome.markStepComplete', `${walkthrough}#${step}`);
      } catch {
        // VS Code notes it first and complains then, where it has not read the walkthrough's steps yet.
      }
    }
  });
}
