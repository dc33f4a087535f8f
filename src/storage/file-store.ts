/** Where files live that are never changed once they are written, each under a name of letters, digits, dots and dashes. */
export type FileStore = {
  /** Writes a file whole; again with the same name changes nothing that a reader could see. */
  put(name: string, file: { bytes: Buffer; type: string }): Promise<void>
  /** The file's bytes; null when there is none. */
  get(name: string): Promise<Buffer | null>
  /** Takes a file away; one that is not there is gone already. */
  remove(name: string): Promise<void>
}
