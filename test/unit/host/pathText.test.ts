import assert from 'node:assert/strict';
import { pathText } from '../../../src/host/pathText.ts';

describe('a path that people see', () => {
  const unix = { home: '/home/ana', separator: '/' };

  it('has the home folder as ~, and no other that only begins so', () => {
    assert.deepEqual(
      [
        '/home/ana/Videos/a.mp4',
        '/home/anabel/a.mp4',
        '/srv/a.mp4',
        'vscode-remote://ssh/home/ana/a.mp4',
      ].map(path => pathText(path, unix)),
      ['~/Videos/a.mp4', '/home/anabel/a.mp4', '/srv/a.mp4', 'vscode-remote://ssh/home/ana/a.mp4'],
    );
  });

  it('stays whole on Windows, and where home is the root', () => {
    assert.deepEqual(
      [
        pathText('C:\\Users\\ana\\a.mp4', { home: 'C:\\Users\\ana', separator: '\\' }),
        pathText('/a.mp4', { home: '/', separator: '/' }),
      ],
      ['C:\\Users\\ana\\a.mp4', '/a.mp4'],
    );
  });
});
