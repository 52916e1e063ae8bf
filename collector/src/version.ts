export const COLLECTOR_NAME = 'mctrack-collector'
/** Kept equal to package.json by a test. */
export const COLLECTOR_VERSION = '0.1.0'
