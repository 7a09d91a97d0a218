import * as z from 'zod'

/** NUL, and halves of surrogate pairs: no keyboard types them, and a database of UTF-8 holds neither. */
export const storableText = (text: string): string =>
  text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD')

/** A text that somebody types or pastes, without what no database holds and what surrounds it. */
export const typedText = (max: number, min = 0) =>
  z
    .string()
    .transform((typed) => storableText(typed).trim())
    .pipe(z.string().min(min).max(max))

/** What a program names by: nobody types it, so that what no database holds is refused. */
export const token = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)

/** A day, YYYY-MM-DD. The year 0, which ISO 8601 has, is in no database's calendar. */
export const typedDay = z.iso.date().refine((day) => day >= '0001')
