import type { AppRouter } from '@fieldback/api/root'
import type { CoachingSubject } from '@fieldback/domain/coaching/note'
import type { inferRouterOutputs } from '@trpc/server'

type Told = inferRouterOutputs<AppRouter>['coaching']
export type View = Told['view']
export type Notes = Told['notes']
export type Note = Notes['notes'][number]

/** What a note is to be about, with the words that the form says it in. */
export type Subject = CoachingSubject & { readonly words: string }
