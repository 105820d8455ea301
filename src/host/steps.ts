import {
  InputBoxValidationSeverity,
  QuickInputButtons,
  window,
  type InputBox,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
} from 'vscode';
import { plain } from '../base/plainText.ts';

/** What comes after a step: another, the same once more, the one before as if Back was pressed, or nothing. */
export type Next = Step | 'again' | 'back' | 'done';

/** A step of a form. It may also show nothing: Back then skips it. */
export type Step = (pages: Pages) => Promise<Next> | Next;

/** What every page of a multi-step input has. */
interface PageOptions {
  /** Which step this is, from 1. */
  readonly step: number;
  readonly placeholder?: string;
  /** Buttons of the title, next to Back. */
  readonly buttons?: readonly QuickInputButton[];
}

/** A page with rows. */
export interface PickOptions<T extends QuickPickItem> extends PageOptions {
  readonly items: readonly T[];
  /** The row that Enter takes; else it is the first. */
  readonly active?: T | undefined;
}

/** A page with a box to type in. */
export interface TextOptions extends PageOptions {
  readonly prompt: string;
  readonly value: string;
  /** What is wrong with a text, shown while it is typed; `undefined` if it is valid. */
  readonly judge: (text: string) => string | undefined;
  /** Called on each change, so that typed text is not lost when the person goes back or leaves. */
  readonly keep?: (text: string) => void;
}

/** What a person did on a page: they took a row or a text, or pressed a button of the title, or of a row. */
export interface Outcome<T> {
  readonly taken?: T;
  readonly button?: QuickInputButton;
}

/** A person left, or went back. */
class Interruption extends Error {
  readonly isBack: boolean;

  constructor(isBack: boolean) {
    super(isBack ? 'Back' : 'Left');
    this.isBack = isBack;
  }
}

/** The pages that steps show, each in place of the one before. Back and Escape end the step that shows one. */
export class Pages {
  /** Whether the step has shown anything. */
  wasShown = false;

  private readonly title: string;
  private readonly total: number;
  private shown: QuickPick<QuickPickItem> | InputBox | undefined;
  private hasBack = false;

  constructor(title: string, total: number) {
    this.title = title;
    this.total = total;
  }

  startStep(hasBack: boolean): void {
    this.hasBack = hasBack;
    this.wasShown = false;
  }

  /** Shows rows. */
  pick<T extends QuickPickItem>(options: PickOptions<T>): Promise<Outcome<T>> {
    const pick = window.createQuickPick<T>();
    pick.matchOnDescription = true;
    pick.items = options.items;
    if (options.active) {
      pick.activeItems = [options.active];
    }
    return this.show(pick, options, take => {
      pick.onDidAccept(() => {
        const [taken] = pick.selectedItems;
        if (taken) {
          take({ taken });
        }
      });
      pick.onDidTriggerItemButton(({ item, button }) => {
        take({ taken: item, button });
      });
    });
  }

  /** Shows a box to type in. A text that is not in order is not taken. */
  type(options: TextOptions): Promise<Outcome<string>> {
    const box = window.createInputBox();
    box.prompt = options.prompt;
    box.value = options.value;
    const isInOrder = (): boolean => {
      const objection = options.judge(box.value);
      box.validationMessage =
        objection === undefined
          ? undefined
          : { message: plain(objection), severity: InputBoxValidationSeverity.Error };
      return objection === undefined;
    };
    return this.show(box, options, take => {
      box.onDidChangeValue(text => {
        options.keep?.(text);
        isInOrder();
      });
      box.onDidAccept(() => {
        if (isInOrder()) {
          take({ taken: box.value });
        }
      });
    });
  }

  /** Takes the page away, also for another dialog. */
  close(): void {
    this.shown?.dispose();
    this.shown = undefined;
  }

  /** Rejects with an `Interruption`. The page stays, without taking more, until the next one stands in its place. */
  private show<R>(
    input: QuickPick<QuickPickItem> | InputBox,
    { step, placeholder, buttons = [] }: PageOptions,
    listen: (take: (result: Outcome<R>) => void) => void,
  ): Promise<Outcome<R>> {
    input.title = this.title;
    input.step = step;
    input.totalSteps = this.total;
    input.placeholder = placeholder;
    // A person may look for a link or a prompt elsewhere meanwhile.
    input.ignoreFocusOut = true;
    input.buttons = [...(this.hasBack ? [QuickInputButtons.Back] : []), ...buttons];
    return new Promise((resolve, reject) => {
      const take = (result: Outcome<R>): void => {
        input.enabled = false;
        input.busy = true;
        resolve(result);
      };
      input.onDidTriggerButton(button => {
        if (button === QuickInputButtons.Back) {
          reject(new Interruption(true));
        } else {
          take({ button });
        }
      });
      input.onDidHide(() => {
        reject(new Interruption(false));
      });
      listen(take);
      this.close();
      this.shown = input;
      this.wasShown = true;
      input.show();
    });
  }
}

/**
 * Shows step after step, until one is the last: gives `true` then, and `false` when the person left. `behind` are the steps that Back
 * leads to from the first one.
 */
export async function runSteps(pages: Pages, first: Step, behind: readonly Step[] = []): Promise<boolean> {
  const path = [...behind];
  let step: Step | undefined = first;
  try {
    while (step) {
      pages.startStep(path.length > 0);
      const next: Next = await outcomeOf(step, pages);
      if (next === 'done') {
        return true;
      }
      if (next === 'back') {
        step = path.pop();
      } else if (next !== 'again') {
        path.push(...(pages.wasShown ? [step] : []));
        step = next;
      }
    }
    return false;
  } catch (error) {
    if (error instanceof Interruption) {
      return false;
    }
    throw error;
  } finally {
    pages.close();
  }
}

async function outcomeOf(step: Step, pages: Pages): Promise<Next> {
  try {
    return await step(pages);
  } catch (error) {
    if (error instanceof Interruption && error.isBack) {
      return 'back';
    }
    throw error;
  }
}
