import { Index, Show } from 'solid-js'

const DIGITS = [...'0123456789']

/**
 * The one big number of a page. With `rolls` its digits roll to a new value, unless the person wants no motion; screen
 * readers get the number as it is.
 */
export function BigNumber(props: { readonly text: string; readonly rolls?: boolean; readonly class?: string }) {
  // From the right, so that a digit keeps its place when the number grows longer.
  const characters = () => [...props.text].reverse()
  return (
    <span class={`num font-semibold leading-none tracking-tight ${props.class ?? 'text-5xl'}`}>
      <Show when={props.rolls === true} fallback={props.text}>
        <span class="sr-only">{props.text}</span>
        <span class="inline-flex flex-row-reverse" aria-hidden="true">
          <Index each={characters()}>{(character) => <Digit character={character()} />}</Index>
        </span>
      </Show>
    </span>
  )
}

function Digit(props: { readonly character: string }) {
  const index = () => DIGITS.indexOf(props.character)
  return (
    <Show when={index() >= 0} fallback={<span>{props.character}</span>}>
      <span class="roll-window">
        <span class="roll-column" style={{ transform: `translateY(${-index() * 10}%)` }}>
          <Index each={DIGITS}>{(digit) => <span>{digit()}</span>}</Index>
        </span>
      </span>
    </Show>
  )
}
