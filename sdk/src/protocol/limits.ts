/**
 * Every limit of the protocol, with its reason. String limits count bytes of UTF-8, because bytes are what both
 * ends can check without decoding. A sender that stays within these is never refused for size.
 */
export const LIMITS = {
  /** One WebSocket message. Large enough for 1,000 ordinary events, small enough that 5,000 links cannot exhaust memory. */
  frameBytesMax: 1_048_576,
  /** Events in one batch frame. */
  batchEventsMax: 1_000,
  /** Bytes of batches that a sender may have sent and not yet seen acknowledged, per lane. The collector may lower it in `welcome`. */
  inFlightBytesMax: 4_194_304,
  /** Sessions in one snapshot frame; more go into further snapshot frames. */
  snapshotSessionsMax: 2_000,
  /** Open sessions of one instance. The largest proxies hold a few thousand players. */
  instanceSessionsMax: 50_000,
  /** Frames a second that one connection may send, averaged over ten seconds. */
  framesPerSecondMax: 500,

  serverNameBytesMax: 64,
  softwareBytesMax: 64,
  playerNameBytesMax: 64,
  /** Longest host name of DNS. */
  domainBytesMax: 253,
  /** Longest textual IPv6 address with an embedded IPv4 address. */
  addressBytesMax: 45,
  deviceBytesMax: 32,
  clientVersionBytesMax: 32,
  backendBytesMax: 64,
  eventNameBytesMax: 64,
  /** Properties of one custom event. */
  propertiesMax: 32,
  propertyKeyBytesMax: 64,
  propertyStringBytesMax: 512,
  purchaseTextBytesMax: 128,

  /** How far an event's time may lie before the collector's clock: longer than any spool keeps events, and two months of history. */
  eventAgeMsMax: 90 * 86_400_000,
  /** How far an event's time, or a sender's clock, may lie ahead of the collector's clock. */
  eventAheadMsMax: 5 * 60_000,
  /** How far a sender's corrected clock may be off when it says hello. */
  clockOffMsMax: 5 * 60_000,
  /** Longest session that is believed; a longer one is a sender's mistake. */
  sessionMsMax: 31 * 86_400_000,
  /** Between the upgrade and the hello. */
  helloWaitMsMax: 10_000,
} as const
