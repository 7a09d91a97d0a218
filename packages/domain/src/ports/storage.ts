/**
 * Where files are kept. Keys are made by us, lower-case words and ids separated by "/", never from a name that somebody
 * gave his file.
 */
export type StoragePort = {
  /**
   * Keeps a file once it is whole, in place of any other under that key; answers its size in bytes. TOO_LARGE beyond
   * `maxBytes`, STORAGE_FULL without room; nothing is left of what could not be kept.
   */
  put(
    key: string,
    body: AsyncIterable<Uint8Array>,
    options: { readonly maxBytes: number },
  ): Promise<{ readonly bytes: number }>
  /** The file's bytes from its beginning, or null when there is none. */
  get(key: string): Promise<AsyncIterable<Uint8Array> | null>
  /** Done as well when there is no such file. */
  delete(key: string): Promise<void>
  exists(key: string): Promise<boolean>
}

export const isStorageKey = (key: string): boolean =>
  key.length <= 200 && /^[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(key)
