import { type Fault, type FaultScript, isBodyFault, isMediaFault, isRefusalFault } from './faults.ts';

/**
 * Whose requests a script is for: a task id (questions about that task), `create`, `all` (everything on the gateway's API, the
 * default), `media:` and a task id (that task's file), or `media` (every file).
 */
export type FaultTarget = string;

/** The scripts in force, by target. */
export class FaultScripts {
  private readonly standing = new Map<FaultTarget, Fault>();
  private readonly queued = new Map<FaultTarget, Fault[]>();

  /** Replaces the target's script. Refuses a fault that its origin cannot commit, so that no script is silently idle. */
  set(script: FaultScript, target: FaultTarget): void {
    const faults = isList(script) ? script : [script];
    const forMedia = target === 'media' || target.startsWith('media:');
    const misplaced = faults.find(fault =>
      forMedia ? isBodyFault(fault) || isRefusalFault(fault) : isMediaFault(fault),
    );
    if (misplaced) throw new TypeError(`The fault ${misplaced.kind} means nothing for ${target}.`);
    this.clear(target);
    if (isList(script)) this.queued.set(target, [...script]);
    else this.standing.set(target, script);
  }

  /** Forgets one target's script, or all of them. */
  clear(target?: FaultTarget): void {
    for (const scripts of [this.standing, this.queued]) {
      if (target === undefined) scripts.clear();
      else scripts.delete(target);
    }
  }

  /** The fault for a request that these targets fit, the most particular first; takes it off its list. */
  take(targets: readonly FaultTarget[]): Fault {
    for (const target of targets) {
      const fault = this.queued.get(target)?.shift() ?? this.standing.get(target);
      if (fault) return fault;
    }
    return { kind: 'none' };
  }
}

function isList(script: FaultScript): script is readonly Fault[] {
  return Array.isArray(script);
}
