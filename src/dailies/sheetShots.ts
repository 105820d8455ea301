import { grouped } from '../base/grouped.ts';
import { listSettings } from '../host/settings.ts';
import type { ContentServices } from '../preview/sheetContents.ts';
import { takesText } from '../shots/takesText.ts';
import { arrange, NO_SHOT } from '../tasks/arrangement.ts';
import { shotKey, shotOf, type Shot } from '../tasks/shot.ts';
import type { Task } from '../tasks/task.ts';
import { groupName } from '../views/groupWords.ts';
import { nameOf } from '../views/names.ts';
import { takeText } from '../views/taskText.ts';

/** How the contact sheet shows takes by shot: as the list does, with the words of the lenses in shot files. */
export function sheetShots(
  all: () => Iterable<Task>,
  now: () => number,
  shotIndex: (shot: Shot) => number | undefined,
): Pick<ContentServices, 'byShot' | 'shotHeadings' | 'takeText'> {
  return {
    takeText,
    byShot: tasks =>
      arrange(tasks, { grouping: 'shot', sorting: listSettings().sorting, nameOf, shotIndex }, now()),
    shotHeadings: groups => {
      const takes = grouped([...all()].filter(shotOf), shotKey);
      return groups.map(({ id }) => ({
        title: groupName(id, 'shot', now()),
        note: id === NO_SHOT ? '' : (takesText(takes.get(id) ?? [], [], () => undefined) ?? ''),
      }));
    },
  };
}
