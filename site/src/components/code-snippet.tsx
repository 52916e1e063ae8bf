import { CopyButton } from './copy-button.tsx'

/** Code or configuration to be pasted somewhere, with a button that copies it. It scrolls by itself. */
export function CodeSnippet(props: { readonly text: string; readonly what: string }) {
  return (
    <div class="flex items-start rounded-lg border border-base-300/60 bg-base-100">
      <pre class="min-w-0 flex-1 overflow-x-auto rounded-lg px-4 py-3 font-mono text-[13px] leading-6" tabindex={0}>
        <code>{props.text}</code>
      </pre>
      <CopyButton text={props.text} what={props.what} class="m-2 shrink-0" />
    </div>
  )
}
