/**
 * The Minecraft version that the server and the bots speak. 1.20.4 is the last whose client is content with what
 * `minecraft-protocol` sends at login: later ones also want tags for every registry.
 */
export const VERSION = '1.20.4'
