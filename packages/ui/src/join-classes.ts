/** Class names in reading order, without the absent ones. Later Tailwind classes do not override earlier ones. */
export const joinClasses = (...names: (string | false | null | undefined)[]) =>
  names.filter(Boolean).join(' ')
