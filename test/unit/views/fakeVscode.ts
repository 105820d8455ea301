import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** What a person does to what the fake shows, and what it has shown them. */
export interface FakePerson {
  /** The commands that were registered, by their IDs. */
  readonly commands: Map<string, (...given: unknown[]) => unknown>;
  /** Each message, with its buttons. */
  readonly messages: string[];
  /** What they type into the next box, and the button that they press. */
  input: string | undefined;
  button: string | undefined | ((message: string, buttons: readonly string[]) => unknown);
  /** What their settings hold, by full names. */
  settings?: Readonly<Record<string, unknown>>;
  /** The language that is spoken now, where it is not Chinese; see `useLanguage`. */
  language?: string | undefined;
  /** What is on their clipboard. */
  clipboard?: string;
  /** Whether they trust the workspace. */
  isTrusted?: boolean | undefined;
  /** What work with a progress message comes to: it is done, or cancelled at once; where nothing is said, it is not even begun. */
  progress?: boolean | 'cancelled' | undefined;
}

declare global {
  var fakePerson: FakePerson;
}

/**
 * Lets views be tested without VS Code: from now on `vscode` is a module with what the list needs of it, in Chinese where
 * `useLanguage` says nothing else. Whatever else is asked of it is missing, and fails where it is used. Import the views after this.
 */
export function fakeVscode(): void {
  const words = new URL('../../../l10n/bundle.l10n.zh-cn.json', import.meta.url);
  const bundle = readFileSync(words, 'utf8');
  const source = `
    const bundle = ${bundle};
    const person = globalThis.fakePerson ??= { commands: new Map(), messages: [], input: undefined, button: undefined };
    export const env = { get language() { return person.language ?? 'zh-cn'; }, uiKind: 2, shell: '/bin/bash', clipboard: { writeText: async text => { person.clipboard = text; } } };
    export const UIKind = { Desktop: 1, Web: 2 };
    export const ProgressLocation = { Notification: 15 };
    export const l10n = { t: (text, ...values) =>
      ((person.language === 'en' ? undefined : bundle[text]) ?? text).replace(/\\{(\\d)\\}/g, (sign, index) => String(values[Number(index)] ?? sign)) };
    export class ThemeColor { constructor(id) { this.id = id; } }
    export class ThemeIcon { constructor(id, color) { this.id = id; this.color = color; } }
    export class TreeItem { constructor(label, state = 0) { this.label = label; this.collapsibleState = state; } }
    export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
    export class DataTransferItem { constructor(value) { this.value = value; } }
    export const Uri = {
      file: path => 'file://' + path, parse: text => text, from: ({ scheme, path }) => scheme + ':' + path, joinPath: (base, ...parts) => new URL(parts.join('/'), base + '/').href,
    };
    export class MarkdownString {
      value = '';
      appendMarkdown(text) { this.value += text; return this; }
      appendText(text) { this.value += text; return this; }
    }
    export class FileDecoration {}
    export const extensions = { getExtension: () => undefined };
    export const languages = {};
    export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 };
    export const QuickPickItemKind = { Separator: -1, Default: 0 };
    export class EventEmitter {
      listeners = [];
      event = listener => { this.listeners.push(listener); return { dispose() {} }; };
      fire(event) { this.listeners.forEach(listener => listener(event)); }
      dispose() {}
    }
    const silent = () => ({ dispose() {} });
    export const commands = {
      executeCommand: async (id, ...given) => person.commands.get(id)?.(...given),
      registerCommand: (id, run) => { person.commands.set(id, run); return silent(); },
    };
    const show = async (message, ...rest) => {
      const buttons = rest.filter(one => typeof one === 'string');
      const detail = rest.find(one => typeof one === 'object')?.detail;
      person.messages.push([message, ...(detail === undefined ? [] : [detail]), ...buttons].join(' | '));
      return typeof person.button === 'function' ? person.button(message, buttons) : person.button;
    };
    export const workspace = {
      getConfiguration: section => ({ get: (name, otherwise) => person.settings?.[section + '.' + name] ?? otherwise, inspect: () => undefined,
        update: async (name, value) => { person.settings = { ...person.settings, [section === undefined ? name : section + '.' + name]: value }; } }),
      onDidChangeConfiguration: silent,
      get isTrusted() { return person.isTrusted; },
    };
    export const ConfigurationTarget = { Global: 1 };
    export const window = {
      showInputBox: async () => person.input,
      showInformationMessage: show, showWarningMessage: show, showErrorMessage: show,
      withProgress: async (_options, work) => {
        const token = { onCancellationRequested: cancel => {
          if (person.progress === 'cancelled') { setTimeout(cancel, 0); }
          return { dispose() {} };
        } };
        return person.progress === undefined ? undefined : work({ report() {} }, token);
      },
      registerUriHandler: handler => { person.commands.set('uri', uri => handler.handleUri(uri)); return silent(); },
      createTreeView: () => ({
      selection: [], visible: true, reveal: async () => undefined, dispose() {},
      onDidCollapseElement: silent, onDidExpandElement: silent,
      onDidChangeSelection: silent, onDidChangeVisibility: silent,
    }) };
  `;
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url, shortCircuit: true, format: 'module' } : next(specifier, context),
  });
}

/** Has a language spoken in the tests of a `describe`. */
export function useLanguage(language: 'zh-cn' | 'en'): void {
  beforeEach(() => {
    globalThis.fakePerson.language = language;
  });
  afterEach(() => {
    globalThis.fakePerson.language = undefined;
  });
}
