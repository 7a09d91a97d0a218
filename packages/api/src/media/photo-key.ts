/** Where a photo lies once it is whole. */
export const photoKey = ({ storageKey }: { readonly storageKey: string }): string => `${storageKey}/photo`
