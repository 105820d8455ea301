import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { plain } from '../../../src/base/plainText.ts';

const root = resolve(import.meta.dirname, '../../..');

describe('what is said in messages', () => {
  it('goes through the one place that makes it plain', () => {
    const found = globSync('src/**/*.ts', { cwd: root })
      .filter(path => !path.endsWith('host/messages.ts'))
      .filter(path =>
        /window\.show(Information|Warning|Error)Message/.test(readFileSync(join(root, path), 'utf8')),
      );
    assert.deepEqual(found, []);
  });

  it('has no links and no icons of what a file or a gateway is called', () => {
    assert.equal(
      plain('a[Open](command:workbench.action.quit)$(trash).png'),
      'a[Open] (command:workbench.action.quit)$ (trash).png',
    );
  });
});
