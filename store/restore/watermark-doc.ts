/** How far a database has come. There is one document of it. */
export interface WatermarkDoc {
  _id: 'ledger';
  /** Of this database: another one that is used in its place has not fallen behind. */
  databaseId: string;
  /** The newest moment at which a worker has worked on it, by its own clock. */
  at: Date;
}
