import assert from 'node:assert/strict';
import { fileNameOf, sharesMachine, mediaUrl } from '../../../src/cut/mediaUrl.ts';

const REMOTE = 'vscode-remote://ssh-remote%2Bstudio';

describe('the address of a clip in a timeline', () => {
  it('is relative to the folder wherever one leads to the other, in parts that are encoded', () => {
    assert.equal(mediaUrl('/films/clips/a b#1?.mp4', '/films'), 'clips/a%20b%231%3F.mp4');
    assert.equal(mediaUrl('/films/沙丘.mp4', '/films/cut'), '../%E6%B2%99%E4%B8%98.mp4');
    assert.equal(mediaUrl('/films/c:d.mp4', '/films'), 'c%3Ad.mp4');
    assert.equal(mediaUrl(`${REMOTE}/home/films/clips/a%20b.mp4`, `${REMOTE}/home/films`), 'clips/a%20b.mp4');
  });

  it('is whole between machines', () => {
    assert.equal(mediaUrl(`${REMOTE}/films/a.mp4`, '/films'), `${REMOTE}/films/a.mp4`);
    assert.equal(mediaUrl('/films/a b.mp4', `${REMOTE}/films`), 'file:///films/a%20b.mp4');
    assert.equal(sharesMachine(`${REMOTE}/films/a.mp4`, '/films'), false);
    assert.equal(sharesMachine(`${REMOTE}/films/a.mp4`, `${REMOTE}/cut`), true);
    assert.equal(sharesMachine('/films/a.mp4', '/cut'), true);
    assert.equal(sharesMachine('memory:/films/a.mp4', 'memory:/cut'), true);
  });

  it('has the name of its file, whether the rest is encoded or not', () => {
    assert.equal(fileNameOf(`${REMOTE}/films/a%20b.mp4`), 'a b.mp4');
    assert.equal(fileNameOf('/films/100%25.mp4'), '100%25.mp4');
  });
});
