/**
 * How many jobs of a kind all windows together may run at once: requests per gateway, as many as it should have to bear
 * (design.md, poll policy); downloads over all hosts, as many as browsers open to one, since many hosts limit each connection.
 */
export const SLOTS = { poll: 2, save: 6 } as const;
