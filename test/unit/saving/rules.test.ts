import assert from 'node:assert/strict';
import { clipName } from '../../../src/saving/fileName.ts';
import { checkAddress, checkLink } from '../../../src/saving/mediaRules.ts';

const finishedAt = new Date(2026, 10, 21, 12).getTime();

describe('the name of a clip', () => {
  const name = (label: string | null, model: string | null = 'veo_3_1_fast'): string =>
    clipName({ id: 'vgen_abc123def456', label, model, finishedAt });

  it('tells the day, the label or the model, and the end of the id', () => {
    assert.deepEqual(
      [name(null), name('cat in the rain'), name(null, null)],
      ['2026-11-21_veo_3_1_fast_23def456', '2026-11-21_cat in the rain_23def456', '2026-11-21_clip_23def456'],
    );
  });

  it('is safe on every system, bounded, and keeps Unicode', () => {
    assert.deepEqual(
      [name('a/b\\c:d*e?"<>|\u0000\n'), name('雨の中の猫 🐈')],
      ['2026-11-21_a-b-c-d-e-_23def456', '2026-11-21_雨の中の猫 🐈_23def456'],
    );
    assert.ok(Buffer.byteLength(name('猫🐈'.repeat(300))) < 150);
    assert.match(name('猫🐈'.repeat(300)), /_23def456$/);
    assert.doesNotMatch(name('🐈'.repeat(300)), /\ufffd/);
  });
});

describe('a media link', () => {
  const judge = (link: string, allowLoopback = false): string => {
    try {
      checkLink(link, { allowLoopback });
      return 'fine';
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
        'refusedLink: http://media.example/a.mp4',
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
      ['fine', 'fine', 'refusedLink: http://10.0.0.1/a.mp4', 'refusedLink: 10.0.0.1'],
    );
  });

  it('is judged again by the address that its name stands for', () => {
    assert.throws(() => {
      checkAddress('192.168.0.7', 'media.example', { allowLoopback: false });
    }, /media.example \(192.168.0.7\)/);
  });
});
