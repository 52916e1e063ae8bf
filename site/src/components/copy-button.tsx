import { path as check } from 'lucide:check'
import { path as copyIcon } from 'lucide:copy'
import { createSignal, onCleanup, Show } from 'solid-js'
import { componentMessages as m } from '../messages/component-messages.ts'
import { Icon } from './icon.tsx'

const COPIED_MS = 1_500

/** Copies a text and says so. Where the browser offers no clipboard (no HTTPS), it is not there. */
export function CopyButton(props: {
  readonly text: string
  readonly what: string
  readonly hasWord?: boolean
  readonly class?: string
}) {
  const [outcome, setOutcome] = createSignal<'copied' | 'refused'>()
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  async function copy(): Promise<void> {
    clearTimeout(timer)
    try {
      await navigator.clipboard.writeText(props.text)
      setOutcome('copied')
    } catch {
      // The person or a policy said no; the text can still be selected.
      setOutcome('refused')
    }
    timer = setTimeout(() => setOutcome(undefined), COPIED_MS)
  }
  return (
    <Show when={'clipboard' in navigator}>
      <button
        type="button"
        class={`btn border-base-300 bg-base-200 btn-sm font-normal ${props.hasWord === true ? '' : 'btn-square'} ${props.class ?? ''}`}
        aria-label={m.copyOf(props.what)}
        title={m.copyOf(props.what)}
        onClick={() => void copy()}
      >
        <Icon
          path={outcome() === 'copied' ? check : copyIcon}
          class={`size-3.5 ${outcome() === 'copied' ? 'text-success' : ''}`}
        />
        <Show when={props.hasWord === true}>{outcome() === 'copied' ? m.copied : m.copy}</Show>
        <span class="sr-only" role="status">
          {outcome() === 'copied' ? m.copied : outcome() === 'refused' ? m.copyFailed : ''}
        </span>
      </button>
    </Show>
  )
}
