import { env, l10n } from 'vscode';
import { HOUR, MINUTE } from '../base/clock.ts';
import type { Eta } from '../polling/forecast.ts';

const SIZES = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
  ['byte', 1],
] as const;

/** A size for display: `12.3 MB`. */
export function bytesText(bytes: number): string {
  const [unit, size] = sizeFor(bytes);
  return new Intl.NumberFormat(env.language, {
    ...digitsFor(size),
    style: 'unit',
    unit,
  }).format(bytes / size);
}

/** The number without unit, in the unit that `bytesText` uses for `whole`. */
export function bytesNumber(bytes: number, whole: number): string {
  const [, size] = sizeFor(whole);
  return new Intl.NumberFormat(env.language, digitsFor(size)).format(bytes / size);
}

function sizeFor(bytes: number): (typeof SIZES)[number] {
  return SIZES.find(([, least]) => bytes >= least) ?? SIZES[3];
}

function digitsFor(size: number): Intl.NumberFormatOptions {
  return { maximumFractionDigits: size > 1e3 ? 1 : 0 };
}

/** How long ago, in the short form. */
export function ageOf(at: number, now: number): string {
  const age = now - at;
  if (age < MINUTE) {
    return l10n.t('just now');
  }
  if (age < HOUR) {
    return l10n.t('{0} min ago', Math.floor(age / MINUTE));
  }
  if (age < 24 * HOUR) {
    return l10n.t('{0} h ago', Math.floor(age / HOUR));
  }
  return l10n.t('{0} d ago', Math.floor(age / (24 * HOUR)));
}

/** The remaining time of a task. */
export function etaText(eta: Eta): string {
  if (eta === 'longer') {
    return l10n.t('taking longer than usual');
  }
  if (eta.to <= 1) {
    return l10n.t('~1 min left');
  }
  return eta.from === 0 ? l10n.t('<{0} min left', eta.to) : l10n.t('~{0}–{1} min left', eta.from, eta.to);
}

/** The remaining time of a download, worded like `etaText`. */
export function remainingText(ms: number): string {
  return ms < MINUTE ? l10n.t('<{0} min left', 1) : l10n.t('~{0} left', leftText(ms));
}

/** Date and time, to the minute. */
export function timeOf(at: number): string {
  return new Date(at).toLocaleString(env.language, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
}

/** The time of day, to the second. */
export function timeOfDay(at: number): string {
  return new Intl.DateTimeFormat(env.language, { timeStyle: 'medium' }).format(at);
}

/** A remaining time in hours, minutes or "less than a minute". `ms` must be positive. */
export function leftText(ms: number): string {
  if (ms < MINUTE) {
    return l10n.t('less than a minute');
  }
  if (ms < HOUR) {
    return l10n.t('{0} min', Math.floor(ms / MINUTE));
  }
  return l10n.t('{0} h', Math.floor(ms / HOUR));
}

/** A duration in seconds, to two decimal places. */
export function durationText(seconds: number): string {
  return l10n.t('{0} s', Number(seconds.toFixed(2)));
}

/** A duration as minutes and seconds: `0:08`. */
export function clockText(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
