import { execFileSync } from 'node:child_process';

/**
 * The TypeScript files that differ from the branch `main`, or on it from the last commit, and those that git does not know yet:
 * paths from the root.
 */
export function changedSources(root: string): string[] {
  const git = (...args: string[]): string[] =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  const [base = 'HEAD'] = git(
    'for-each-ref',
    '--format=%(refname)',
    'refs/heads/main',
    'refs/remotes/origin/main',
  );
  const [fork = 'HEAD'] = git('merge-base', 'HEAD', base);
  return [
    ...git('diff', '--name-only', '--diff-filter=d', fork),
    ...git('ls-files', '--others', '--exclude-standard'),
  ].filter(file => /^(src|test)\/.*(?<!\.d)\.ts$/.test(file));
}
