import type { Command } from 'commander'
import type { Network } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { createClock } from '../../format/clock.ts'
import { addExamples } from '../../help.ts'
import type { Column } from '../../terminal/table.ts'

/** `networks list` */
export function addNetworksList(networks: Command, cli: Cli): void {
  const command = networks
    .command('list')
    .description('List the networks; the default is marked with *')
    .option('--archived', 'list archived ones too')
    .action(async (options: { readonly archived?: true }) => {
      const { output, networks: load, remembered, place } = cli.open(command)
      const list = (await load()).filter(({ archivedAtMs }) => options.archived === true || archivedAtMs === null)
      if (output.isJson) return output.data(list)
      if (list.length === 0)
        return output.note('There is no network yet. Create one: mctrack networks create "My network"')
      output.table(
        columnsFor({ defaultId: remembered.get(place.url), isArchivedShown: options.archived === true }),
        list,
      )
    })
  addExamples(command, ['mctrack networks list'], ['mctrack networks list --archived --json'])
}

function columnsFor(shown: {
  readonly defaultId: string | undefined
  readonly isArchivedShown: boolean
}): ReadonlyArray<Column<Network>> {
  const columns: ReadonlyArray<Column<Network>> = [
    { title: '', text: ({ id }) => (id === shown.defaultId ? '*' : ' '), isWhole: true },
    { title: 'Name', text: ({ name }) => name },
    { title: 'Time zone', text: ({ timeZone }) => timeZone },
    { title: 'Currency', text: ({ currency }) => currency },
    { title: 'Created', text: ({ createdAtMs, timeZone }) => createClock(timeZone).dateTime(createdAtMs) },
  ]
  const archived: Column<Network> = {
    title: 'Archived',
    text: ({ archivedAtMs, timeZone }) => (archivedAtMs === null ? '' : createClock(timeZone).dateTime(archivedAtMs)),
  }
  const deleted: Column<Network> = {
    title: 'Gone on',
    text: ({ deleteAtMs, timeZone }) => (deleteAtMs === null ? '' : createClock(timeZone).dateTime(deleteAtMs)),
  }
  return [
    ...columns,
    ...(shown.isArchivedShown ? [archived, deleted] : []),
    { title: 'Id', text: ({ id }) => id, isWhole: true },
  ]
}
