import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { SECOND } from '../../../src/base/clock.ts';
import {
  choiceCommands,
  colors,
  commands,
  contextKeys,
  listChoices,
  intentRowActions,
  rowActions,
  settings,
  submenus,
  mcpProviders,
  tools,
  views,
  walkthroughs,
  walkthroughSteps,
  webviews,
} from '../../../src/ids.ts';
import { schemas } from '../../../src/tools/input.ts';
import { WIDEST_GAP } from '../../../src/polling/pollPlan.ts';
import { judgeAddress } from '../../../src/tasks/gatewayAddress.ts';

const root = resolve(import.meta.dirname, '../../..');

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Walkthrough {
  readonly id: string;
  readonly when?: string;
  readonly steps: readonly {
    readonly id: string;
    readonly media: { readonly svg: string };
    readonly completionEvents: readonly string[];
  }[];
}

/** A section of the settings editor. */
interface Category {
  readonly title: string;
  readonly order: number;
  readonly properties: Readonly<Record<string, Setting>>;
}

interface Setting {
  readonly default: unknown;
  readonly order: number;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly scope?: string;
}

interface LanguageModelTool {
  readonly name: string;
  readonly when?: string;
  readonly toolReferenceName: string;
  readonly modelDescription: string;
  readonly icon: string;
  readonly tags: readonly string[];
  readonly inputSchema: {
    readonly properties: Readonly<Record<string, { readonly description: string }>>;
    readonly required?: readonly string[];
  };
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Record<string, string>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly icon?: string }[];
    readonly views: Record<string, readonly { readonly id: string }[]>;
    readonly customEditors: readonly { readonly viewType: string }[];
    readonly viewsContainers: Record<string, readonly { readonly id: string }[]>;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when?: string;
    }[];
    readonly menus: Record<string, readonly MenuItem[]>;
    readonly colors: readonly { readonly id: string; readonly defaults: Record<string, string> }[];
    readonly submenus: readonly { readonly id: string }[];
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly walkthroughs: readonly Walkthrough[];
    readonly configuration: readonly Category[];
    readonly languageModelTools: readonly LanguageModelTool[];
    readonly mcpServerDefinitionProviders: readonly { readonly id: string }[];
  };
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}

const manifest = readJson('package.json') as Manifest;
const { contributes } = manifest;

function settingOf(id: string): Setting | undefined {
  return contributes.configuration.map(({ properties }) => properties[id]).find(one => one !== undefined);
}

function sorted(names: Iterable<string>): string[] {
  return [...names].sort();
}

/** How bright an opaque colour is (`#rrggbb`), as WCAG reckons it; NaN for any other. */
function luminanceOf(colour: string): number {
  const [, ...parts] = /^#(..)(..)(..)$/.exec(colour) ?? [];
  const [red = NaN, green = NaN, blue = NaN] = parts.map(part => {
    const share = parseInt(part, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(colour: string, background: string): number {
  const [dark = NaN, bright = NaN] = [luminanceOf(colour), luminanceOf(background)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

const CHOICES = (['groupBy', 'sortBy'] as const).flatMap(list =>
  listChoices[list].flatMap(choice => choiceCommands(list, choice)),
);

describe('package.json', () => {
  it('says each thing once, as JSON takes the last of two like names without a word', () => {
    for (const name of [
      'package.json',
      'package.nls.json',
      'package.nls.zh-cn.json',
      'l10n/bundle.l10n.zh-cn.json',
    ]) {
      const { errors } = parseDocument(readFileSync(join(root, name), 'utf8'), { uniqueKeys: true });
      assert.deepEqual(
        errors.map(({ message }) => `${name}: ${message}`),
        [],
      );
    }
  });

  it('has a check mark at the choice that holds, in menus alone', () => {
    const isHidden = (id: string): boolean =>
      (contributes.menus.commandPalette ?? []).some(item => item.command === id && item.when === 'false');
    assert.deepEqual(
      CHOICES.filter(id => !isHidden(id)),
      [],
    );
    for (const list of ['groupBy', 'sortBy'] as const) {
      assert.deepEqual(
        (contributes.menus[submenus[list]] ?? []).map(item => `${item.command ?? ''}: ${item.when ?? ''}`),
        listChoices[list].flatMap(choice => {
          const [plain, checked] = choiceCommands(list, choice);
          return [
            `${plain}: config.${settings[list]} != ${choice}`,
            `${checked}: config.${settings[list]} == ${choice}`,
          ];
        }),
      );
    }
  });

  it('contributes just the commands, views, menus, editors, walkthroughs and settings of ids.ts', () => {
    assert.deepEqual(
      {
        commands: sorted(contributes.commands.map(one => one.command)),
        views: sorted(Object.values(contributes.views).flatMap(list => list.map(view => view.id))),
        containers: sorted(
          Object.values(contributes.viewsContainers).flatMap(list => list.map(one => one.id)),
        ),
        editors: contributes.customEditors.map(one => one.viewType),
        settings: sorted(contributes.configuration.flatMap(one => Object.keys(one.properties))),
        colors: contributes.colors.map(one => one.id),
        submenus: sorted(contributes.submenus.map(one => one.id)),
        tools: sorted(contributes.languageModelTools.map(one => one.name)),
        mcp: contributes.mcpServerDefinitionProviders.map(one => one.id),
        walkthroughs: sorted(contributes.walkthroughs.map(one => one.id)),
        steps: contributes.walkthroughs.flatMap(one => one.steps.map(step => step.id)),
      },
      {
        commands: sorted([...Object.values(commands), ...CHOICES]),
        views: [views.tasks],
        containers: [views.container],
        editors: [webviews.player],
        settings: sorted(Object.values(settings)),
        colors: Object.values(colors),
        submenus: sorted(Object.values(submenus)),
        tools: sorted(Object.values(tools)),
        mcp: Object.values(mcpProviders),
        walkthroughs: sorted(Object.values(walkthroughs)),
        steps: Object.values(walkthroughSteps),
      },
    );
  });

  it('has colours that are legible as text on the side bar of each kind of theme', () => {
    const backgrounds = {
      dark: '#181818',
      light: '#f8f8f8',
      highContrast: '#000000',
      highContrastLight: '#ffffff',
    };
    for (const { id, defaults } of contributes.colors) {
      for (const [kind, background] of Object.entries(backgrounds)) {
        const ratio = contrastOf(defaults[kind] ?? '', background);
        assert.ok(ratio >= 4.5, `${id} in ${kind}: ${ratio}`);
      }
    }
  });

  it('has a place in the code for every id', () => {
    const code = globSync(join(root, 'src/**/*.ts'))
      .filter(path => !path.endsWith('ids.ts'))
      .map(path => readFileSync(path, 'utf8'))
      .join('\n');
    const used = (group: string, names: object): string[] =>
      Object.keys(names).filter(name => !code.includes(`${group}.${name}`));
    assert.deepEqual(
      [
        ...used('commands', commands),
        ...used('settings', settings),
        ...used('contextKeys', contextKeys),
        ...used('views', { tasks: 0 }),
      ],
      [],
    );
  });

  it('describes to agents each tool as it is: its input, its cost, and whether it is offered at all', () => {
    const { languageModelTools: described } = contributes;
    assert.deepEqual(
      Object.values(tools)
        .map(name => {
          const { inputSchema } = described.find(one => one.name === name) ?? {};
          return [name, Object.keys(inputSchema?.properties ?? {}), [...(inputSchema?.required ?? [])]];
        })
        .sort(),
      Object.entries(tools)
        .map(([key, name]) => {
          const entries: Readonly<Record<string, { readonly type: string }>> =
            schemas[key as keyof typeof schemas].entries;
          const required = Object.entries(entries).filter(([, one]) => one.type !== 'optional');
          return [name, Object.keys(entries), required.map(([field]) => field)];
        })
        .sort(),
    );
    assert.deepEqual(
      described.map(({ name, when }) => [name, when]),
      described.map(({ name }) => [
        name,
        // A model of VS Code has each tool once: from here, or from the MCP server.
        `${name === tools.makeVideo ? `config.${settings.agentsPaid} && ` : ''}!${contextKeys.isMcpStarted}`,
      ]),
    );
    for (const { name, modelDescription, inputSchema, icon, tags } of described) {
      assert.match(modelDescription, name === tools.makeVideo ? /COSTS THE PERSON MONEY/ : /\bFree\b/, name);
      assert.match(icon, /^\$\([a-z-]+\)$/);
      assert.ok(tags.includes('dailies'));
      assert.ok(Object.values(inputSchema.properties).every(one => one.description !== ''));
    }
  });

  it('lets no workspace change what agents may do', () => {
    const ofAgents = Object.values(settings).filter(id => id.startsWith('dailies.agents.'));
    assert.equal(ofAgents.length, 4);
    assert.deepEqual(
      ofAgents.map(id => settingOf(id)?.scope),
      ofAgents.map(() => 'application'),
    );
    assert.equal(settingOf(settings.agentsPaid)?.default, false);
  });

  it('names in menus, conditions and links only what exists', () => {
    const known = new Set<string>([
      ...Object.values(commands),
      ...CHOICES,
      ...Object.values(contextKeys),
      ...Object.values(views),
      ...Object.values(settings),
      ...Object.values(submenus),
      ...Object.values(webviews),
      // VS Code makes these of the list's name.
      `${views.tasks}.focus`,
      `${views.tasks}.visible`,
    ]);
    const items = Object.values(contributes.menus).flat();
    const texts = [
      ...Object.keys(contributes.menus).filter(menu => menu.startsWith('dailies.')),
      ...items.map(item => item.command ?? item.submenu ?? ''),
      ...items.map(item => item.when ?? ''),
      ...contributes.viewsWelcome.map(one => `${one.view} ${one.when ?? ''}`),
      ...contributes.keybindings.map(one => `${one.command} ${one.when ?? ''}`),
      ...contributes.walkthroughs.map(one => one.when ?? ''),
      ...contributes.walkthroughs.flatMap(one => one.steps.flatMap(step => step.completionEvents)),
      ...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations,
      ...Object.values(readJson('package.nls.json') as Record<string, string>),
    ];
    const named = texts.flatMap(text => text.match(/\bdailies\.[\w.]+\b/g) ?? []);
    assert.deepEqual(
      named.filter(name => !known.has(name)),
      [],
    );
  });

  it('offers commands on tasks in the palette only where there are tasks', () => {
    const offered = (of: RegExp): (string | undefined)[] =>
      contributes.commands
        .filter(({ command }) => of.test(command) && command !== commands.track)
        .map(({ command }) => contributes.menus.commandPalette?.find(item => item.command === command)?.when);
    assert.deepEqual([...new Set(offered(/^dailies\.(task|take)\./))], [contextKeys.hasTasks]);
    assert.deepEqual([...new Set(offered(/^dailies\.intent\./))], [contextKeys.hasIntents]);
  });

  it('gives the rows of the list just the buttons of ids.ts, in their order', () => {
    const iconOf = (command: string | undefined): string | undefined =>
      contributes.commands.find(one => one.command === command)?.icon?.replace(/^\$\((.*)\)$/, '$1');
    const buttons = (contributes.menus['view/item/context'] ?? [])
      .filter(({ group }) => group?.startsWith('inline@'))
      .sort((a, b) => (a.group ?? '').localeCompare(b.group ?? ''))
      .map(({ command, when }) => ({ command, icon: iconOf(command), when }));
    const said = [...rowActions, ...intentRowActions].map(({ command, icon, word, ...rest }) => ({
      command,
      icon,
      when:
        `view == dailies.tasks && viewItem =~ /\\b${word}\\b/` +
        ('unless' in rest ? ` && !(viewItem =~ /\\b${rest.unless}\\b/)` : ''),
    }));
    // Those of tasks and of videos that are no tasks yet never stand in one row.
    const isOfIntent = ({ command = '' }): boolean => command.startsWith('dailies.intent.');
    assert.deepEqual([...buttons.filter(one => !isOfIntent(one)), ...buttons.filter(isOfIntent)], said);
  });

  it('has a small illustration for each step of the walkthrough, in the colours of the theme', () => {
    for (const { id, media } of contributes.walkthroughs.flatMap(one => one.steps)) {
      assert.equal(media.svg, `media/walkthrough/${id}.svg`);
      const file = join(root, media.svg);
      assert.ok(statSync(file).size < 6_000, `${media.svg} is not small`);
      // VS Code's page forbids both; a variable that a theme does not define would become black.
      assert.doesNotMatch(readFileSync(file, 'utf8'), /<style|style=|var\([\w-]+\)/);
    }
  });

  it('divides the settings into titled sections in order, with words for each value', () => {
    const { configuration } = contributes;
    const words = readJson('package.nls.json') as Record<string, string>;
    assert.deepEqual(
      configuration.map(({ title }) => words[title.slice(1, -1)]),
      ['Gateway', 'Generating', 'Images', 'Polling', 'Task List', 'Saving', 'Notifications', 'Agents'],
    );
    const inOrder = (list: readonly { readonly order: number }[]): boolean =>
      list.every(({ order }, index) => order === index + 1);
    assert.ok(inOrder(configuration));
    for (const { properties } of configuration) {
      assert.ok(inOrder(Object.values(properties)));
      for (const [name, setting] of Object.entries(properties)) {
        const count = setting.enum?.length;
        assert.deepEqual(
          [setting.enumItemLabels?.length, setting.enumDescriptions?.length],
          [count, count],
          name,
        );
      }
    }
  });

  it('warns of an interval that the gateway of the default does not allow', () => {
    const { minimum, maximum } = settingOf(settings.pollInterval) ?? {};
    const usual = judgeAddress(String(settingOf(settings.baseUrl)?.default));
    assert.equal(typeof usual === 'string' ? usual : usual.shortestInterval, (minimum ?? 0) * SECOND);
    assert.equal(maximum, WIDEST_GAP);
  });

  it('is activated by links to it, which come before any window has started it', () => {
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished', 'onUri']);
  });

  it('is typed against the VS Code that it promises to run in', () => {
    assert.equal(`^${manifest.devDependencies['@types/vscode'] ?? ''}`, manifest.engines.vscode);
  });
});
