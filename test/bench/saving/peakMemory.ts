import { readFileSync, writeFileSync } from 'node:fs';

/** Between two looks at the memory where the kernel does not keep the peak itself, ms. */
const PAUSE = 10;

/** Watches this process's memory (RSS). Stopping it gives how far it rose above the start at its peak, bytes. */
export function watchMemory(): () => number {
  return watchByKernel() ?? watchBySamples();
}

/** Linux keeps the peak: nothing between two looks is missed. */
function watchByKernel(): (() => number) | undefined {
  try {
    // 5: the peak (VmHWM) begins anew at what is held now; man proc_pid_clear_refs.
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Another system, or not allowed: samples will do.
    return undefined;
  }
  const start = statusOf('VmRSS');
  return () => statusOf('VmHWM') - start;
}

function statusOf(name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(found?.[1]) * 1024;
}

function watchBySamples(): () => number {
  const start = process.memoryUsage.rss();
  let peak = start;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, PAUSE);
  return () => {
    clearInterval(timer);
    look();
    return peak - start;
  };
}
