import type { Component } from 'solid-js'
import { render } from 'solid-js/web'

/** Puts a page into the card of its document. */
export function mountEntry(Page: Component): void {
  const main = document.getElementById('entry')
  if (main === null) throw new Error('this document has no place for the page')
  main.replaceChildren()
  render(() => <Page />, main)
}
