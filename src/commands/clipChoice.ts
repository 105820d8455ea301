import { l10n, ThemeIcon, Uri, window, type QuickPickItem } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { arrange } from '../tasks/arrangement.ts';
import { promptOf, type Task } from '../tasks/task.ts';
import { groupName } from '../views/groupWords.ts';
import { durationText } from '../views/measures.ts';
import { fillPick, MOST_ROWS, type TaskRow } from '../views/pickLimit.ts';
import { friendlyModel } from '../views/shortText.ts';
import { nameOf } from '../views/names.ts';

/** What a person is asked for. */
export interface ClipQuestion {
  readonly title: string;
  readonly clips: readonly Task[];
  /** Those that are checked to begin with. */
  readonly checked: readonly Task[];
  /** Clips with this prompt come first. */
  readonly prompt: string | null;
  /** How many can be chosen; others cannot be accepted. */
  readonly fewest: number;
  readonly most: number;
}

/** What the choice needs from outside. */
export interface ClipChoiceServices {
  readonly clock: Clock;
  /** The first frame of a clip as an address, where one is known. */
  readonly thumbnailOf: (task: Task) => Promise<string | undefined>;
}

/** Asks which of several clips are meant. They stand by days, the newest first. `undefined`: the person has thought better of it. */
export async function chooseClips(
  question: ClipQuestion,
  { clock, thumbnailOf }: ClipChoiceServices,
): Promise<readonly Task[] | undefined> {
  const { title, checked, fewest, most } = question;
  const rows = await withThumbnails(clipRows(question, clock.now()), thumbnailOf);
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

/** The rows with pictures, those that VS Code draws without anything being typed. */
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

/** A row of the choice. */
interface ClipRow extends TaskRow {
  /** What it stands below. */
  readonly section: string;
  readonly task: Task;
}

/** A row for each clip: first those with the prompt, then the others by days; the newest first. */
export function clipRows({ clips, prompt }: Pick<ClipQuestion, 'clips' | 'prompt'>, now: number): ClipRow[] {
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

/** What tells a clip from others of its name: its model and how long it is. */
function madeAs({ model, fileDuration, actualDuration }: Task): string {
  const length = fileDuration ?? actualDuration;
  return [friendlyModel(model ?? ''), length === null ? '' : durationText(length)]
    .filter(part => part !== '')
    .join(' · ');
}
