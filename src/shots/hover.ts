import { Hover, l10n, MarkdownString, type HoverProvider, type Position, type TextDocument } from 'vscode';
import { shotImage } from '../host/shotPath.ts';
import { imageForm } from '../making/images.ts';
import type { Shot } from '../making/shotFile.ts';
import type { Span } from '../making/shotText.ts';
import { allowedText, fieldText } from './fieldText.ts';
import { imagesIn } from './images.ts';
import { isImage } from './imageFiles.ts';
import { placeAt } from './place.ts';
import { Prices } from './prices.ts';
import { rangeOf } from './ranges.ts';
import type { ShotServices } from './services.ts';
import type { ShotDocuments } from './shotDocuments.ts';

/** Explains what the pointer rests on: a field, a model with its price and time, a variable, an image. */
export class Hovers implements HoverProvider {
  private readonly documents: ShotDocuments;
  private readonly services: ShotServices;

  constructor(documents: ShotDocuments, services: ShotServices) {
    this.documents = documents;
    this.services = services;
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const read = this.documents.read(document);
    const offset = document.offsetAt(position);
    const image = imagesIn(read).find(({ span }) => isIn(span, offset));
    if (image) {
      const preview = this.preview(document, image.text);
      return preview && new Hover(preview, rangeOf(document, image.span));
    }
    const place = placeAt(read.text, offset, read.file);
    const shot = place && place.kind !== 'empty' ? read.file.shots[place.shot] : undefined;
    if (!place || !shot || !isIn(place.span, offset)) {
      return undefined;
    }
    const word = read.text.slice(place.span.start, place.span.end);
    const lines =
      place.kind === 'variable'
        ? this.variableLines(shot, word.trim())
        : place.kind === 'name'
          ? this.fieldLines(shot, word)
          : place.kind === 'value' && place.field === 'model'
            ? this.modelLines(shot)
            : [];
    return lines.length === 0
      ? undefined
      : new Hover(new MarkdownString(lines.join('\n\n')), rangeOf(document, place.span));
  }

  private fieldLines(shot: Shot, name: string): string[] {
    const text = fieldText(name);
    if (name === 'model') {
      return [...(text === undefined ? [] : [text]), ...this.modelLines(shot)];
    }
    const model = this.services.modelOf(modelIn(shot));
    const { texts } = this.services;
    const allowed = model && allowedText(name, model);
    return [
      ...(text === undefined ? [] : [text]),
      ...(allowed === undefined || text === undefined
        ? []
        : [`**${texts.markdown(texts.modelName(modelIn(shot)))}:** ${texts.markdown(allowed)}`]),
    ];
  }

  private modelLines(shot: Shot): string[] {
    const { texts, modelOf } = this.services;
    const id = modelIn(shot);
    const model = modelOf(id);
    if (id === '') {
      return [];
    }
    const [video] = shot.videos;
    const price = video ? new Prices(this.services).of(video.request, model) : undefined;
    return [
      `**${texts.markdown(texts.modelName(id))}**`,
      ...(video
        ? [
            texts.markdown(l10n.t('Price of this shot, per video: {0}', texts.estimate(price))),
            texts.markdown(texts.usualTime(video.request)),
          ]
        : []),
      ...(model
        ? []
        : [texts.markdown(l10n.t("{0} isn't a known model, so its settings aren't checked.", id))]),
    ];
  }

  private variableLines(shot: Shot, name: string): string[] {
    const values = shot.variables.get(name);
    return values ? [values.map(value => `\`${value.replaceAll('`', "'")}\``).join(' · ')] : [];
  }

  /** The image itself, small. */
  private preview(document: TextDocument, image: string): MarkdownString | undefined {
    const form = imageForm(image);
    const uri =
      form === 'file' ? shotImage(document.uri, image)?.toString() : form === 'link' ? image : undefined;
    if (uri === undefined || (form === 'file' && !isImage(image))) {
      return undefined;
    }
    const address = uri.replace(/[\s()<>|]/g, encodeURIComponent);
    return new MarkdownString(`![](${address}|width=240)`);
  }
}

function modelIn({ fields }: Shot): string {
  const model = fields.get('model')?.value;
  return typeof model === 'string' ? model.trim() : '';
}

function isIn({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end && end > start;
}
