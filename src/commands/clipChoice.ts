import { l10n, ThemeIcon, Uri, window, type QuickPickItem } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { arrange } from '../tasks/arrangement.ts';
import { promptOf, type Task } from '../tasks/task.ts';
import { groupName } from '../views/groupWords.ts';
import { durationText } from '../views/measures.ts';
import { fillPick, MOST_ROWS, type TaskRow } from '../views/pickLimit.ts';
import { friendlyModel } from '../views/shortText.ts';
import { takeText, verdictText } from '../views/taskText.ts';
import { nameOf } from '../views/names.ts';

/** What the user is to choose. */
export interface ClipChoice {
  readonly title: string;
  readonly clips: readonly Task[];
  /** Initially selected. */
  readonly checked: readonly Task[];
  /** Clips with this prompt are listed first. */
  readonly prompt: string | null;
  /** How many clips can be chosen. */
  readonly fewest: number;
  readonly most: number;
}

/** What the choice depends on. */
export interface ClipChoiceServices {
  readonly clock: Clock;
  /** The first frame of a clip as a URL; `undefined` if there is none. */
  readonly thumbnailOf: (task: Task) => Promise<string | undefined>;
}

/** Lets the user choose clips, grouped by day, the newest first. Resolves to `undefined` if the user cancels. */
export async function chooseClips(
  choice: ClipChoice,
  { clock, thumbnailOf }: ClipChoiceServices,
): Promise<readonly Task[] | undefined> {
  const { title, checked, fewest, most } = choice;
  const rows = await withThumbnails(clipRows(choice, clock.now()), thumbnailOf);
  const pick = window.createQuickPick<(typeof rows)[number] | QuickPickItem>();
  pick.title = title;
  pick.placeholder = l10n.t('Select {0} to {1} clips', fewest, most);
  pick.canSelectMany = true;
  pick.selectedItems = rows.filter(({ task }) => checked.some(({ key }) => key === task.key));
  fillPick(pick, rows, row => row.section);
  return new Promise(done => {
    pick.onDidAccept(() => {
      const chosen = rows.filter(row => pick.selectedItems.includes(row));
      if (chosen.length >= fewest && chosen.length <= most) {
        done(chosen.map(({ task }) => task));
        pick.hide();
      } else {
        pick.title = l10n.t('Select {0} to {1} clips ({2} selected)', fewest, most, chosen.length);
      }
    });
    pick.onDidHide(() => {
      pick.dispose();
      done(undefined);
    });
    pick.show();
  });
}

/** Adds thumbnails to the rows that are shown initially. */
async function withThumbnails(
  rows: readonly ClipRow[],
  thumbnailOf: ClipChoiceServices['thumbnailOf'],
): Promise<readonly ClipRow[]> {
  return Promise.all(
    rows.map(async (row, index) => {
      const address = index < MOST_ROWS ? await thumbnailOf(row.task) : undefined;
      return address === undefined ? row : { ...row, iconPath: Uri.parse(address) };
    }),
  );
}

/** A row of the quick pick. */
interface ClipRow extends TaskRow {
  /** The name of its section. */
  readonly section: string;
  readonly task: Task;
}

/** A row per clip: first those with the prompt, then the others by day; the newest first. */
export function clipRows({ clips, prompt }: Pick<ClipChoice, 'clips' | 'prompt'>, now: number): ClipRow[] {
  const isSame = (task: Task): boolean => prompt !== null && promptOf(task)?.trim() === prompt.trim();
  const row = (task: Task, section: string): ClipRow => ({
    label: nameOf(task),
    description: madeAs(task),
    iconPath: new ThemeIcon('device-camera-video'),
    section,
    task,
    taskId: task.id,
  });
  const byKey = new Map(clips.map(task => [task.key, task]));
  const rows = arrange(clips, { grouping: 'day', sorting: 'newest', nameOf }, now).flatMap(({ id, tasks }) =>
    tasks
      .map(key => byKey.get(key))
      .filter(task => task !== undefined)
      .map(task => row(task, isSame(task) ? l10n.t('Same Prompt') : groupName(id, 'day', now))),
  );
  return [...rows.filter(({ task }) => isSame(task)), ...rows.filter(({ task }) => !isSame(task))];
}

/** What distinguishes a clip from others of the same name: its take and what was decided on it, its model and its duration. */
function madeAs(task: Task): string {
  const { model, fileDuration, actualDuration } = task;
  const length = fileDuration ?? actualDuration;
  return [
    takeText(task),
    verdictText(task),
    friendlyModel(model ?? ''),
    length === null ? '' : durationText(length),
  ]
    .filter(part => part !== '')
    .join(' · ');
}
