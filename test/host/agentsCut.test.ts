import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { call, refusalOf } from './agentTools.ts';
import { cast, savedClip } from './cast.ts';
import { useStage } from './stage.ts';

describe('agents that export a cut', () => {
  const stage = useStage();

  /** A shot file of three shots, of which two have a pick. */
  const film = (): string => {
    const file = join(stage().clips, 'shots', 'film.shot.md');
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, '---\nmodel: veo_3_1_fast\n---\n## Harbor\nA.\n## Gulls\nB.\n## Dawn\nC.\n');
    cast(stage(), [
      savedClip(stage(), 'gulls', 'tone', { shotFile: file, shot: 'Gulls', take: 1, verdict: 'picked' }),
      savedClip(stage(), 'harbor', 'tone', { shotFile: file, shot: 'Harbor', take: 1, verdict: 'picked' }),
      savedClip(stage(), 'other', 'tone', { shotFile: file, shot: 'Harbor', take: 2 }),
    ]);
    return file;
  };

  it('get the picks of a shot file as timelines next to it, and the name of what is missing', async () => {
    const file = film();
    const { facts } = await call('export_cut', {
      shot_file: file,
      formats: ['otio', 'edl', 'fcpxml', 'edl'],
    });
    const folder = join(stage().clips, 'shots');
    assert.deepEqual(
      [facts.name, facts.clips, facts.seconds, facts.paths, facts.missing],
      [
        'film',
        2,
        16,
        ['otio', 'edl', 'fcpxml'].map(ending => join(folder, `film.${ending}`)),
        ['"Dawn": no take is picked'],
      ],
    );
    const edl = readFileSync(join(folder, 'film.edl'), 'utf8');
    assert.ok(edl.indexOf('harbor.mp4') < edl.indexOf('gulls.mp4') && !edl.includes('other.mp4'), edl);
  });

  it('never write over a file, however many calls come at once', async () => {
    const file = film();
    const input = { shot_file: file };
    const all = await Promise.all(Array.from({ length: 5 }, async () => call('export_cut', input)));
    const paths = all.flatMap(({ facts }) => facts.paths as string[]).sort();
    const folder = join(stage().clips, 'shots');
    assert.deepEqual(
      paths,
      ['', ' (2)', ' (3)', ' (4)', ' (5)'].map(number => join(folder, `film${number}.otio`)).sort(),
    );
    assert.deepEqual(
      readdirSync(folder).filter(name => name.startsWith('.')),
      [],
    );
  });

  it('get clips that they name, also as one MP4, and the keyboard stays where it was', async () => {
    film();
    const document = await vscode.workspace.openTextDocument({ content: 'A letter' });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Two);
    const ids = ['vgen_other1', 'vgen_gulls1', 'vgen_other1'];
    const { facts } = await call('export_cut', {
      ids,
      formats: ['mp4', 'otio'],
      folder: join(stage().clips, 'new', 'cut'),
    });
    assert.deepEqual([facts.clips, facts.missing, facts.notes], [2, [], undefined]);
    const [mp4 = '', otio = ''] = facts.paths as string[];
    assert.equal(mp4, join(stage().clips, 'new', 'cut', 'film.mp4'));
    assert.ok(existsSync(otio));
    assert.equal(readFileSync(mp4).subarray(4, 8).toString(), 'ftyp');
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });

  it('leave nothing when they cancel', async () => {
    const file = film();
    const source = new vscode.CancellationTokenSource();
    const cancelled = call('export_cut', { shot_file: file, formats: ['mp4', 'otio'] }, source.token);
    source.cancel();
    await assert.rejects(cancelled);
    // What comes next comes after it.
    await call('export_cut', { shot_file: file });
    assert.deepEqual(readdirSync(join(stage().clips, 'shots')).sort(), ['film.otio', 'film.shot.md']);
  });

  it('write nowhere but in the workspace and the save folder', async () => {
    const file = film();
    const elsewhere = mkdtempSync(join(tmpdir(), 'dailies-elsewhere-'));
    const link = join(stage().clips, 'link');
    symlinkSync(elsewhere, link);
    try {
      for (const folder of [
        elsewhere,
        link,
        join(link, 'deeper'),
        join(stage().clips, '..'),
        `${stage().clips}/../${'x'.repeat(8)}`,
        `${stage().clips}-2`,
        'https://gateway.example/x',
        `file://${elsewhere}`,
        '../elsewhere',
      ]) {
        assert.match(
          await refusalOf('export_cut', { shot_file: file, folder }),
          /^Nothing was written\. The folder must be in the workspace, or in the save folder/,
          folder,
        );
      }
      assert.deepEqual(readdirSync(elsewhere), []);
      assert.match(
        await refusalOf('export_cut', { shot_file: file, folder: file }),
        /^The cut could not be written: /,
      );
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('get a clear word for what is wrong with their input', async () => {
    const file = film();
    const refused = async (input: object): Promise<string> => refusalOf('export_cut', input);
    assert.match(await refused({}), /either a shot_file or ids/);
    assert.match(await refused({ shot_file: file, ids: ['x'] }), /either a shot_file or ids/);
    assert.match(await refused({ ids: [] }), /not valid.*ids/);
    assert.match(await refused({ ids: ['vgen_none'] }), /There is no video "vgen_none"/);
    assert.match(await refused({ shot_file: file, formats: ['avi'] }), /not valid.*formats/);
    assert.match(await refused({ shot_file: file, formats: [] }), /not valid.*formats/);
    assert.match(await refused({ shot_file: `${file}\0` }), /not valid.*shot_file/);
    assert.match(await refused({ shot_file: `${file}.gone` }), /There is no shot file .* that can be read/);
    assert.match(await refused({ shot_file: stage().clips }), /There is no shot file .* that can be read/);
    assert.match(await refused({ shot_file: '/etc/passwd' }), /This is not a shot file/);
    assert.match(await refused({ shot_file: 'https://gateway.example/a.shot.md' }), /There is no shot file/);
    rmSync(join(stage().clips, 'harbor.mp4'));
    rmSync(join(stage().clips, 'gulls.mp4'));
    assert.match(
      await refused({ shot_file: file }),
      /^Nothing was written\. There are no clips for the cut\.\n.*"harbor": file not found/s,
    );
  });
});
