import {
  DocumentSymbol,
  FoldingRange,
  FoldingRangeKind,
  l10n,
  SymbolKind,
  type DocumentSymbolProvider,
  type FoldingRangeProvider,
  type TextDocument,
} from 'vscode';
import { structureOf, type Heading } from './headings.ts';
import { rangeOf } from './ranges.ts';

/** The headings of a shot file in the outline and in breadcrumbs, one below the other as in Markdown, and what can be folded. */
export class Outline implements DocumentSymbolProvider, FoldingRangeProvider {
  provideDocumentSymbols(document: TextDocument): DocumentSymbol[] {
    const top: DocumentSymbol[] = [];
    const open: { level: number; symbol: DocumentSymbol }[] = [];
    for (const heading of structureOf(document.getText()).headings) {
      const symbol = symbolOf(document, heading);
      while (open.length > 0 && (open.at(-1)?.level ?? 0) >= heading.level) {
        open.pop();
      }
      (open.at(-1)?.symbol.children ?? top).push(symbol);
      open.push({ level: heading.level, symbol });
    }
    return top;
  }

  provideFoldingRanges(document: TextDocument): FoldingRange[] {
    return structureOf(document.getText())
      .folds.map(({ start, end, kind }) => {
        const range = new FoldingRange(document.positionAt(start).line, document.positionAt(end).line);
        if (kind !== 'section') {
          range.kind = kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region;
        }
        return range;
      })
      .filter(({ start, end }) => end > start);
  }
}

function symbolOf(document: TextDocument, { title, line, whole }: Heading): DocumentSymbol {
  return new DocumentSymbol(
    title === '' ? l10n.t('Untitled shot') : title,
    '',
    SymbolKind.String,
    rangeOf(document, whole),
    rangeOf(document, line),
  );
}
