type Stored = { readonly storageKey: string }

/** Where a photo lies once it is whole. */
export const photoKey = ({ storageKey }: Stored): string => `${storageKey}/photo`

/** Where a chunk lies until then. */
export const partKey = ({ storageKey }: Stored, chunk: number): string => `${storageKey}/part-${chunk}`
