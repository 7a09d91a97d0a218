/** What a level may make stricter in a question that it inherits, unless a level above locked it. */
export const LOCKABLE = ['required', 'bounds', 'options', 'help', 'order'] as const
export type Lockable = (typeof LOCKABLE)[number]
