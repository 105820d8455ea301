import assert from 'node:assert/strict';
import { videosFolderOf, type Machine } from '../../../src/host/videosFolder.ts';

/** What `reg query` prints. */
const registry = (value: string, type = 'REG_EXPAND_SZ'): string =>
  `\r\nHKEY_CURRENT_USER\\Software\\…\\User Shell Folders\r\n    My Video    ${type}    ${value}\r\n\r\n`;

const windows = (said: string | undefined): string =>
  videosFolderOf({
    platform: 'win32',
    home: 'C:\\Users\\mei',
    env: { UserProfile: 'C:\\Users\\mei', OneDrive: 'D:\\OneDrive' },
    read: () => undefined,
    query: () => said,
  });

const linux = (env: Machine['env'], files: Record<string, string>, home = '/home/mei'): string =>
  videosFolderOf({ platform: 'linux', home, env, read: path => files[path], query: () => undefined });

const dirs = (folder: string): string =>
  `# a comment\nXDG_MUSIC_DIR="$HOME/Music"\nXDG_VIDEOS_DIR="${folder}"\n`;

describe('the videos folder of a person', () => {
  it('is where Windows says, also when it was moved', () => {
    const moved = ['%USERPROFILE%\\Videos', 'D:\\影片 2026', '%OneDrive%\\Videos', '\\\\nas\\mei\\Videos'];
    assert.deepEqual(
      [...moved.map(value => windows(registry(value))), windows(registry('E:\\V', 'REG_SZ'))],
      ['C:\\Users\\mei\\Videos', 'D:\\影片 2026', 'D:\\OneDrive\\Videos', '\\\\nas\\mei\\Videos', 'E:\\V'],
    );
  });

  it('is the usual one where Windows says nothing that can be used', () => {
    for (const said of [undefined, '', registry('%NOBODY%\\Videos'), registry('Videos')]) {
      assert.equal(windows(said), 'C:\\Users\\mei\\Videos');
    }
  });

  it('is where XDG says on Linux, in its own folder of settings or the usual one', () => {
    const usual = '/home/mei/.config/user-dirs.dirs';
    assert.deepEqual(
      [
        linux({}, { [usual]: dirs('$HOME/Filme/') }),
        linux({ XDG_CONFIG_HOME: '/etc/mei' }, { '/etc/mei/user-dirs.dirs': dirs('/media/films') }),
        linux({ XDG_CONFIG_HOME: '/etc/mei' }, { [usual]: dirs('$HOME/Filme') }),
        linux({}, { [usual]: dirs('$HOME/') }),
        linux({}, {}),
      ],
      ['/home/mei/Filme', '/media/films', '/home/mei/Filme', '/home/mei/Videos', '/home/mei/Videos'],
    );
  });

  it('is outside of the sandbox of Flatpak and Snap', () => {
    const inside = '/home/mei/.var/app/com.visualstudio.code/config';
    const files = {
      '/home/mei/.config/user-dirs.dirs': dirs('$HOME/Filme'),
      [`${inside}/user-dirs.dirs`]: dirs('$HOME/Sandbox'),
      '/other/user-dirs.dirs': dirs('/films'),
    };
    const snapHome = '/home/mei/snap/code/170';
    assert.deepEqual(
      [
        linux({ FLATPAK_ID: 'com.visualstudio.code', XDG_CONFIG_HOME: inside }, files),
        linux({ FLATPAK_ID: 'x', XDG_CONFIG_HOME: inside, HOST_XDG_CONFIG_HOME: '/other' }, files),
        linux(
          { SNAP: '/snap/code/170', SNAP_REAL_HOME: '/home/mei', XDG_CONFIG_HOME: inside },
          files,
          snapHome,
        ),
        linux({ SNAP: '/snap/code/170', SNAP_REAL_HOME: '/home/mei' }, {}, snapHome),
      ],
      ['/home/mei/Filme', '/films', '/home/mei/Filme', '/home/mei/Videos'],
    );
  });

  it('is Movies on macOS', () => {
    const machine = { platform: 'darwin', home: '/Users/mei', env: {} } as const;
    assert.equal(
      videosFolderOf({ ...machine, read: () => undefined, query: () => undefined }),
      '/Users/mei/Movies',
    );
  });
});
