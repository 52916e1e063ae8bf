import { useFormat } from './format-context.ts'

/** How long ago something was, kept current; the exact instant is in its title. */
export function RelativeTime(props: {
  readonly atMs: number
  readonly look?: 'age' | 'words' | 'moment'
  readonly class?: string
}) {
  const { format, now } = useFormat()
  const text = () => {
    if (props.look === 'moment') return format().moment(props.atMs)
    const agoMs = now() - props.atMs
    return props.look === 'words' ? format().relative(Math.min(props.atMs, now())) : format().age(agoMs)
  }
  return (
    <time
      class={`num whitespace-nowrap ${props.class ?? ''}`}
      datetime={toIso(props.atMs)}
      title={format().exact(props.atMs)}
    >
      {text()}
    </time>
  )
}

function toIso(atMs: number): string | undefined {
  const date = new Date(atMs)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
