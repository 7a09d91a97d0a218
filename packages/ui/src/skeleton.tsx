const WIDTHS = ['w-[56%]', 'w-[84%]', 'w-[38%]', 'w-[70%]', 'w-[48%]']

/** Lines to come. Only for a wait over 300 ms; `label` says what is awaited. */
export function Skeleton({ lines = 3, label }: { lines?: number | undefined; label: string }) {
  return (
    <div role="status" aria-label={label} className="grid gap-2.5">
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <span
          key={line}
          className={`block h-3 rounded-[6px] bg-sunken ${WIDTHS[line % WIDTHS.length] ?? ''}`}
        />
      ))}
    </div>
  )
}
