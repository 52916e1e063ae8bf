export { createPlayerStore, type PlayerStore } from './player-store.ts'
export { createPlayers } from './players.ts'
export { createRefreshProfiles, type RefreshProfiles } from './refresh-profiles.ts'
export { createPlayerRoutes } from './routes.ts'
