import { commands as vscodeCommands } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { commands, walkthroughs, walkthroughSteps } from '../ids.ts';
import { registerCommand } from './register.ts';

/** What the walkthrough depends on. */
export interface WalkthroughDependencies {
  readonly extensionId: string;
  readonly hasKey: () => Promise<boolean>;
  readonly hasTasks: () => boolean;
  /** Whether a clip was ever previewed. */
  readonly hasPreviewed: () => boolean;
}

/**
 * The command that opens the walkthrough. VS Code completes steps only from the first time that a walkthrough is opened on, so
 * steps that were done before are completed here.
 */
export function registerWalkthroughCommand(dependencies: WalkthroughDependencies): Disposable {
  const walkthrough = `${dependencies.extensionId}#${walkthroughs.start}`;
  return registerCommand(commands.openWalkthrough, async () => {
    await vscodeCommands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
    const done = [
      ...((await dependencies.hasKey()) ? [walkthroughSteps.key] : []),
      ...(dependencies.hasTasks() ? [walkthroughSteps.make, walkthroughSteps.watch] : []),
      ...(dependencies.hasPreviewed() ? [walkthroughSteps.preview] : []),
    ];
    for (const step of done) {
      try {
        await vscodeCommands.executeCommand('welcome.markStepComplete', `${walkthrough}#${step}`);
      } catch {
        // VS Code marks the step, but then throws if it has not loaded the steps yet.
      }
    }
  });
}
