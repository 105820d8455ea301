import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { folderText, isOfWorkspace, resolveFolder, storedFolder } from '../../../src/saving/folderPath.ts';

const uri = (text: string, fsPath: string): { scheme: string; fsPath: string; toString(): string } => ({
  scheme: text.split(':')[0] ?? '',
  fsPath,
  toString: () => text,
});

const film = { name: 'film', uri: uri('file:///home/me/film', '/home/me/film') };
const rushes = {
  name: 'rushes',
  uri: uri('vscode-remote://ssh-remote%2Bhost/srv/rushes%202', '/srv/rushes 2'),
};
const drive = { name: 'film', uri: uri('file:///c%3A/film', 'c:\\film') };

/** A wish as a folder, with its kind; what cannot be used with its reason. */
function read(wish: string, folders = [film, rushes], paths = posix): string {
  const home = paths === posix ? '/home/me' : 'C:\\Users\\me';
  const folder = resolveFolder(wish, { home, folders }, paths);
  return folder.kind === 'unusable'
    ? `${folder.problem}: ${folder.text}`
    : `${folder.kind} ${folderText(folder)}`;
}

describe('the folder for clips', () => {
  it('is an absolute path, of this machine', () => {
    assert.deepEqual(
      [' /data/clips ', '~', '~/clips', '${userHome}/clips', '/a/../b//c', 'file:///data/my%20clips'].map(
        one => read(one),
      ),
      [
        'local /data/clips',
        'local /home/me',
        'local /home/me/clips',
        'local /home/me/clips',
        'local /b/c',
        'local /data/my clips',
      ],
    );
  });

  it('is distinguished from a URI on Windows too, by its drive or server', () => {
    assert.deepEqual(
      [
        'D:\\clips',
        'd:/clips',
        '\\\\server\\share\\clips',
        '//server/share/clips',
        '~\\clips',
        '${workspaceFolder}/clips',
        'file:///d%3A/clips',
      ].map(one => read(one, [drive], win32)),
      [
        'local D:\\clips',
        'local d:\\clips',
        'local \\\\server\\share\\clips',
        'local \\\\server\\share\\clips',
        'local C:\\Users\\me\\clips',
        'local c:\\film\\clips',
        'local d:\\clips',
      ],
    );
  });

  it('is below a folder of the workspace, wherever that is', () => {
    assert.deepEqual(
      [
        '${workspaceFolder}',
        '${workspaceFolder}/clips',
        '${workspaceFolder:rushes}',
        '${workspaceFolder:rushes}/day 1/../day #2',
        '${workspaceFolder:film}/../clips',
      ].map(one => read(one)),
      [
        'local /home/me/film',
        'local /home/me/film/clips',
        'remote vscode-remote://ssh-remote%2Bhost/srv/rushes%202',
        'remote vscode-remote://ssh-remote%2Bhost/srv/rushes%202/day%20%232',
        'local /home/me/clips',
      ],
    );
  });

  it('is any URI that a file system of VS Code may know', () => {
    assert.deepEqual(
      ['vscode-remote://ssh-remote+host/home/me/clips', 'memfs:/clips'].map(one => read(one)),
      ['remote vscode-remote://ssh-remote+host/home/me/clips', 'remote memfs:/clips'],
    );
  });

  it('cannot be used without what it is relative to, and says so', () => {
    assert.deepEqual(
      [
        read('clips'),
        read('~you/clips'),
        read('D:\\clips'),
        read('file://server/clips'),
        read('${workspaceFolder}/clips', []),
        read('${workspaceFolder:sound}/clips'),
        read('${env:HOME}/clips'),
        read('/data/${workspaceFolder}'),
        read('${workspaceFolder}/${date}'),
        read('${userHome:me}/clips'),
        read('${userHome'),
      ],
      [
        'notAbsolute: clips',
        'notAbsolute: ~you/clips',
        'notAbsolute: D:\\clips',
        'notAbsolute: file://server/clips',
        'noWorkspace: ${workspaceFolder}',
        'noSuchFolder: sound',
        'unknownVariable: ${env:HOME}',
        'unknownVariable: ${workspaceFolder}',
        'unknownVariable: ${date}',
        'unknownVariable: ${userHome:me}',
        'unknownVariable: ${userHome',
      ],
    );
  });

  it('differs by window only where it names the workspace', () => {
    assert.deepEqual(
      [' ${workspaceFolder}/clips', '${workspaceFolder:film}', '~/clips', ''].map(isOfWorkspace),
      [true, true, false, false],
    );
  });

  it('is read back as it was stored', () => {
    for (const wish of ['/data/clips', '${workspaceFolder:rushes}/clips', 'memfs:/clips']) {
      const folder = resolveFolder(wish, { home: '/home/me', folders: [film, rushes] }, posix);
      assert.ok(folder.kind !== 'unusable');
      assert.deepEqual(storedFolder(folderText(folder)), folder);
    }
    assert.deepEqual(
      [storedFolder('C:\\clips').kind, storedFolder('\\\\server\\share').kind],
      ['local', 'local'],
    );
  });
});
