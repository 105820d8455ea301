/** What was seen of one finished task: it was not finished at `after`, and finished at `until`. s from creation. */
export interface Observation {
  readonly after: number;
  readonly until: number;
}
