-- Names that players of one network were last seen with.
-- Parameters: networkId UUID, players Array(UUID)
-- Row: a player and the name.
-- Served by: the order key of player_profiles.
SELECT toString(player_id) AS playerId, argMax(name, computed_at) AS name
FROM player_profiles
WHERE network_id = {networkId:UUID} AND player_id IN {players:Array(UUID)}
GROUP BY player_id
