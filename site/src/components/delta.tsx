import { path as down } from 'lucide:trending-down'
import { path as up } from 'lucide:trending-up'
import { Show } from 'solid-js'
import { componentMessages as m } from '../messages/component-messages.ts'
import { useFormat } from './format-context.ts'
import { Icon } from './icon.tsx'

/** A change with its sign; green and red only by what is better for this number. */
export function Delta(props: {
  /** (now − before) / before */
  readonly share: number
  /** Fewer crashes are better: 'down'. Neither is better: 'none'. */
  readonly better?: 'up' | 'down' | 'none'
  readonly hasIcon?: boolean
  readonly class?: string
}) {
  const { format } = useFormat()
  const tone = () => {
    const better = props.better ?? 'up'
    if (props.share === 0 || better === 'none' || !Number.isFinite(props.share)) return 'none'
    return props.share > 0 === (better === 'up') ? 'better' : 'worse'
  }
  return (
    <span
      class={`num inline-flex items-center gap-1 whitespace-nowrap ${props.class ?? ''}`}
      classList={{ 'text-success': tone() === 'better', 'text-error': tone() === 'worse', muted: tone() === 'none' }}
    >
      <Show when={props.hasIcon === true && props.share !== 0}>
        <Icon path={props.share > 0 ? up : down} />
      </Show>
      {format().change(props.share)}
      <Show when={tone() !== 'none'}>
        <span class="sr-only">{tone() === 'better' ? m.better : m.worse}</span>
      </Show>
    </span>
  )
}
