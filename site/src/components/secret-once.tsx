import { componentMessages as m } from '../messages/component-messages.ts'
import { CopyButton } from './copy-button.tsx'
import { Notice } from './notice.tsx'

/** A secret that is shown this one time, with a button that copies it. */
export function SecretOnce(props: { readonly secret: string; readonly what: string; readonly sentence: string }) {
  return (
    <div class="flex flex-col gap-3">
      <div class="flex items-center gap-2 rounded-lg border border-base-300 bg-base-100 p-1.5 pl-3.5">
        <code class="min-w-0 flex-1 font-mono text-[13px] break-all select-all">{props.secret}</code>
        <CopyButton text={props.secret} what={props.what} hasWord class="shrink-0" />
      </div>
      <Notice tone="warning" title={m.shownOnce}>
        {props.sentence}
      </Notice>
    </div>
  )
}
