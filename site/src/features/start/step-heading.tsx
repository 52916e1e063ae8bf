/** What this step is about, and how many there are. */
export function StepHeading(props: { readonly title: string; readonly sentence: string; readonly step: string }) {
  return (
    <div class="flex items-start gap-4">
      <div class="min-w-0 flex-1">
        <h2 class="text-2xl font-semibold tracking-tight text-balance">{props.title}</h2>
        <p class="mt-1 max-w-prose text-pretty muted wrap-anywhere">{props.sentence}</p>
      </div>
      <p class="num pt-1.5 text-sm whitespace-nowrap muted">{props.step}</p>
    </div>
  )
}
