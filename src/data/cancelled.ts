/** Thrown when a query was given up on purpose; nobody shows it. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled');
  }
}
