import { joinClasses } from './join-classes.ts'

/** Where one is in a form of several sections. `label` says it: "Section 1 sur 2". */
export function Steps({ count, current, label }: { count: number; current: number; label: string }) {
  return (
    <div role="img" aria-label={label} className="flex gap-1">
      {Array.from({ length: count }, (_, step) => step).map((step) => (
        <span
          key={step}
          className={joinClasses('h-1 flex-1 rounded-[2px]', step < current ? 'bg-accent' : 'bg-line-2')}
        >
          {step === current && <span className="block h-1 w-3/5 rounded-[2px] bg-accent" />}
        </span>
      ))}
    </div>
  )
}
