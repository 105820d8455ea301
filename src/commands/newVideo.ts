import { l10n, window } from 'vscode';
import type { Kept } from '../host/kept.ts';
import { messages } from '../host/messages.ts';
import { Pages, runSteps, type Step } from '../host/steps.ts';
import { newDraft, requestOf, type Choice, type Draft } from '../making/draft.ts';
import type { ShotToWrite } from '../making/shotWriter.ts';
import type { MakeVideos } from './makeVideos.ts';
import { promptForFormat } from './newVideoFormat.ts';
import { STEP_NAMES, type FormServices, type NewVideoForm } from './newVideoForm.ts';
import { promptForMode } from './newVideoImages.ts';
import { promptForModel } from './newVideoModel.ts';
import { promptForPrompt, promptForReview } from './newVideoReview.ts';

/** What a new video needs from outside. */
export interface NewVideoDependencies extends FormServices {
  /** What was chosen last. */
  readonly choice: Kept<Choice | null>;
  readonly makeVideos: MakeVideos;
  readonly openShot: (shot: ShotToWrite) => Promise<void>;
}

/** Goes through the steps of a new video, from the beginning or with the given values. */
export class NewVideo {
  private readonly dependencies: NewVideoDependencies;
  /** What was begun and not generated, as long as the window is open: a prompt is work. */
  private unfinished: Draft | undefined;

  constructor(dependencies: NewVideoDependencies) {
    this.dependencies = dependencies;
  }

  /** "New Video…": everything, with what was begun or chosen last filled in. */
  async start(): Promise<void> {
    const form = formOf(this.unfinished ?? newDraft(this.dependencies.choice.get()), this.dependencies);
    await this.fillIn(form, form.steps.model);
  }

  /** "Generate from Selection…": the prompt is there, and what was chosen last is, too. Images are chosen for each video anew. */
  async startFromSelection(): Promise<void> {
    const prompt = selectedText();
    if (prompt === undefined) {
      void messages.info(l10n.t('Select a prompt in an editor first.'));
      return;
    }
    const last = this.dependencies.choice.get();
    const form = formOf(newDraft(last, prompt), this.dependencies);
    const { model, images, format, prompt: words, review } = form.steps;
    if (!last) {
      await this.fillIn(form, model);
    } else if (last.mode === 'text') {
      await this.fillIn(form, review, [model, images, format, words]);
    } else {
      await this.fillIn(form, images, [model]);
    }
  }

  private async fillIn(form: NewVideoForm, first: Step, behind: readonly Step[] = []): Promise<void> {
    const isComplete = await runSteps(new Pages(l10n.t('New Video'), STEP_NAMES.length), first, behind);
    this.unfinished = form.draft;
    if (isComplete && (await finish(form, this.dependencies))) {
      this.unfinished = undefined;
    }
  }
}

function formOf(draft: Draft, services: FormServices): NewVideoForm {
  const form: NewVideoForm = {
    ...services,
    draft,
    outcome: 'generate',
    steps: {
      model: pages => promptForModel(form, pages),
      images: pages => promptForMode(form, pages),
      format: pages => promptForFormat(form, pages),
      prompt: pages => promptForPrompt(form, pages),
      review: pages => promptForReview(form, pages),
    },
  };
  return form;
}

/** Whether something came of it. */
async function finish(
  { draft, outcome, modelOf }: NewVideoForm,
  { choice, makeVideos, openShot }: NewVideoDependencies,
): Promise<boolean> {
  const { model, family, mode, parameters } = draft;
  await choice.set({ model, family, mode, parameters });
  const request = requestOf(draft, modelOf(model));
  const ofFamily = family === null ? {} : { family };
  if (outcome === 'open') {
    await openShot({ request, ...ofFamily });
    return true;
  }
  return (await makeVideos([{ request, ...ofFamily }])) !== undefined;
}

/** What is selected in the editor; `undefined` where that is nothing. */
function selectedText(): string | undefined {
  const editor = window.activeTextEditor;
  const text = (editor?.selections ?? [])
    .map(selection => editor?.document.getText(selection).trim() ?? '')
    .filter(part => part !== '')
    .join('\n\n');
  return text === '' ? undefined : text;
}
