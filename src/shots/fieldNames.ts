import { FRAME_FIELDS, PARAMETERS, referenceFieldsOf, type Model } from '../gateway/models.ts';
import { SHOT_FIELDS } from '../making/shotFile.ts';

/** The names of fields that a model takes, with those that say how a shot is made; of a model that nobody knows, all. */
export function fieldNamesOf(model: Model | undefined): string[] {
  const parameters = model ? PARAMETERS.filter(name => model.parameters[name]) : PARAMETERS;
  return [
    'model',
    ...parameters,
    ...(model?.frames === 'none' ? [] : FRAME_FIELDS),
    ...referenceFieldsOf(model),
    ...SHOT_FIELDS.filter(name => name !== 'family' || !model),
  ];
}

/** Whether some model takes a field, or it says how a shot is made. */
export function isKnown(name: string): boolean {
  return fieldNamesOf(undefined).includes(name);
}
