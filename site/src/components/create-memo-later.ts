import { type Accessor, createMemo, getOwner, type MemoOptions, runWithOwner } from 'solid-js'

/** A memo that is made when it is read first: for what is dear, and not needed for the first paint. */
export function createMemoLater<Value>(compute: () => Value, options?: MemoOptions<Value>): Accessor<Value> {
  const owner = getOwner()
  let memo: Accessor<Value> | undefined
  return () => {
    memo ??= runWithOwner(owner, () => createMemo(compute, undefined, options))
    return memo === undefined ? compute() : memo()
  }
}
