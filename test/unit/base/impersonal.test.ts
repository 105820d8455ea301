import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { impersonal } from '../../../src/base/impersonal.ts';

describe('a text that is given away', () => {
  it('holds no links, keys or folders, and says where in the code something is', () => {
    assert.deepEqual(
      [
        `Error: EACCES: permission denied, open '${homedir()}/secret project/dailies.db'`,
        'at start (file:///home/ann/.vscode/extensions/dailies-0.1.0/dist/chunks/dailies-AB12.js:10:5)',
        'C:\\Users\\Ann\\AppData\\Roaming\\Code\\dailies.db is locked',
        '\\\\server\\share\\ann\\dailies.db',
        'GET https://m.example/a.mp4?X-Amz-Signature=secret failed with Bearer sk-obviously-fake-key-000000',
        'vscode-remote://ssh-remote+ann-box/home/ann/clip.mp4',
        'at node:internal/modules/esm/loader:100:5',
      ].map(impersonal),
      [
        `Error: EACCES: permission denied, open '…/dailies.db'`,
        'at start (…/dailies-AB12.js:10:5)',
        '…/dailies.db is locked',
        '…/dailies.db',
        'GET <link> failed with <key>',
        '<link>',
        'at node:internal/modules/esm/loader:100:5',
      ],
    );
  });
});
