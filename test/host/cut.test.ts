import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { ClipName } from '../fixtures/clips/clips.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { cast } from './cast.ts';
import { cutStage } from './cutStage.ts';
import { useStage } from './stage.ts';

/** Ten clips at 24 fps, one of them tall; their frames. */
const TEN: readonly (readonly [ClipName, number])[] = [
  ['tone', 192],
  ['landscape', 192],
  ['silent', 144],
  ['counter', 48],
  ['portrait', 192],
  ['landscape', 192],
  ['slowstart', 240],
  ['landscape', 192],
  ['silent', 144],
  ['landscape', 192],
];

describe('the cut of a shot file', () => {
  const window = workbench();
  const stage = useStage();
  const { folder, take, openFile, untilRows, choose, files } = cutStage(window, stage);

  const read = (ending: string): string => readFileSync(join(folder(), `film.${ending}`), 'utf8');

  /** The first frame and the length of each clip of an EDL. */
  function eventsOf(edl: string): (readonly [start: number, length: number])[] {
    return [...edl.matchAll(/^\d{3} .* (\S+) (\S+) (\S+) (\S+)$/gmu)].map(([, , , from = '', to = '']) => [
      framesOf(from),
      framesOf(to) - framesOf(from),
    ]);
  }

  function framesOf(timecode: string): number {
    const [hours = 0, minutes = 0, seconds = 0, frames = 0] = timecode.split(':').map(Number);
    return ((hours * 60 + minutes) * 60 + seconds) * 24 + frames;
  }

  it('is exported as timelines that agree to the frame, and replaces none without consent', async () => {
    cast(
      stage(),
      TEN.map(([clip], index) => take(index + 1, clip)),
    );
    await openFile(10);
    await untilRows(10);
    void vscode.commands.executeCommand('dailies.cut.export');
    await choose('OpenTimelineIO', 'Final Cut Pro XML 1.9', 'CMX 3600 EDL');
    await window.dismissNotification('Cut exported to');
    assert.deepEqual(files(), ['film.edl', 'film.fcpxml', 'film.otio', 'film.shot.md']);
    let start = 0;
    const expected = TEN.map(([, length]) => {
      start += length;
      return [start - length, length] as const;
    });
    assert.deepEqual(eventsOf(read('edl')), expected);
    assert.match(read('edl'), /^\* LOC: [\d:]{11} YELLOW  Best light$/mu);
    const lengths = [...read('fcpxml').matchAll(/<asset-clip [^>]*duration="([^"]+)"/gu)].map(([, text]) =>
      secondsOf(text ?? ''),
    );
    assert.deepEqual(
      lengths,
      TEN.map(([, length]) => length / 24),
    );
    assert.match(read('fcpxml'), /src="\.\.\/shot%201%20take\.mp4"/u);
    const otio = JSON.parse(read('otio')) as Timeline;
    assert.deepEqual(
      otio.tracks.children[0]?.children.map(clip => clip.source_range.duration.value),
      TEN.map(([, length]) => length),
    );

    void vscode.commands.executeCommand('dailies.cut.export');
    await choose('OpenTimelineIO', 'Final Cut Pro XML 1.9', 'CMX 3600 EDL');
    const { message, detail } = await window.dialog();
    assert.deepEqual(
      [message, detail],
      ['3 files already exist. Replace them?', 'film.otiofilm.fcpxmlfilm.edl'],
    );
    await window.pressDialogButton('Keep Both');
    await window.dismissNotification('Cut exported to');
    assert.deepEqual(files(), [
      'film (2).edl',
      'film (2).fcpxml',
      'film (2).otio',
      'film.edl',
      'film.fcpxml',
      'film.otio',
      'film.shot.md',
    ]);
  });

  it('is played one clip after the other, with the names of the shots and keys to go on', async () => {
    cast(
      stage(),
      (['counter', 'tone', 'portrait'] as const).map((clip, index) => take(index + 1, clip)),
    );
    await openFile(3);
    await untilRows(3);
    void vscode.commands.executeCommand('dailies.cut.play');
    const untilShot = async (heading: string): Promise<boolean> =>
      waitUntil(
        `the shot ${heading}`,
        async () => {
          const tabs = await window.tabs();
          if (!tabs.some(({ title }) => title === 'Cut: film')) return undefined;
          const text = await window.evaluateInWebview(
            `document.querySelector('h1')?.textContent`,
            'Cut: film',
          );
          return text === heading || undefined;
        },
        async () => JSON.stringify(await window.tabs()),
      );
    await untilShot('1 of 3 · shot 1 take');
    await untilShot('2 of 3 · shot 2 take');
    await window.pressKey('PageDown');
    await untilShot('3 of 3 · shot 3 take');
    await window.pressKey('PageUp');
    await untilShot('2 of 3 · shot 2 take');
  });

  it('is exported as one MP4 with every frame, and leaves nothing else behind', async () => {
    const three: readonly ClipName[] = ['counter', 'count', 'tone'];
    cast(
      stage(),
      three.map((clip, index) => take(index + 1, clip)),
    );
    await openFile(3);
    await untilRows(3);
    void vscode.commands.executeCommand('dailies.cut.export');
    const { items } = await window.quickInput('Export the Cut: 3 clips · 00:00:20:00 · 24 fps · 320 × 180');
    assert.ok(
      items.some(({ detail }) => detail === 'One video, re-encoded because "shot 3 take" is 640 × 360'),
    );
    await choose('MP4');
    await window.dismissNotification('Cut exported to');
    assert.ok(files().every(name => !name.includes('.part')));
    const { stdout } = await promisify(execFile)('ffprobe', [
      ...['-v', 'error', '-count_frames', '-select_streams', 'v', '-show_entries'],
      ...['stream=nb_read_frames,width,height,r_frame_rate', '-of', 'csv=p=0', join(folder(), 'film.mp4')],
    ]);
    assert.equal(stdout.trim(), '320,180,24/1,480');
  });

  it('names each clip that is missing, and goes on without them only after a click', async () => {
    cast(stage(), [
      take(1, 'tone'),
      take(2, 'tone', { verdict: null }),
      take(3, 'tone', { file: 'waiting', filePath: null }),
      take(4, 'tone'),
    ]);
    rmSync(join(stage().clips, 'shot 4 take.mp4'));
    await openFile(5);
    await untilRows(4);
    void vscode.commands.executeCommand('dailies.cut.export');
    const { message, detail } = await window.dialog();
    assert.equal(message, '4 clips are missing from the cut.');
    assert.deepEqual(detail.split(/(?="shot)/u), [
      '"shot 2": no take is picked',
      '"shot 5": no take is picked',
      '"shot 3 take": not saved yet',
      '"shot 4 take": file not found',
    ]);
    await window.pressDialogButton('Export Without Them');
    await choose('CMX 3600 EDL');
    await window.dismissNotification('Cut exported to');
    assert.equal(eventsOf(read('edl')).length, 1);
  });
});

interface Timeline {
  readonly tracks: {
    readonly children: readonly {
      readonly children: readonly {
        readonly source_range: { readonly duration: { readonly value: number } };
      }[];
    }[];
  };
}

/** Of a fraction: `192/24s`, `8s`. */
function secondsOf(text: string): number {
  const [top = 0, bottom = 1] = text.replace('s', '').split('/').map(Number);
  return top / bottom;
}
