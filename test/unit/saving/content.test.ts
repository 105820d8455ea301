import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { endingOf, firstLine, refuseOtherThanVideo } from '../../../src/saving/content.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';

describe('the first line of a response that is no video', () => {
  const texts: [string, string, string][] = [
    ['the title of a page', '<html>\n<head><title lang="en">\n  Sign in \n</title></head><body>x', 'Sign in'],
    [
      'its first words, where it has no title',
      '<!DOCTYPE html>\n<body><h1>Quota <b>used</b></h1></body>',
      'Quota',
    ],
    ['never its scripts and styles', '<style>a{}</style><script>alert(1)</script ><p>Hello</p>', 'Hello'],
    [
      'the code of an XML error',
      '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>',
      'AccessDenied',
    ],
    ['a line of JSON', '\n\n  {"message":"no"}\r\n{"more":1}', '{"message":"no"}'],
    ['in any language', '登录已过期\n', '登录已过期'],
    ['a page that is cut within a tag', 'Moved <a href="https://media.example/?sign=secr', 'Moved'],
    ['nothing of nothing', '', ''],
    ['nothing of blanks', ' \n \t\r\n', ''],
    ['nothing of a tag alone', '<html', ''],
  ];
  for (const [name, text, line] of texts) {
    it(`is ${name}`, () => {
      assert.equal(firstLine(Buffer.from(text)), line);
    });
  }

  it('is short', () => {
    assert.equal(firstLine(Buffer.from('long '.repeat(1000))).length, 120);
  });

  it('is empty for what is no text', () => {
    assert.deepEqual(
      [
        Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]),
        Buffer.from([0xb5, 0xc7, 0xc2, 0xbc]),
        Buffer.from('a\u0007b'),
      ].map(firstLine),
      ['', '', ''],
    );
  });

  it('is found in no time, whatever a host sends', () => {
    for (const text of ['<', '<style>', '<title', '<script></script', '</']) {
      assert.ok(firstLine(Buffer.from(text.repeat(100_000))).length <= 120);
    }
  });
});

describe('what comes in place of a video', () => {
  const judge = (head: Buffer | string, type?: string): string => {
    const header = (name: string): string | undefined => (name === 'content-type' ? type : undefined);
    try {
      refuseOtherThanVideo(Buffer.from(head), { status: 200, header, body: Readable.from([]) });
      return 'fine';
    } catch (error) {
      return (error as Error).message;
    }
  };

  const box = (type: string, rest = ''): string => `\0\0\0\x08${type}${rest}`;

  it('is text, or nothing; whatever is binary is kept, whatever the host calls it', () => {
    assert.deepEqual(
      [
        judge(clipBytes('tone'), 'text/html'),
        ...['ftyp', 'moov', 'mdat', 'wide', 'free', 'abcd'].map(type => judge(box(type))),
        judge(Buffer.alloc(64), 'application/json'),
        judge('<html>Sign in', 'video/mp4'),
      ],
      ['fine', 'fine', 'fine', 'fine', 'fine', 'fine', 'fine', 'fine', 'notVideo: Sign in'],
    );
  });

  it('is text in any encoding, also where something else comes after its beginning', () => {
    const texts = [
      '\ufeff  {"code":1}',
      `<html><title>Moved</title><body>${'x'.repeat(99)}\0`,
      Buffer.from('\ufeff<html>', 'utf16le'),
      Buffer.from([0xb5, 0xc7, 0xc2, 0xbc, 0xd2, 0xd1]),
      'Just a moment',
    ];
    assert.deepEqual(
      texts.map(text => judge(text, 'video/mp4')),
      ['notVideo: {"code":1}', 'notVideo: Moved', 'notVideo', 'notVideo', 'notVideo: Just a moment'],
    );
  });

  it('is a list for streaming, by its first word', () => {
    const lists = [
      '#EXTM3U\n#EXT-X-VERSION:3',
      '\ufeff#EXTM3U',
      '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">',
    ];
    assert.deepEqual(
      lists.map(list => judge(list, 'video/mp4').split(':')[0]),
      ['playlist', 'playlist', 'playlist'],
    );
  });

  it('is named for what it is', () => {
    const beginnings: [string, string][] = [
      ['mp4', box('ftyp', 'isom')],
      ['mp4', box('free')],
      ['mp4', '\0\0\x01\xbafree'],
      ['mp4', 'what nobody knows\0'],
      ['mov', box('ftyp', 'qt  ')],
      ['webm', '\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87'],
      ['mkv', '\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska'],
      ['gif', 'GIF89a'],
      ['avi', 'RIFF\0\0\0\0AVI LIST'],
      ['webp', 'RIFF\0\0\0\0WEBPVP8X'],
      ['png', '\x89PNG\r\n\x1a\n'],
      ['mp3', '\xff\xfb\x90\x64'],
      ['flac', 'fLaC\0\0\0\x22'],
      ['ogg', `OggS\0\x02${'\0'.repeat(20)}\x01\x13OpusHead`],
      ['ogv', `OggS\0\x02${'\0'.repeat(20)}\x01\x2a\x80theora`],
      ['mpg', '\0\0\x01\xba\x44\0\0\0'],
      ['ts', `G${'\0'.repeat(187)}G${'\0'.repeat(187)}G`],
    ];
    assert.deepEqual(
      beginnings.map(([, bytes]) => endingOf(Buffer.from(bytes, 'latin1'))),
      beginnings.map(([ending]) => ending),
    );
  });

  it('is a page where the host says so', () => {
    assert.deepEqual(
      [
        'text/html; charset=utf-8',
        'TEXT/PLAIN',
        'application/json',
        'application/xml',
        'image/png',
        undefined,
      ].map(type => judge('Sign in', type)),
      [
        'page: Sign in',
        'page: Sign in',
        'page: Sign in',
        'page: Sign in',
        'notVideo: Sign in',
        'notVideo: Sign in',
      ],
    );
  });
});
