import * as vscode from 'vscode';

/** A file system in memory: what a virtual workspace or a remote machine is to an extension. */
export class MemoryFiles implements vscode.FileSystemProvider {
  private readonly files = new Map<string, Uint8Array>();
  private readonly folders = new Set<string>(['/']);
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  readonly onDidChangeFile = this.changes.event;

  /** The paths of all files, in order. */
  names(): string[] {
    return [...this.files.keys()].sort();
  }

  contentOf(name: string): Uint8Array {
    return this.readFile(vscode.Uri.from({ scheme: 'memory', path: name }));
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const file = this.files.get(path);
    if (!file && !this.folders.has(path)) {
      throw vscode.FileSystemError.FileNotFound(path);
    }
    const type = file ? vscode.FileType.File : vscode.FileType.Directory;
    return { type, ctime: 0, mtime: 0, size: file?.length ?? 0 };
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const file = this.files.get(path);
    if (!file) {
      throw vscode.FileSystemError.FileNotFound(path);
    }
    return file;
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    this.files.set(path, content);
  }

  rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { overwrite: boolean }): void {
    if (this.files.has(to.path) && !overwrite) {
      throw vscode.FileSystemError.FileExists(to);
    }
    this.files.set(to.path, this.readFile(from));
    this.files.delete(from.path);
  }

  delete({ path }: vscode.Uri): void {
    this.files.delete(path);
  }

  createDirectory({ path }: vscode.Uri): void {
    this.folders.add(path);
  }

  readDirectory(): [string, vscode.FileType][] {
    return this.names().map(name => [name.split('/').at(-1) ?? '', vscode.FileType.File]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
}
