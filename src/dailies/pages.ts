import { Uri } from 'vscode';
import { storedPath } from '../host/clipUri.ts';
import { listSettings } from '../host/settings.ts';
import { Emitter } from '../base/events.ts';
import { Kept } from '../host/kept.ts';
import { registerClipEditor } from '../preview/clipEditor.ts';
import { Comparisons } from '../preview/comparePanel.ts';
import { CutPlayer } from '../preview/cutPanel.ts';
import { FrameReading } from '../preview/frameReading.ts';
import { Preview, type PreviewDependencies } from '../preview/panel.ts';
import type { PageServices } from '../preview/playerPage.ts';
import { isPlayerMemory, PLAYER_AT_FIRST, type FrameRequest } from '../preview/protocol.ts';
import { saveFrame, timeOfFrame } from '../preview/saveFrame.ts';
import { ContactSheet } from '../preview/sheetPanel.ts';
import { unpackInto } from '../preview/workerFolder.ts';
import { isSheetView, SHEET_AT_FIRST } from '../preview/sheetProtocol.ts';
import { arrange } from '../tasks/arrangement.ts';
import { lineageOf } from '../tasks/lineage.ts';
import { ageFrom, promptOf, type TaskKey } from '../tasks/task.ts';
import { chainOf } from '../views/chainText.ts';
import { comparedFactsOf } from '../views/comparedFacts.ts';
import { rememberPreviews } from '../views/conditions.ts';
import { matches } from '../views/taskFilter.ts';
import { reportOf } from '../views/taskReport.ts';
import { fileMarkOf } from '../views/fileMark.ts';
import { ageOf, clockText } from '../views/measures.ts';
import { friendlyModel } from '../views/shortText.ts';
import { nameOf } from '../views/names.ts';
import { clipFactsOf } from '../views/clipFacts.ts';
import { capabilitiesOf, titleOf } from '../views/taskText.ts';
import { sheetShots } from './sheetShots.ts';
import type { Base } from './base.ts';
import type { Loops } from './loops.ts';
import type { List } from './list.ts';

/** The pages that play clips. */
export interface Pages {
  readonly preview: Preview;
  readonly comparisons: Comparisons;
  readonly sheet: ContactSheet;
  readonly cutPlayer: CutPlayer;
  readonly requestFrame: (request: FrameRequest) => void;
  /** What reads single frames of clips. */
  readonly frames: FrameReading;
}

/** Creates the pages; each is shown when a person wants it. */
export function createPages(base: Base, loops: Loops, { tasks, tree, thumbnails, shotOrder }: List): Pages {
  const { context, parts, clock, ticker, log, operations, store } = base;
  unpackInto(Uri.joinPath(context.globalStorageUri, 'pages'));
  const frameRequests = parts.add(new Emitter<FrameRequest>());
  /** A frame that a person saves may be what the next shot starts from. */
  const noteFrame = (clip: Uri, frame: Uri | undefined, at: number | null): void => {
    const path = storedPath(clip);
    const task = [...tasks.all()].find(one => one.filePath === path);
    if (task && frame && !store.isReadOnly) {
      store.takes.noteFrame(storedPath(frame), { gateway: task.gateway, id: task.id, at });
    }
  };
  const playerServices: PageServices = {
    extensionUri: context.extensionUri,
    memory: new Kept(context.globalState, 'player', isPlayerMemory, PLAYER_AT_FIRST),
    saveFrame: async (clip, position, png, as) => {
      const frame = await saveFrame(clip, position, png, as);
      noteFrame(clip, frame, timeOfFrame(position));
      return frame;
    },
    onDidRequestFrame: frameRequests.event,
    log,
  };
  const hasPreviewed = rememberPreviews(context.globalState);
  const clipServices: PreviewDependencies = {
    ...playerServices,
    clock,
    tasks,
    nameOf,
    titleOf,
    promptOf,
    capabilitiesOf,
    chainOf: task =>
      chainOf(
        lineageOf(task, {
          all: () => tasks.all(),
          find: (gateway, id) => store.find(gateway, id),
          madeAs: (gateway, id) => {
            const made = store.intents.ofTask(gateway, id);
            return made && { gateway, id, label: made.label, source: made.source };
          },
          madeFrom: one => store.takes.madeFrom(one),
        }),
      ),
    factsOf: task => clipFactsOf(task, store.intents.ofTask(task.gateway, task.id)),
    reportOf: task =>
      reportOf(task, {
        now: ticker.now(),
        eta: loops.etaOf(task),
        isPaused: store.pauses.list().some(pause => pause.reason === 'person'),
      }),
    adjacentClip: (key, by) => tree.adjacentClip(key, by),
    onDidRearrange: tree.onDidArrange,
    onDidTick: ticker.onDidTick,
    onDidShow: key => {
      operations.markSeen(key);
      hasPreviewed();
    },
    keepThumbnail: (key, jpeg) => thumbnails.keep(key, jpeg),
    lookForFile: key => loops.files.lookFor(key),
  };
  const preview = parts.add(new Preview(clipServices));
  const comparisons = parts.add(new Comparisons({ ...clipServices, factsOf: comparedFactsOf }));
  parts.add(registerClipEditor(playerServices));
  const sheet = parts.add(
    new ContactSheet({
      ...clipServices,
      onDidRearrange: tree.onDidRearrange,
      memory: new Kept(context.globalState, 'sheet', isSheetView, SHEET_AT_FIRST),
      thumbnails,
      modelName: friendlyModel,
      lengthText: clockText,
      ageText: task => ageOf(ageFrom(task), ticker.now()),
      fileMarkOf,
      inOrder: () =>
        arrange(
          tasks.all(),
          { ...listSettings(), nameOf, shotIndex: shotOrder.indexOf },
          ticker.now(),
        ).flatMap(group => group.tasks),
      matches,
      ...sheetShots(
        () => tasks.all(),
        () => ticker.now(),
        shotOrder.indexOf,
      ),
      play: key => {
        preview.show(key);
      },
    }),
  );
  const requestFrame = (request: FrameRequest): void => {
    frameRequests.fire(request);
  };
  const pathOf = (key: TaskKey): string | undefined => tasks.get(key)?.filePath ?? undefined;
  const cutPlayer = parts.add(new CutPlayer({ ...clipServices, pathOf }));
  const frames = new FrameReading(context.extensionUri, log);
  return { preview, comparisons, sheet, cutPlayer, requestFrame, frames };
}
