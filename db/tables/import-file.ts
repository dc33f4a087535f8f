/** A piece of an uploaded file; all of them go when the import has ended. */
export type ImportFileTable = { import_id: string; no: number; bytes: Buffer }
