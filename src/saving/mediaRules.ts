import ipaddr from 'ipaddr.js';
import { isLoopbackHost } from '../base/hosts.ts';
import { withoutQuery } from '../base/log.ts';
import type { Endpoint } from '../tasks/task.ts';
import { SaveError } from './errors.ts';

/**
 * Which media links may be followed, and how far: over https only, and never into this machine or its networks, unless the
 * gateway itself is on loopback, whose clips may be there too.
 */
export interface MediaRules {
  readonly allowLoopback: boolean;
  /** The largest clip taken, bytes. */
  readonly largest: number;
  /** The gateway that gave the link: what lies on its own origin may want its key. Without one, nothing is sent a key. */
  readonly gateway?: {
    /** Its address, such as `https://gateway.example/api`. */
    readonly base: string;
    /** The key that was entered for its origin, where there is one; read only when it is to be sent. */
    readonly key: () => Promise<string | undefined>;
    /** Where it knows the task, for a clip that its response contains. */
    readonly endpoint?: Endpoint | null;
  };
  /** Called with each address that is requested on the way to the clip. */
  readonly onRequest?: (url: URL) => void;
}

/** How much of a link is shown, characters. */
const LONGEST_LINK = 200;

/** RFC 2544; used by Clash, Surge and the like. */
const FAKE_IP = ipaddr.parseCIDR('198.18.0.0/15');

/**
 * Checks a link before anything is sent to it, and gives where to send it: an http link to over https, unless it leads to
 * this machine and may. Throws a `SaveError` for one that must not be followed.
 */
export function checkLink(link: string, rules: MediaRules): URL {
  const url = URL.parse(link);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw refused(link);
  }
  // A host given as an address is not looked up, so it is judged here.
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(bare)) {
    checkAddress(bare, url.hostname, rules);
  }
  return isLoopbackHost(url.hostname) && rules.allowLoopback ? url : secured(url);
}

/** The same address over https. */
export function secured(url: URL): URL {
  return new URL(url.href.replace(/^http:/, 'https:'));
}

/** What is said of a link that is not followed; of one without end, its beginning. */
export function refused(link: string, options?: ErrorOptions): SaveError {
  return new SaveError('refusedLink', withoutQuery(link).slice(0, LONGEST_LINK), options);
}

/**
 * Checks the IP address that a host name stands for, before it is connected to: one of the public internet, not a
 * private, link-local or reserved one. IPv4 inside IPv6 is judged by the IPv4 address. Throws a `SaveError`.
 */
export function checkAddress(address: string, hostname: string, rules: MediaRules): void {
  const parsed = embedded(ipaddr.process(address));
  const range = parsed.range();
  // Proxies of the "fake IP" kind resolve every name to an address of this range, and lead it outside themselves.
  const isStandIn = hostname !== address && parsed.kind() === 'ipv4' && parsed.match(FAKE_IP);
  if (range !== 'unicast' && !isStandIn && !(range === 'loopback' && rules.allowLoopback)) {
    throw new SaveError('refusedLink', hostname === address ? address : `${hostname} (${address})`);
  }
}

/** The addresses of a host that may be connected to. Throws a `SaveError` where none may. */
export function fitAddresses<A extends { readonly address: string }>(
  found: readonly A[],
  hostname: string,
  rules: MediaRules,
): A[] {
  let refusal: unknown = new SaveError('unreachable', hostname);
  const fit = found.filter(({ address }) => {
    try {
      checkAddress(address, hostname, rules);
      return true;
    } catch (error) {
      refusal = error;
      return false;
    }
  });
  if (fit.length === 0) {
    throw refusal;
  }
  return fit;
}

/** An IPv6-only network reaches IPv4 hosts through addresses that hold theirs (NAT64, RFC 6052). */
function embedded(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  return address.range() === 'rfc6052' ? ipaddr.fromByteArray(address.toByteArray().slice(-4)) : address;
}
