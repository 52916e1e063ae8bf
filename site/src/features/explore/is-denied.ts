import type { App } from '../../app/app-context.ts'

/** Whether it is known that the person may not see single players. */
export function isDenied(app: App): boolean {
  return app.sources.rights() !== undefined && !app.may('players.view')
}
