/**
 * How many jobs of a kind all windows together may work on: questions for each gateway, as many as it is asked to bear
 * (design.md, poll policy); downloads over all hosts, as many as browsers make of one, since many hosts limit each connection.
 */
export const PLACES = { poll: 2, save: 6 } as const;
