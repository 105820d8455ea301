import { CodeLens, EventEmitter, l10n, Range, type CodeLensProvider, type TextDocument } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Soon } from '../base/soon.ts';
import { commands } from '../ids.ts';
import { errorsOf, type ReadShots } from './issues.ts';
import {
  exportCutText,
  generateAllText,
  generateText,
  playCutText,
  problemsText,
  sumOf,
} from './lensText.ts';
import { Prices, type Price } from './prices.ts';
import { sectionsOf } from './sections.ts';
import type { ShotServices } from './services.ts';
import type { ShotDocuments } from './shotDocuments.ts';
import { takesIn, type ShotTakes } from './shotTakes.ts';
import { takesText } from './takesText.ts';

/** What stands above each shot: what generating it costs, and its takes, which it follows. */
export class Lenses implements CodeLensProvider, Disposable {
  private readonly documents: ShotDocuments;
  private readonly services: ShotServices;
  private readonly prices: Prices;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<void>());

  readonly onDidChangeCodeLenses = this.changes.event;

  constructor(documents: ShotDocuments, services: ShotServices) {
    this.documents = documents;
    this.services = services;
    this.prices = new Prices(services);
    const { store, tasks, ticker, clock } = services;
    const soon = this.owned.add(
      new Soon(clock, () => {
        this.prices.forget();
        this.changes.fire();
      }),
    );
    const follow = (): void => {
      if (documents.all().length > 0) {
        soon.call();
      }
    };
    this.owned.add(store.onDidChange(follow));
    this.owned.add(tasks.onDidChange(follow));
    this.owned.add(ticker.onDidTick(follow));
    // VS Code requests lenses again after each change of a text, but not when the defaults of its folder change.
    this.owned.add(documents.onDidChange(follow));
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const read = this.documents.read(document);
    const sections = sectionsOf(read.file);
    const takesOf = takesIn(document, read, this.services);
    const prices = read.file.shots.map((shot, index) =>
      errorsOf(read, index).length > 0 ? undefined : this.prices.ofShot(shot),
    );
    const lenses = read.file.shots.flatMap(({ headingSpan }, index) => {
      const section = sections[index] ?? '';
      const line =
        read.file.shots.length === 1 && sections[0] === '' ? 0 : document.positionAt(headingSpan.start).line;
      return [
        generateLens(document, line, section, prices[index], errorsOf(read, index).length, this.services),
        ...takesLens(document, line, section, this.takesText(takesOf(section))),
      ];
    });
    return [
      ...(sections.length > 1 ? [this.allLens(document, read, prices)] : []),
      ...cutLenses(
        document,
        sections.map(section => takesOf(section).tasks),
      ),
      ...lenses,
    ];
  }

  dispose(): void {
    this.owned.dispose();
  }

  private takesText({ tasks, intents }: ShotTakes): string | undefined {
    return takesText(tasks, intents, this.services.texts.timeLeft);
  }

  private allLens(
    document: TextDocument,
    { issues }: ReadShots,
    prices: readonly (Price | undefined)[],
  ): CodeLens {
    const known = prices.filter(price => price !== undefined);
    const problems = issues.filter(({ severity }) => severity === 'error').length;
    return lensAt(0, {
      title: problems > 0 ? problemsText(problems) : generateAllText(sumOf(known), this.services.texts.total),
      tooltip:
        problems > 0
          ? l10n.t('Go to the first problem')
          : l10n.t('Generate the videos of all shots in this file'),
      command: commands.generateShotFile,
      arguments: [document.uri],
    });
  }
}

/** Where a take is picked, the cut can be played and exported. */
function cutLenses({ uri }: TextDocument, shots: readonly ShotTakes['tasks'][]): CodeLens[] {
  const picked = shots.filter(takes => takes.some(({ verdict }) => verdict === 'picked')).length;
  return picked === 0
    ? []
    : [
        lensAt(0, {
          title: playCutText(picked, shots.length),
          tooltip: l10n.t('Play the picked takes one after the other'),
          command: commands.playCut,
          arguments: [uri],
        }),
        lensAt(0, {
          title: exportCutText(),
          tooltip: l10n.t('Export the picked takes as a video, or as a timeline for an editing program'),
          command: commands.exportCut,
          arguments: [uri],
        }),
      ];
}

function generateLens(
  document: TextDocument,
  line: number,
  section: string,
  price: Price | undefined,
  problems: number,
  { texts }: ShotServices,
): CodeLens {
  return lensAt(line, {
    title: price ? generateText(price, texts.total) : problemsText(problems),
    tooltip: price ? l10n.t('Generate the videos of this shot') : l10n.t('Go to the first problem'),
    command: commands.generateShot,
    arguments: [document.uri, section],
  });
}

function takesLens(
  document: TextDocument,
  line: number,
  section: string,
  text: string | undefined,
): CodeLens[] {
  return text === undefined
    ? []
    : [
        lensAt(line, {
          title: text,
          tooltip: l10n.t('Show the takes of this shot'),
          command: commands.showTakes,
          arguments: [document.uri, section],
        }),
      ];
}

function lensAt(line: number, command: CodeLens['command'] & object): CodeLens {
  return new CodeLens(new Range(line, 0, line, 0), command);
}
