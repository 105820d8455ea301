/**
 * The addresses at which a clip may be, the likeliest first. Relays give links without a host, below their own path or
 * below the origin's root, and nobody says which: where the link is on the gateway's origin, the other one comes second.
 * `base` is the gateway's address.
 */
export function linkAlternatives(link: string, base: string): string[] {
  const url = URL.parse(link);
  const gateway = URL.parse(base);
  const path = gateway?.pathname.replace(/\/+$/, '') ?? '';
  if (!url || url.origin !== gateway?.origin || path === '') {
    return [link];
  }
  const other = new URL(url);
  other.pathname = url.pathname.startsWith(`${path}/`)
    ? url.pathname.slice(path.length)
    : path + url.pathname;
  return [link, other.href];
}
