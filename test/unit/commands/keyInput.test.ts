import assert from 'node:assert/strict';
import { readKey } from '../../../src/commands/keyInput.ts';

describe('a pasted key', () => {
  it('is trimmed, and a "Bearer " copied along is stripped', () => {
    assert.deepEqual(
      [
        'fake-key',
        '  fake-key\n',
        'Bearer fake-key',
        'bearer   fake-key',
        'Authorization: Bearer fake-key',
      ].map(readKey),
      Array.from({ length: 5 }, () => ({ key: 'fake-key' })),
    );
  });

  it('is refused when empty, with white space inside, or with other than visible ASCII', () => {
    assert.deepEqual(
      ['', '   ', 'Bearer ', 'fake key', 'fake\tkey', 'fäke-key', 'fake\u200bkey'].map(readKey),
      [
        { problem: 'empty' },
        { problem: 'empty' },
        { problem: 'empty' },
        { problem: 'whiteSpace' },
        { problem: 'whiteSpace' },
        { problem: 'control' },
        { problem: 'control' },
      ],
    );
  });
});
