import { setTimeout as sleep } from 'node:timers/promises';
import { sourceText } from '../../../src/tasks/shot.ts';
import { layListIn } from '../../fixtures/listOf.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import {
  LIGHT_CONTRAST,
  LOOKS,
  openPage,
  rest,
  run,
  show,
  take,
  tidy,
  untilInPage,
  viewName,
  type Language,
} from './camera.ts';
import { narrow } from './sheet.ts';

const SHOT_FILE = 'film/harbor.shot.md';

/** The takes: their shot, decision, note, and prompt. */
const TAKES = [
  ['Harbor at dawn', 'rejected', null, 'Fishing boats leave a harbor at dawn, gulls, slow crane up'],
  ['Harbor at dawn', null, null, 'Fishing boats leave a harbor at first light, gulls, slow crane up'],
  [
    'Harbor at dawn',
    'picked',
    'gulls at the right moment',
    'Fishing boats leave the old harbor at dawn, no gulls, slow crane up',
  ],
  ['Container cranes', 'picked', null, 'Container cranes of a harbor at noon, slow orbit, hard shadows'],
  ['Container cranes', null, null, 'Container cranes of a harbor at noon, slow orbit, hard shadows'],
  ['Ferry at night', null, null, 'A ferry crosses the harbor at night, its lights on the water'],
  [
    'Ferry at night',
    'picked',
    'start of act two',
    'A ferry crosses the harbor at night, its lights on the water',
  ],
  ['Last gull', null, null, 'One gull on a bollard, sunrise, it flies off'],
] as const;

/** Makes finished clips takes of four shots, in which each shot starts from the pick of the one before. */
export function layTakes(dataDir: string): void {
  layListIn(dataDir, store => {
    const saved = store.list().filter(({ file }) => file === 'saved');
    store.commit(() => {
      const numbers = new Map<string, number>();
      let last: string | null = null;
      let source: string | null = null;
      for (const [index, [shot, verdict, note, prompt]] of TAKES.entries()) {
        const task = saved[index];
        if (!task) throw new Error('Too few clips are saved.');
        if (shot !== last) {
          const before = TAKES.findIndex(one => one[0] === last && one[1] === 'picked');
          const from = saved[before];
          source = from ? sourceText({ gateway: from.gateway, id: from.id, at: null }) : null;
          last = shot;
        }
        const number = (numbers.get(shot) ?? 0) + 1;
        numbers.set(shot, number);
        store.update(task.key, {
          label: null,
          shotFile: SHOT_FILE,
          shot,
          take: number,
          verdict,
          note,
          source,
          seenAt: 1,
          request: JSON.stringify({ model: task.model, prompt, resolution: '1080p' }),
        });
        store.update(task.key, { label: `${shot} (${number})` });
      }
    });
  });
}

/** The list and the contact sheet by shot, a comparison of takes, and the details of a clip in a chain. */
export async function takeTakes(
  workbench: Workbench,
  prefix = 'takes',
  language: Language = 'en',
): Promise<void> {
  const looks = language === 'en' ? [...Object.values(LOOKS), LIGHT_CONTRAST] : [LOOKS.dark];
  const view = viewName(language);
  for (const look of looks) {
    await show(workbench, look);
    await run(workbench, 'contactSheet', language);
    await untilInPage(workbench, `document.querySelectorAll('.tile canvas').length > 7`);
    if (look === LOOKS.dark) {
      await workbench.clickInWebview('select >> nth=1');
      for (const key of ['Home', 'ArrowDown', 'Enter']) {
        await workbench.pressKey(key);
      }
    }
    await untilInPage(workbench, `document.querySelectorAll('.heading').length > 3`);
    await untilInPage(workbench, `document.querySelectorAll('.tile canvas').length > 7`);
    await tidy(workbench);
    await take(workbench, `${prefix}-sheet-${look.name}`);
    await workbench.runCommand('View: Close All Editors');
    await openPage(workbench, view, 'Last gull (1)', `document.querySelector('video')?.currentTime > 1`);
    await untilInPage(workbench, `document.querySelectorAll('.chain button').length > 2`);
    await rest(workbench);
    await take(workbench, `${prefix}-chain-${look.name}`);
    await workbench.contextMenu(
      view,
      'Harbor at dawn (2)',
      language === 'en' ? 'Compare Takes' : '对比镜头的样片',
    );
    await untilInPage(workbench, `document.querySelectorAll('.clip[data-state=ready]').length === 2`);
    await sleep(1_500);
    await rest(workbench);
    await take(workbench, `${prefix}-compare-${look.name}`);
    await workbench.runCommand('View: Close All Editors');
  }
  await show(workbench, LOOKS.dark);
  await run(workbench, 'contactSheet', language);
  await untilInPage(workbench, `document.querySelectorAll('.heading').length > 3`);
  await narrow(workbench, language === 'en' ? 'Contact Sheet' : '缩略图总览');
  await take(workbench, `${prefix}-sheet-320`);
}
