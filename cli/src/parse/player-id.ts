import { InvalidArgumentError } from 'commander'

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** For Commander: the UUID of a player, with or without hyphens. */
export function playerId(value: string): string {
  if (!UUID.test(value)) {
    throw new InvalidArgumentError('It must be a UUID such as 069a79f4-44e9-4726-a5be-fca90e38aaf5.')
  }
  return value.toLowerCase().replace(/^(.{8})-?(.{4})-?(.{4})-?(.{4})-?(.{12})$/, '$1-$2-$3-$4-$5')
}
