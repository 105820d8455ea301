import assert from 'node:assert/strict';
import { checkAddress, checkLink } from '../../../src/saving/mediaRules.ts';

describe('a media link', () => {
  /** `fine` where it is followed as it is, else where to, or why not. */
  const judge = (link: string, allowLoopback = false): string => {
    try {
      const { href } = checkLink(link, { allowLoopback, largest: 1 });
      return href === link ? 'fine' : href;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('is https to the public internet', () => {
    assert.deepEqual(
      [
        'https://media.example/a.mp4?sig=1',
        'http://media.example/a.mp4?sig=1',
        'https://127.0.0.1/a.mp4',
        'https://[::1]/a.mp4',
        'https://10.0.0.1/a.mp4',
        'https://[::ffff:192.168.1.1]/a.mp4',
        'https://169.254.169.254/latest',
        'https://0x7f.1/a.mp4',
        'ftp://media.example/a.mp4',
        'no link',
      ].map(link => judge(link)),
      [
        'fine',
        'https://media.example/a.mp4?sig=1',
        'refusedLink: 127.0.0.1',
        'refusedLink: [::1] (::1)',
        'refusedLink: 10.0.0.1',
        'refusedLink: [::ffff:c0a8:101] (::ffff:c0a8:101)',
        'refusedLink: 169.254.169.254',
        'refusedLink: 127.0.0.1',
        'refusedLink: ftp://media.example/a.mp4',
        'refusedLink: no link',
      ],
    );
  });

  it('may lead to this machine, and nowhere else inside, for a gateway on this machine', () => {
    assert.deepEqual(
      [
        'http://127.0.0.1:9000/a.mp4',
        'http://localhost/a.mp4',
        'http://10.0.0.1/a.mp4',
        'https://10.0.0.1/a.mp4',
      ].map(link => judge(link, true)),
      ['fine', 'fine', 'refusedLink: 10.0.0.1', 'refusedLink: 10.0.0.1'],
    );
  });

  it('is shown without the name and password in it, its query, and most of one without end', () => {
    assert.deepEqual(
      [
        'ftp://user:secret@media.example/a.mp4?sig=1',
        'ftp:\\\\user:secret@media.example\\a.mp4#x',
        `data:text/plain,${'x'.repeat(1000)}`,
      ].map(link => judge(link)),
      [
        'refusedLink: ftp://media.example/a.mp4',
        'refusedLink: ftp:\\\\media.example\\a.mp4',
        `refusedLink: data:text/plain,${'x'.repeat(184)}`,
      ],
    );
  });

  it('is judged again by the address that its name stands for', () => {
    assert.throws(() => {
      checkAddress('192.168.0.7', 'media.example', { allowLoopback: false, largest: 1 });
    }, /media.example \(192.168.0.7\)/);
  });
});
