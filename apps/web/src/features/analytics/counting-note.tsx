'use client'
import type { Counting } from '@fieldback/api/field/counting'
import { Progress } from '@fieldback/ui/progress'
import { useFormats, useText } from './use-figures.ts'

/** Says that the figures below lack what was answered before the question took another type, and how far that is. */
export function CountingNote({ counting: { done, of } }: { counting: Counting }) {
  const text = useText()
  const formats = useFormats()
  return (
    <section aria-labelledby="counting" className="mb-6 grid gap-2 rounded-card border border-line p-5">
      <p id="counting" className="font-strong">
        {text('counting.title')}
      </p>
      <Progress label={text('counting.title')} done={done} total={of}>
        {of === 0
          ? text('counting.soon')
          : text('counting.how', { done: formats.number(done), of: formats.number(of) })}
      </Progress>
    </section>
  )
}
