import type { DatabaseSync } from 'node:sqlite';
import { STEPS } from './schema.ts';

export const SCHEMA_VERSION = STEPS.length;

/** Thrown for a database that a newer Dailies has written. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
  readonly version: number;

  constructor(version: number) {
    super(`The task list has schema version ${version}; this version of Dailies knows ${SCHEMA_VERSION}.`);
    this.version = version;
  }
}

/** Brings a database to the current schema, each step in a transaction of its own. */
export function migrate(database: DatabaseSync): void {
  if (versionOf(database) > SCHEMA_VERSION) {
    throw new NewerSchemaError(versionOf(database));
  }
  for (let version = versionOf(database); version < SCHEMA_VERSION; version = versionOf(database)) {
    // Another window may be migrating at the same time: look again once the lock is held.
    database.exec('BEGIN IMMEDIATE');
    try {
      if (versionOf(database) === version) {
        database.exec(STEPS[version] ?? '');
        database.exec(`PRAGMA user_version = ${version + 1}`);
      }
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
